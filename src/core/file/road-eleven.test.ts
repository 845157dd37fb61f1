import { describe, expect, it } from "vitest";
import type { UnitCode } from "../../kernel/index.ts";
import {
  aDesk,
  HOTLINE,
  LAMP_VERDICT,
  linkageOf,
  orderOf,
  registration,
  sealed,
  settle,
  tell,
} from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";
import { holds } from "./view.ts";

const WHAT = sealed("joint.what.1");
const RESULT = sealed("result.9");
const ASK = { type: "askJoint", to: null, what: WHAT } as const;
const POLICE_VERDICT = { ...LAMP_VERDICT, side: "police", mode: "policeHandles" } as const;

/** A dispute that may turn criminal has reached 110, officers are out, and 12345 is asked to mediate beside them. */
function asked(): { readonly hotline: Desk; readonly police: Desk } {
  const [hotline, police] = [aDesk("hotline"), aDesk("police")];
  tell(police, registration({ verdict: POLICE_VERDICT }));
  tell(police, { type: "dispatch", kind: "police", unit: "p-1" as UnitCode, role: "lead", instruction: null });
  expect(tell(police, ASK)).toBe("ok");
  settle(police, hotline);
  return { hotline, police };
}

const joint = (desk: Desk) => desk.file.linkages.find((l) => l.kind === "joint");
const parts = (...desks: readonly Desk[]) =>
  desks.map((d) => [holds(d.file, "ordinary"), holds(d.file, "partner")] as const);
const sign = (desk: Desk) => tell(desk, { type: "sign", linkageId: linkageOf(desk, "joint"), onScreen: true });
const end = (desk: Desk, result = RESULT) =>
  tell(desk, { type: "endJoint", linkageId: linkageOf(desk, "joint"), outcome: "settled", result });
const conclude = (desk: Desk) => tell(desk, { type: "conclude", resolution: "handled", result: sealed("result.1") });
const calledBack = (desk: Desk) =>
  tell(desk, { type: "callBack", outcome: "reached", satisfaction: 4, solved: true, note: null });

/** What a unit that was sent did. */
function replied(desk: Desk): void {
  const orderId = orderOf(desk);
  tell(desk, { type: "acknowledgeOrder", orderId });
  expect(tell(desk, { type: "reply", orderId, resolution: "handled", reply: sealed("reply.1") })).toBe("ok");
}

