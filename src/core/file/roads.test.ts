import { describe, expect, it } from "vitest";
import type { ItemCode, UnitCode } from "../../kernel/index.ts";
import type { Verdict } from "../case/index.ts";
import {
  aDesk,
  HOTLINE,
  LAMP_VERDICT,
  linkageOf,
  orderOf,
  POLICE,
  registration,
  sealed,
  settle,
  tell,
} from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";
import { holds } from "./view.ts";

const POLICE_MATTER: Verdict = {
  ...LAMP_VERDICT,
  side: "police",
  item: "B01-01" as ItemCode,
  mode: "policeHandles",
  source: "nmg:a2.1",
};

/** The steps of the other desk that stand in this desk's log, in order. */
function stagesTold(desk: Desk): readonly unknown[] {
  return desk.log
    .flatMap((d) => d.linkages)
    .filter((d) => d.event.cause.via === "message" && d.event.cause.type === "progress")
    .map((d) => d.event.facts.progressStage);
}

describe("road 1: 12345 answers at once (nmg:3.3)", () => {
  it("registers, judges, answers and closes on one desk (nmg:2.2.1)", () => {
    const hotline = aDesk("hotline");
    expect(tell(hotline, registration({ verdict: LAMP_VERDICT }))).toBe("ok");
    expect(tell(hotline, { type: "answer", answer: sealed("answer.1") })).toBe("ok");
    expect(tell(hotline, { type: "close" })).toBe("ok");
    expect(hotline.file.case?.status).toBe("closed");
  });

  it("is not concluded while a mandatory fact is missing (nmg:2.1, REQ-05)", () => {
    const hotline = aDesk("hotline");
    const facts = { ...registration().facts, requestKind: null };
    tell(hotline, registration({ facts, verdict: LAMP_VERDICT }));
    expect(tell(hotline, { type: "answer", answer: sealed("answer.1") })).toBe("FACTS_MISSING");
  });
});

