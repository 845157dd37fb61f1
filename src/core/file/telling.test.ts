import { describe, expect, it } from "vitest";
import type { RegionCode } from "../../kernel/index.ts";
import type { PeerDesk } from "./file.ts";
import {
  aDesk,
  HOTLINE,
  LAMP_VERDICT,
  linkageOf,
  POLICE,
  registration,
  sealed,
  settle,
  tell,
} from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";
import { explainResponsibility } from "../responsibility/index.ts";
import { holds, linkageView } from "./view.ts";

const REGION = "150100" as RegionCode;
const NOTICE = { type: "notify", to: null, text: sealed("notice.1") } as const;
const ASK = {
  type: "askSupport",
  to: null,
  what: sealed("support.what.1"),
  where: sealed("support.where.1"),
  when: null,
} as const;
const RESULT = sealed("support.result.1");

function registered(over: Parameters<typeof registration>[0] = {}): { readonly hotline: Desk; readonly police: Desk } {
  const hotline = aDesk("hotline");
  const police = aDesk("police");
  tell(hotline, registration({ verdict: LAMP_VERDICT, ...over }));
  return { hotline, police };
}

function notified(): { readonly hotline: Desk; readonly police: Desk } {
  const desks = registered();
  expect(tell(desks.hotline, NOTICE)).toBe("ok");
  settle(desks.hotline, desks.police);
  return desks;
}

function asked(): { readonly hotline: Desk; readonly police: Desk } {
  const desks = registered();
  expect(tell(desks.hotline, ASK)).toBe("ok");
  settle(desks.hotline, desks.police);
  return desks;
}

const statusOf = (desk: Desk) => desk.file.case?.status;
const holding = (...desks: readonly Desk[]) => desks.map((desk) => holds(desk.file, "ordinary"));
const marks = (desk: Desk) => (desk.log.at(-1)?.alarms ?? []).map(({ act, kind }) => `${act} ${kind}`);
const readNotice = (desk: Desk) => tell(desk, { type: "readNotice", linkageId: linkageOf(desk, "notice") });
const grant = (desk: Desk) => tell(desk, { type: "grantSupport", linkageId: linkageOf(desk, "support"), note: null });
const end = (desk: Desk) => tell(desk, { type: "endSupport", linkageId: linkageOf(desk, "support"), result: RESULT });

