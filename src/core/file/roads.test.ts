import { describe, expect, it } from "vitest";
import type { ItemCode, NodeCode, OrderId, RegionCode, UnitCode } from "../../kernel/index.ts";
import type { Verdict } from "../case/index.ts";
import {
  aDesk,
  HOTLINE,
  linkageOf,
  outgoing,
  POLICE,
  put,
  registration,
  sealed,
  settle,
  tell,
  tick,
} from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";
import { dangerOpen, holds } from "./view.ts";

function verdict(over: Partial<Verdict>): Verdict {
  return {
    side: "hotline",
    item: "A01-05" as ItemCode,
    mode: "hotlineHandles",
    urgency: "ordinary",
    catalogueVersion: "nmg-2022-89@1",
    source: "nmg:a1.1",
    basis: "plan",
    by: "person",
    ...over,
  };
}

const POLICE_MATTER = verdict({
  side: "police",
  item: "B01-01" as ItemCode,
  mode: "policeHandles",
  source: "nmg:a2.1",
});
const DANGER = verdict({
  side: "both",
  item: "C01-01" as ItemCode,
  mode: "urgentBoth",
  urgency: "urgent",
  source: "nmg:a3.1",
});

function orderOf(desk: Desk): OrderId {
  const last = desk.file.orders.at(-1);
  if (last === undefined) throw new Error("no order");
  return last.id;
}

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
    expect(tell(hotline, registration({ verdict: verdict({}) }))).toBe("ok");
    expect(tell(hotline, { type: "answer", answer: sealed("answer.1") })).toBe("ok");
    expect(tell(hotline, { type: "close" })).toBe("ok");
    expect(hotline.file.case?.status).toBe("closed");
  });

  it("is not concluded while a mandatory fact is missing (nmg:2.1, REQ-05)", () => {
    const hotline = aDesk("hotline");
    const facts = { ...registration().facts, requestKind: null };
    tell(hotline, registration({ facts, verdict: verdict({}) }));
    expect(tell(hotline, { type: "answer", answer: sealed("answer.1") })).toBe("FACTS_MISSING");
  });
});

describe("road 2: 12345 dispatches to a handling unit (nmg:2.2.1)", () => {
  it("goes from dispatch over reply and conclusion to call-back, rating and closing", () => {
    const hotline = aDesk("hotline");
    tell(hotline, registration({ verdict: verdict({}) }));
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
    tell(hotline, registration({ verdict: verdict({}) }));
    expect(tell(hotline, { type: "reopen", reason: "again", note: null })).toBe("CASE_NOT_IN_STATUS");
  });
});