describe("road 11: police at once and mediation through 12345, both open, two results, one closing (nmg:2.2.2, yn:3.2)", () => {
  it("110 keeps its record and its officers, 12345 has a part of its own to work on at once (REQ-23)", () => {
    const { hotline, police } = asked();
    expect(police.file.case?.status).toBe("handling");
    expect(hotline.file.case).toMatchObject({ status: "accepted", origin: "linkage" });
    expect(hotline.file.linkages[0]).toMatchObject({ regime: "hotlineMemberRules", words: { what: WHAT } });
    expect(parts(police, hotline)).toEqual([
      [true, true],
      [false, true],
    ]);
    sign(hotline);
    settle(police, hotline);
    expect(parts(police, hotline)).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it("12345 sends lead and assisting units, and ends its part only when they have answered, with the joint result (REQ-24)", () => {
    const { hotline, police } = asked();
    sign(hotline);
    for (const role of ["lead", "assisting"] as const)
      expect(
        tell(hotline, { type: "dispatch", kind: "work", unit: `u-${role}` as UnitCode, role, instruction: null }),
      ).toBe("ok");
    expect(end(hotline)).toBe("ORDERS_OPEN");
    for (const { id: orderId } of hotline.file.orders)
      tell(hotline, { type: "reply", orderId, resolution: "mediated", reply: sealed("reply.2") });
    expect(
      tell(hotline, { type: "endJoint", linkageId: linkageOf(hotline, "joint"), outcome: "settled", result: null }),
    ).toBe("RESULT_MISSING");
    expect(end(hotline)).toBe("ok");
    settle(police, hotline);
    expect(hotline.file.case).toMatchObject({ status: "closed", closedAs: "jointEnded" });
    expect([joint(police)?.outcome, police.file.case?.sealed["result.9"]]).toEqual(["settled", RESULT]);
    expect(police.log.flatMap((d) => d.alarms).map((a) => a.kind)).toContain("jointMoved");
  });

  it("the matter closes when both parts have ended, not before (4)", () => {
    const { hotline, police } = asked();
    replied(police);
    expect([conclude(police), calledBack(police), tell(police, { type: "close" })]).toEqual(["ok", "ok", "JOINT_OPEN"]);
    sign(hotline);
    end(hotline);
    settle(police, hotline);
    expect([tell(police, { type: "close" }), police.file.case?.status]).toEqual(["ok", "closed"]);
  });

  it("asked once more while it runs, more is said; after its end it begins anew and the copy is back on the desk (6)", () => {
    const { hotline, police } = asked();
    tell(police, { ...ASK, what: sealed("joint.what.2") });
    settle(police, hotline);
    expect(hotline.file.linkages).toHaveLength(1);
    expect(hotline.file.linkages[0]).toMatchObject({ k: 2, words: { what: sealed("joint.what.2") } });
    sign(hotline);
    end(hotline);
    settle(police, hotline);
    expect(tell(police, ASK)).toBe("ok");
    settle(police, hotline);
    expect([joint(hotline)?.state, joint(hotline)?.k, hotline.file.case?.status]).toEqual(["active", 3, "accepted"]);
  });

  it("what is learned goes both ways while it runs, and what 110 adds after the end stays at 110 (REQ-14)", () => {
    const { hotline, police } = asked();
    tell(police, { type: "amend", facts: {}, sealed: [sealed("note.1")] });
    settle(police, hotline);
    expect(hotline.file.case?.sealed["note.1"]).toBeDefined();
    expect(joint(hotline)?.k).toBe(2);
    sign(hotline);
    tell(hotline, { type: "amend", facts: {}, sealed: [sealed("note.2")] });
    settle(police, hotline);
    expect(police.file.case?.sealed["note.2"]).toBeDefined();
    end(hotline);
    settle(police, hotline);
    tell(police, { type: "amend", facts: {}, sealed: [sealed("note.3")] });
    settle(police, hotline);
    expect([joint(hotline)?.state, hotline.file.case?.sealed["note.3"]]).toEqual(["ended", undefined]);
  });

  it("only who holds the matter asks, and not of a closed one (4)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: POLICE_VERDICT }));
    tell(police, { type: "notify", to: null, text: sealed("notice.1") });
    settle(police, hotline);
    expect(tell(hotline, { ...ASK, to: null })).toBe("CASE_NOT_HOLDER");
    const neither = aDesk("police");
    tell(neither, registration({ verdict: { ...LAMP_VERDICT, side: "neither" } }));
    tell(neither, { type: "guide", reason: "Z00-01", guidance: sealed("guidance.1") });
    expect(tell(neither, ASK)).toBe("TELLING_CLOSED");
  });

  it("a desk whose program does not know it is dialled instead, and nothing is sent (REQ-23)", () => {
    const old = aDesk("police");
    const peers = old.context.peers.map((peer) => ({
      ...peer,
      kinds: ["clear", "urgent", "notice", "support"] as const,
    }));
    const police = aDesk("police", { peers });
    tell(police, registration({ verdict: POLICE_VERDICT }));
    expect([tell(police, { ...ASK, to: HOTLINE }), police.file.linkages]).toEqual(["PEER_TOO_OLD", []]);
  });

  it("a danger beside it ends for itself; the copy rests when the last of both has ended, whichever that is (6)", () => {
    for (const jointFirst of [true, false]) {
      const [hotline, police] = [aDesk("hotline"), aDesk("police")];
      tell(hotline, registration({ verdict: LAMP_VERDICT }));
      tell(hotline, ASK);
      tell(hotline, { type: "danger", machineSuspected: false, sealed: [] });
      settle(hotline, police);
      sign(police);
      const danger = linkageOf(police, "urgent");
      tell(police, { type: "shown", linkageId: danger });
      const endings = [
        () => end(police),
        () => tell(police, { type: "endDanger", linkageId: danger, outcome: "handled", result: null }),
      ];
      for (const step of jointFirst ? endings : endings.toReversed()) {
        expect(police.file.case?.status).toBe("accepted");
        expect(step()).toBe("ok");
        settle(hotline, police);
      }
      expect(police.file.case?.closedAs).toBe(jointFirst ? "dangerEnded" : "jointEnded");
    }
  });
});