describe("a desk tells the other one of a matter (yn:3.3)", () => {
  it("a copy that is only told is the other desk's, is marked until it is read and then rests (4; REQ-32)", () => {
    const { hotline, police } = notified();
    expect([statusOf(hotline), statusOf(police)]).toEqual(["registered", "handedOver"]);
    expect(holding(hotline, police)).toEqual([true, false]);
    expect(marks(police)).toEqual(["raise noticeUnread"]);
    expect(readNotice(police)).toBe("ok");
    expect(marks(police)).toEqual(["clear noticeUnread"]);
    expect(police.file.case).toMatchObject({ status: "closed", closedAs: "informed" });
    settle(hotline, police);
    expect(hotline.file.linkages[0]).toMatchObject({ state: "read" });
    expect(holding(hotline, police)).toEqual([true, false]);
  });

  it("who asked is not told with it: of the request goes what was said and where, and of a confidential one neither (nmg:2.3.2)", () => {
    const { police } = notified();
    expect(Object.keys(police.file.case?.sealed ?? {})).toEqual(["text"]);
    const facts = { ...registration().facts, confidential: true };
    const secret = registered({ facts });
    tell(secret.hotline, NOTICE);
    settle(secret.hotline, secret.police);
    expect(secret.police.file.case?.sealed).toEqual({});
    expect(secret.police.file.linkages[0]?.words).toEqual({ text: NOTICE.text });
  });

  it("the next notice brings a copy that rests back to the desk (4)", () => {
    const { hotline, police } = notified();
    readNotice(police);
    settle(hotline, police);
    tell(hotline, { ...NOTICE, text: sealed("notice.2") });
    settle(hotline, police);
    expect(police.file.case).toMatchObject({ status: "handedOver", closedAs: null });
    expect(police.file.linkages.map((l) => l.state)).toEqual(["read", "received"]);
  });

  it("the same matter can be handed over afterwards as if nothing had been told (5.1, 5.2)", () => {
    const { hotline, police } = notified();
    readNotice(police);
    settle(hotline, police);
    expect(tell(hotline, { type: "handOver", to: null })).toBe("ok");
    settle(hotline, police);
    expect(statusOf(police)).toBe("offered");
    expect(tell(police, { type: "acceptOffer", linkageId: linkageOf(police, "clear") })).toBe("ok");
    settle(hotline, police);
    expect(holding(hotline, police)).toEqual([false, true]);
  });

  it("who only was told may tell as well, and changes nothing of the matter (互相通报)", () => {
    const { hotline, police } = notified();
    expect(tell(police, { ...NOTICE, text: sealed("notice.3") })).toBe("ok");
    settle(hotline, police);
    expect(hotline.file.linkages.map((l) => [l.role, l.state])).toEqual([
      ["S", "sent"],
      ["R", "received"],
    ]);
    expect([statusOf(hotline), holding(hotline, police)]).toEqual(["registered", [true, false]]);
  });

  it("danger found later is pushed beside it and orders officers out; the copy ends when both are over (P3, nmg:a3)", () => {
    const { hotline, police } = notified();
    tell(hotline, { type: "danger", machineSuspected: false, sealed: [] });
    settle(hotline, police);
    expect(holds(police.file, "danger")).toBe(true);
    const linkageId = linkageOf(police, "urgent");
    tell(police, { type: "shown", linkageId });
    tell(police, { type: "endDanger", linkageId, outcome: "noDangerFound", result: null });
    settle(hotline, police);
    expect(police.file.linkages.map((l) => l.state)).toEqual(["received", "ended"]);
    expect(statusOf(police)).toBe("handedOver");
    readNotice(police);
    settle(hotline, police);
    expect([statusOf(police), statusOf(hotline)]).toEqual(["closed", "handling"]);
    // What was over comes back on the desk with the next notice.
    tell(hotline, { ...NOTICE, text: sealed("notice.6") });
    settle(hotline, police);
    expect(statusOf(police)).toBe("handedOver");
  });

  it("support and a danger beside it: the copy ends when the last of the two is over, whichever that is (2.2.1, nmg:a3)", () => {
    for (const supportFirst of [true, false]) {
      const { hotline, police } = asked();
      grant(police);
      tell(hotline, { type: "danger", machineSuspected: false, sealed: [] });
      settle(hotline, police);
      const push = linkageOf(police, "urgent");
      tell(police, { type: "shown", linkageId: push });
      const result = sealed("danger.result.1");
      const steps = [
        () => end(police),
        () => tell(police, { type: "endDanger", linkageId: push, outcome: "handled", result }),
      ];
      for (const step of supportFirst ? steps : steps.toReversed()) {
        expect(statusOf(police)).toBe("handedOver");
        expect(step()).toBe("ok");
        settle(hotline, police);
      }
      expect(statusOf(police)).toBe("closed");
    }
  });

  it("what is learned at a copy that was only told reaches who told it, once, also of a confidential one (REQ-14)", () => {
    const { hotline, police } = registered({ facts: { ...registration().facts, confidential: true } });
    for (const text of [sealed("notice.4"), sealed("notice.5")]) tell(hotline, { ...NOTICE, text });
    settle(hotline, police);
    const learned = [sealed("note.1")];
    expect(tell(police, { type: "amend", facts: { requestKind: "complaint" }, sealed: learned })).toBe("ok");
    const said = police.log.at(-1)?.linkages.flatMap(({ send }) => send) ?? [];
    expect(said).toMatchObject([{ type: "progress", note: { field: "note.1" }, facts: { requestKind: "complaint" } }]);
    settle(hotline, police);
    expect(hotline.file.case?.sealed["note.1"]?.commitment).toBe(learned[0]?.commitment);
    expect(hotline.file.case?.told?.requestKind).toMatchObject({ value: "complaint" });
    expect(holding(hotline, police)).toEqual([true, false]);
  });

  it("a closed request tells nobody anything (nmg:2.2.1)", () => {
    const { hotline } = registered({ verdict: { ...LAMP_VERDICT, side: "neither" } });
    tell(hotline, { type: "guide", reason: "other", guidance: sealed("guidance.1") });
    expect([tell(hotline, NOTICE), tell(hotline, ASK)]).toEqual(["TELLING_CLOSED", "TELLING_CLOSED"]);
  });

  it("what the other desk's program cannot read is refused at once, and nothing is sent (nmg:2.3.2; REQ-53)", () => {
    const peer = (kinds: PeerDesk["kinds"]) =>
      [{ nodeCode: POLICE, side: "police", regions: [REGION], dutyPhone: "110", kinds: kinds ?? null }] as const;
    for (const [kinds, code] of [
      [["clear", "afterInitialResponse", "urgent"], "PEER_TOO_OLD"],
      [null, "PEER_NOT_HEARD"],
    ] as const) {
      const { hotline } = registered();
      hotline.context = { ...hotline.context, peers: peer(kinds) };
      expect([tell(hotline, NOTICE), tell(hotline, ASK)]).toEqual([code, code]);
      expect(hotline.file.linkages).toEqual([]);
      expect(tell(hotline, { type: "handOver", to: null })).toBe("ok");
    }
  });
});