describe("road 3: 110 hands a government matter to 12345 and hears the end (nmg:2.2.1)", () => {
  it("12345 accepts, handles and closes; result and rating return to 110 (REQ-51)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ requestNo: "1501002261122000016" as never, verdict: verdict({}) }));
    expect(tell(police, { type: "handOver", to: HOTLINE })).toBe("ok");
    expect(holds(police.file, "ordinary")).toBe(true);
    settle(police, hotline);
    expect(hotline.file.case?.status).toBe("offered");
    expect(tell(hotline, { type: "acceptOffer", linkageId: linkageOf(hotline, "clear") })).toBe("ok");
    settle(police, hotline);
    expect(police.file.case?.status).toBe("handedOver");
    expect(holds(police.file, "ordinary")).toBe(false);
    expect(holds(hotline.file, "ordinary")).toBe(true);
    tell(hotline, { type: "judge", verdict: verdict({}) });
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
    tell(police, registration({ verdict: verdict({}) }));
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
    tell(police, registration({ verdict: verdict({}) }));
    tell(police, { type: "accept" });
    tell(police, { type: "recordInitialResponse", entry: sealed("initialResponse.5"), manner: "onSite" });
    expect(tell(police, { type: "handOver", to: HOTLINE })).toBe("ok");
    settle(police, hotline);
    expect(hotline.file.case?.sealed["initialResponse.5"]).toBeDefined();
  });

  it("what the caller adds later reaches the other desk and must be read before it accepts (nmg:2.2.1)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: verdict({}) }));
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

const NEITHER = verdict({ side: "neither", item: "N00-01" as ItemCode, mode: "guide", source: "nmg:2.1" });

/** Handed over by 110 and accepted by 12345, confirmed. */
function acceptedByHotline(): readonly [Desk, Desk] {
  const [hotline, police] = [aDesk("hotline"), aDesk("police")];
  tell(police, registration({ verdict: verdict({}) }));
  tell(police, { type: "handOver", to: HOTLINE });
  settle(police, hotline);
  tell(hotline, { type: "acceptOffer", linkageId: linkageOf(hotline, "clear") });
  settle(police, hotline);
  return [hotline, police];
}

describe("a matter that came from the other desk ends towards it, however it ends (nmg:2.3.1)", () => {
  it("answered at once: the other desk hears the answer and both copies close (nmg:3.3)", () => {
    const [hotline, police] = acceptedByHotline();
    tell(hotline, { type: "judge", verdict: verdict({}) });
    expect(tell(hotline, { type: "answer", answer: sealed("answer.1") })).toBe("ok");
    settle(police, hotline);
    expect(police.file.case?.conclusion).toMatchObject({ resolution: "answeredAtOnce", by: "peer" });
    expect(tell(hotline, { type: "close" })).toBe("ok");
    settle(police, hotline);
    expect([hotline.file.case?.status, police.file.case?.status]).toEqual(["closed", "closed"]);
  });

  it("guided: concluded towards the other desk first, closed afterwards (nmg:2.2.1)", () => {
    const [hotline, police] = acceptedByHotline();
    tell(hotline, { type: "judge", verdict: NEITHER });
    expect(tell(hotline, { type: "guide", reason: "N00-01", guidance: sealed("guidance.1") })).toBe("ok");
    expect(hotline.file.case?.status).toBe("concluded");
    settle(police, hotline);
    expect(tell(hotline, { type: "close" })).toBe("ok");
    settle(police, hotline);
    expect(hotline.file.case).toMatchObject({ status: "closed", closedAs: "guided" });
    expect(police.file.case?.status).toBe("closed");
  });

  it("is neither concluded nor answered before all that was added is read (nmg:2.2.1)", () => {
    const [hotline, police] = acceptedByHotline();
    tell(hotline, { type: "judge", verdict: verdict({}) });
    tell(police, { type: "amend", facts: {}, sealed: [sealed("note.9")] });
    settle(police, hotline);
    const conclude = { type: "conclude", resolution: "solved", result: sealed("result.1") } as const;
    expect(tell(hotline, conclude)).toBe("UNREAD_ADDITION");
    expect(tell(hotline, { type: "answer", answer: sealed("answer.1") })).toBe("UNREAD_ADDITION");
    expect(hotline.file.case?.status).toBe("accepted");
    tell(hotline, { type: "readAdditions", linkageId: linkageOf(hotline, "clear") });
    expect(tell(hotline, conclude)).toBe("ok");
  });

  it("cannot be ended while it is offered on: the acceptance may be under way (nmg:2.2.1)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: verdict({}) }));
    tell(police, { type: "handOver", to: HOTLINE });
    settle(police, hotline);
    expect(tell(police, { type: "answer", answer: sealed("answer.1") })).toBe("OFFER_OPEN");
    tell(police, { type: "withdraw", linkageId: linkageOf(police, "clear"), reason: "keep", note: null });
    expect(tell(police, { type: "answer", answer: sealed("answer.1") })).toBe("ok");
  });

  it("is not asked back to work before its acceptance is confirmed: case and linkage go together (nmg:2.2.5)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: verdict({}) }));
    tell(police, { type: "handOver", to: HOTLINE });
    settle(police, hotline);
    tell(hotline, { type: "acceptOffer", linkageId: linkageOf(hotline, "clear") });
    tell(hotline, { type: "judge", verdict: verdict({}) });
    expect(tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ok");
    expect(tell(hotline, { type: "reopen", reason: "again", note: null })).toBe("NOT_IN_STATE");
    settle(police, hotline);
    expect(tell(hotline, { type: "reopen", reason: "again", note: null })).toBe("ok");
  });

  it("a copy that was here for its danger only is not asked back to work: the ordinary part is the other desk's (nmg:a3)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(hotline, registration({ danger: true }));
    settle(hotline, police);
    const linkageId = linkageOf(police, "urgent");
    tell(police, { type: "shown", linkageId });
    tell(police, { type: "endDanger", linkageId, outcome: "handled", result: sealed("result.3") });
    settle(hotline, police);
    expect(tell(police, { type: "reopen", reason: "again", note: null })).toBe("CASE_NOT_HOLDER");
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

describe("road 6: annex part three pushes to 110 and orders the local government in one step (nmg:a3)", () => {
  it("with an empty form: 110 has it, is responsible from delivery on, and the government's duty desk has an order", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    const facts = { ...registration().facts, place: null, requestKind: null, field: null, requesterType: null };
    expect(tell(hotline, registration({ facts, sealed: [], danger: true }))).toBe("ok");
    const [born] = hotline.decisions;
    expect(born?.linkages.map((d) => d.linkage.kind)).toEqual(["urgent"]);
    expect(born?.alarms.map((a) => a.kind)).toEqual(["completionOwed"]);
    settle(hotline, police);
    expect(police.file.case?.status).toBe("accepted");
    expect(holds(hotline.file, "danger")).toBe(true);
    tell(police, { type: "shown", linkageId: linkageOf(police, "urgent") });
    settle(hotline, police);
    expect(holds(hotline.file, "danger")).toBe(false);
    expect(holds(police.file, "danger")).toBe(true);
    expect(holds(hotline.file, "ordinary")).toBe(true);
  });

  it("push and government order stand in the same decision when the place is known (REQ-02, REQ-90)", () => {
    const hotline = aDesk("hotline");
    tell(hotline, registration({ verdict: DANGER }));
    const [born] = hotline.decisions;
    expect(born?.orderEvents).toHaveLength(1);
    expect(born?.linkages).toHaveLength(1);
    expect(born?.notices.some((n) => n.to === "unitDutyPhone")).toBe(true);
  });

  it("nobody on duty at 110: the sender is shown the number to dial (nmg:2.2.1)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police", { seatOnDuty: false })];
    tell(hotline, registration({ danger: true }));
    for (const message of outgoing(hotline)) put(police, { via: "message", at: tick(20), message });
    const policeAlarms = police.decisions.flatMap((d) => d.alarms);
    for (const message of outgoing(police)) put(hotline, { via: "message", at: tick(20), message });
    const raised = hotline.decisions.flatMap((d) => d.alarms);
    const sender = { act: "raise", kind: "noSeatOnDuty", dial: "110", audience: "desk" };
    expect(raised).toContainEqual(expect.objectContaining(sender));
    const receiver = { act: "raise", kind: "noSeatOnDuty", audience: "supervisor" };
    expect(police.file.linkages.at(0)?.state).toBe("active");
    expect(policeAlarms).toContainEqual(expect.objectContaining(receiver));
    expect(holds(hotline.file, "danger")).toBe(true);
  });

  it("the push rings at 110 until a person signs, and ends with the officers' result", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(hotline, registration({ danger: true }));
    for (const message of outgoing(hotline)) put(police, { via: "message", at: tick(20), message });
    expect(police.decisions.flatMap((d) => d.alarms)).toContainEqual(
      expect.objectContaining({ act: "raise", kind: "urgentPush" }),
    );
    settle(hotline, police);
    const linkageId = linkageOf(police, "urgent");
    tell(police, { type: "shown", linkageId });
    tell(police, { type: "sign", linkageId, onScreen: true });
    expect(police.decisions.flatMap((d) => d.alarms)).toContainEqual(
      expect.objectContaining({ act: "clear", kind: "urgentPush" }),
    );
    settle(hotline, police);
    expect(
      tell(police, { type: "dispatch", kind: "police", unit: "p-1" as UnitCode, role: "lead", instruction: null }),
    ).toBe("ok");
    tell(police, { type: "reply", orderId: orderOf(police), resolution: "handled", reply: sealed("reply.3") });
    expect(tell(police, { type: "endDanger", linkageId, outcome: "handled", result: sealed("result.3") })).toBe("ok");
    settle(hotline, police);
    expect(dangerOpen(hotline.file)).toBe(false);
    expect(police.file.case).toMatchObject({ status: "closed", closedAs: "dangerEnded" });
    expect(hotline.file.case?.status).toBe("handling");
  });

  it("danger is never refused, whatever the state of the request or of its other hand-overs (nmg:2.2.1, REQ-17)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(hotline, registration({ verdict: verdict({}) }));
    tell(hotline, { type: "answer", answer: sealed("answer.1") });
    tell(hotline, { type: "close" });
    expect(tell(hotline, { type: "danger", machineSuspected: false, sealed: [] })).toBe("ok");
    settle(hotline, police);
    expect(dangerOpen(police.file)).toBe(true);
  });

  it("110 finds danger in a matter it has handed over: its officers go out and 12345 hears of it (nmg:2.2.1)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: verdict({}) }));
    tell(police, { type: "handOver", to: HOTLINE });
    settle(police, hotline);
    tell(hotline, { type: "acceptOffer", linkageId: linkageOf(hotline, "clear") });
    settle(police, hotline);
    expect(tell(police, { type: "danger", machineSuspected: false, sealed: [sealed("note.d")] })).toBe("ok");
    expect(dangerOpen(police.file)).toBe(true);
    expect(holds(police.file, "danger")).toBe(true);
    const out = { type: "dispatch", kind: "police", unit: "p-1" as UnitCode, role: "lead", instruction: null } as const;
    expect(tell(police, out)).toBe("ok");
    settle(police, hotline);
    expect(hotline.file.case).toMatchObject({ danger: true });
    expect(hotline.file.case?.sealed["note.d"]).toBeDefined();
    tell(police, { type: "reply", orderId: orderOf(police), resolution: "handled", reply: sealed("reply.d") });
    expect(dangerOpen(police.file)).toBe(false);
  });

  it("a place learned later brings the government's order and the 110 desk that serves it (nmg:a3, yn:4.1.1)", () => {
    const county = "police-150121" as NodeCode;
    const hotline = aDesk("hotline");
    hotline.context = {
      ...hotline.context,
      peers: [
        ...hotline.context.peers.map((p) => ({ ...p, regions: ["150102" as RegionCode] })),
        { nodeCode: county, side: "police", regions: ["150121" as RegionCode], dutyPhone: "110" },
      ],
    };
    const facts = { ...registration().facts, place: null };
    tell(hotline, registration({ facts, danger: true }));
    expect(hotline.file.linkages.map((l) => l.peer)).toEqual([POLICE]);
    expect(hotline.file.orders).toHaveLength(0);
    expect(tell(hotline, { type: "amend", facts: { place: "150121" as RegionCode }, sealed: [] })).toBe("ok");
    expect(hotline.file.linkages.map((l) => l.peer)).toEqual([POLICE, county]);
    expect(hotline.file.orders).toHaveLength(1);
  });

  it("the number to dial goes when the push is seen and comes back with the next push that nobody sees (nmg:2.2.1)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police", { seatOnDuty: false })];
    tell(hotline, registration({ danger: true }));
    settle(hotline, police);
    const alarmsOf = (act: "raise" | "clear") =>
      hotline.log
        .flatMap((d) => d.alarms)
        .filter((a) => a.act === act && a.kind === "noSeatOnDuty")
        .map((a) => (a.act === "raise" ? a.level : 0));
    expect(alarmsOf("raise")).toEqual([1]);
    tell(police, { type: "shown", linkageId: linkageOf(police, "urgent") });
    settle(hotline, police);
    expect(alarmsOf("clear")).toHaveLength(1);
    tell(hotline, { type: "amend", facts: {}, sealed: [sealed("note.2")] });
    settle(hotline, police);
    expect(alarmsOf("raise")).toEqual([1, 2]);
  });
});