describe("road 2: 12345 dispatches to a handling unit (nmg:2.2.1)", () => {
  it("goes from dispatch over reply and conclusion to call-back, rating and closing", () => {
    const hotline = aDesk("hotline");
    tell(hotline, registration({ verdict: LAMP_VERDICT }));
    expect(
      tell(hotline, { type: "dispatch", kind: "work", unit: "u-1" as UnitCode, role: "lead", instruction: null }),
    ).toBe("ok");
    expect(tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ORDERS_OPEN");
    expect(tell(hotline, { type: "acknowledgeOrder", orderId: orderOf(hotline) })).toBe("ok");
    expect(
      tell(hotline, { type: "reply", orderId: orderOf(hotline), resolution: "solved", reply: sealed("reply.1") }),
    ).toBe("ok");
    expect(tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ok");
    expect(tell(hotline, { type: "close" })).toBe("NOT_CALLED_BACK");
    expect(tell(hotline, { type: "callBack", outcome: "reached", satisfaction: 5, solved: true, note: null })).toBe(
      "ok",
    );
    expect(tell(hotline, { type: "close" })).toBe("ok");
    expect(hotline.file.case).toMatchObject({
      status: "closed",
      closedAs: "calledBack",
      rating: { satisfaction: 5, solved: true },
    });
  });
});

describe("reopening (nmg:2.2.5)", () => {
  it("is refused while the request is at work: what does nothing is not told as done", () => {
    const hotline = aDesk("hotline");
    tell(hotline, registration({ verdict: LAMP_VERDICT }));
    expect(tell(hotline, { type: "reopen", reason: "again", note: null })).toBe("CASE_NOT_IN_STATUS");
  });
});

describe("road 3: 110 hands a government matter to 12345 and hears the end (nmg:2.2.1)", () => {
  it("12345 accepts, handles and closes; result and rating return to 110 (REQ-51)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ requestNo: "1501002261122000016" as never, verdict: LAMP_VERDICT }));
    expect(tell(police, { type: "handOver", to: HOTLINE })).toBe("ok");
    expect(holds(police.file, "ordinary")).toBe(true);
    settle(police, hotline);
    expect(hotline.file.case?.status).toBe("offered");
    expect(tell(hotline, { type: "acceptOffer", linkageId: linkageOf(hotline, "clear") })).toBe("ok");
    settle(police, hotline);
    expect(police.file.case?.status).toBe("handedOver");
    expect(holds(police.file, "ordinary")).toBe(false);
    expect(holds(hotline.file, "ordinary")).toBe(true);
    tell(hotline, { type: "judge", verdict: LAMP_VERDICT });
    tell(hotline, { type: "dispatch", kind: "work", unit: "u-1" as UnitCode, role: "lead", instruction: null });
    tell(hotline, { type: "reply", orderId: orderOf(hotline), resolution: "solved", reply: sealed("reply.1") });
    expect(tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ok");
    expect(tell(hotline, { type: "close" })).toBe("CONCLUSION_NOT_HELD");
    settle(police, hotline);
    expect(police.file.case?.conclusion).toMatchObject({ resolution: "solved", by: "peer" });
    tell(hotline, { type: "callBack", outcome: "reached", satisfaction: 4, solved: true, note: null });
    expect(tell(hotline, { type: "close" })).toBe("ok");
    settle(police, hotline);
    expect(police.file.case).toMatchObject({
      status: "closed",
      closedAs: "byPeer",
      rating: { satisfaction: 4, solved: true },
    });
  });

  it("a return leaves the matter with the desk that offered it (nmg:2.2.1)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: LAMP_VERDICT }));
    tell(police, { type: "handOver", to: HOTLINE });
    settle(police, hotline);
    const linkageId = linkageOf(hotline, "clear");
    const note = sealed("reason.1");
    expect(
      tell(hotline, {
        type: "return",
        linkageId,
        reason: "outOfScope",
        basis: sealed("basis.1"),
        proposedOwner: sealed("proposedOwner.1"),
        note,
      }),
    ).toBe("ok");
    settle(police, hotline);
    expect(hotline.file.case?.status).toBe("stoodDown");
    expect(holds(police.file, "ordinary")).toBe(true);
  });

  it("the entry of the initial response travels with the offer and can be read by the other desk (nmg:2.2.2)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: LAMP_VERDICT }));
    tell(police, { type: "accept" });
    tell(police, { type: "recordInitialResponse", entry: sealed("initialResponse.5"), manner: "onSite" });
    expect(tell(police, { type: "handOver", to: HOTLINE })).toBe("ok");
    settle(police, hotline);
    expect(hotline.file.case?.sealed["initialResponse.5"]).toBeDefined();
  });

  it("what the caller adds later reaches the other desk and must be read before it accepts (nmg:2.2.1)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: LAMP_VERDICT }));
    tell(police, { type: "handOver", to: HOTLINE });
    settle(police, hotline);
    tell(police, { type: "amend", facts: {}, sealed: [sealed("note.9")] });
    settle(police, hotline);
    const linkageId = linkageOf(hotline, "clear");
    expect(hotline.file.case?.sealed["note.9"]).toBeDefined();
    expect(tell(hotline, { type: "acceptOffer", linkageId })).toBe("UNREAD_ADDITION");
    const unread = {
      type: "return",
      linkageId,
      reason: "outOfScope",
      basis: sealed("basis.1"),
      proposedOwner: sealed("proposedOwner.1"),
    } as const;
    expect(tell(hotline, { ...unread, note: null })).toBe("UNREAD_ADDITION");
    tell(hotline, { type: "readAdditions", linkageId });
    expect(tell(hotline, { type: "acceptOffer", linkageId })).toBe("ok");
  });
});

describe("road 4: 12345 hands a police matter to 110 (nmg:2.2.1)", () => {
  it("officers are dispatched, arrive and feed back; 12345 sees each step and the result (REQ-51)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(hotline, registration({ verdict: POLICE_MATTER }));
    tell(hotline, { type: "handOver", to: POLICE });
    settle(hotline, police);
    tell(police, { type: "acceptOffer", linkageId: linkageOf(police, "clear") });
    settle(hotline, police);
    tell(police, { type: "judge", verdict: POLICE_MATTER });
    expect(
      tell(police, { type: "dispatch", kind: "police", unit: "p-1" as UnitCode, role: "lead", instruction: null }),
    ).toBe("ok");
    tell(police, { type: "arrive", orderId: orderOf(police) });
    tell(police, { type: "reply", orderId: orderOf(police), resolution: "handled", reply: sealed("reply.7") });
    tell(police, { type: "conclude", resolution: "handled", result: sealed("result.7") });
    settle(hotline, police);
    expect(hotline.file.case?.sealed["reply.7"]).toBeDefined();
    expect(stagesTold(hotline)).toEqual(["policeDispatched", "arrived", "fedBack"]);
    expect(hotline.file.case?.conclusion?.resolution).toBe("handled");
  });
});