describe("a desk asks the other one for support (nmg:2.2.3)", () => {
  it("the matter stays with who asked, from the plea to the end (7; REQ-33)", () => {
    const { hotline, police } = asked();
    expect(marks(police)).toEqual(["raise supportAsked"]);
    expect(holding(hotline, police)).toEqual([true, false]);
    grant(police);
    settle(hotline, police);
    expect(marks(hotline)).toContain("raise supportMoved");
    expect([statusOf(police), holding(hotline, police)]).toEqual(["handedOver", [true, false]]);
    expect(end(police)).toBe("ok");
    settle(hotline, police);
    expect(police.file.case).toMatchObject({ status: "closed", closedAs: "informed" });
    expect(hotline.file.linkages[0]).toMatchObject({ state: "ended", words: { what: ASK.what, result: RESULT } });
    expect([statusOf(hotline), holding(hotline, police)]).toEqual(["registered", [true, false]]);
  });

  it("declined it says why, and the other desk's copy rests (7)", () => {
    const { hotline, police } = asked();
    const decline = { type: "declineSupport", linkageId: linkageOf(police, "support") } as const;
    expect(tell(police, { ...decline, note: null })).toBe("DECLINE_MISSING");
    expect(tell(police, { ...decline, note: sealed("support.answer.1") })).toBe("ok");
    settle(hotline, police);
    expect(hotline.file.linkages[0]?.words?.answer?.field).toBe("support.answer.1");
    expect(statusOf(police)).toBe("closed");
  });

  it("only who acts for a matter or its danger asks for help with it (7)", () => {
    const { police } = notified();
    expect(tell(police, ASK)).toBe("CASE_NOT_HOLDER");
  });

  it("a matter is not closed while support for it is open (nmg:2.2.3)", () => {
    const { hotline, police } = asked();
    tell(hotline, { type: "accept" });
    tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") });
    const reached = { outcome: "reached", satisfaction: 5, solved: true, note: null } as const;
    tell(hotline, { type: "callBack", ...reached });
    expect(tell(hotline, { type: "close" })).toBe("SUPPORT_OPEN");
    expect(end(hotline)).toBe("ok");
    expect(tell(hotline, { type: "close" })).toBe("ok");
    settle(hotline, police);
    expect([police.file.linkages[0]?.state, statusOf(police)]).toEqual(["ended", "closed"]);
  });

  it("the desk that is only told names the one that told it as who acts (3, P6)", () => {
    const { police } = asked();
    const { case: state, linkages } = police.file;
    if (state === null) throw new Error("no copy came");
    const { holderHint } = explainResponsibility(linkageView(state, linkages), "ordinary");
    expect(holderHint).toEqual({ holder: "peer", node: HOTLINE });
  });
});
