import { describe, expect, it } from "vitest";
import type { ItemCode, NodeCode, RegionCode, UnitCode } from "../../kernel/index.ts";
import type { Verdict } from "../case/index.ts";
import {
  aDesk,
  HOTLINE,
  LAMP_VERDICT,
  linkageOf,
  orderOf,
  outgoing,
  POLICE,
  put,
  registration,
  sealed,
  settle,
  tell,
  tick,
} from "./two-desks.test-data.ts";
import { dangerOpen, holds } from "./view.ts";

const DANGER: Verdict = {
  ...LAMP_VERDICT,
  side: "both",
  item: "C01-01" as ItemCode,
  mode: "urgentBoth",
  urgency: "urgent",
  source: "nmg:a3.1",
};

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
    tell(hotline, registration({ verdict: LAMP_VERDICT }));
    tell(hotline, { type: "answer", answer: sealed("answer.1") });
    tell(hotline, { type: "close" });
    expect(tell(hotline, { type: "danger", machineSuspected: false, sealed: [] })).toBe("ok");
    settle(hotline, police);
    expect(dangerOpen(police.file)).toBe(true);
  });

  it("110 finds danger in a matter it has handed over: its officers go out and 12345 hears of it (nmg:2.2.1)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: LAMP_VERDICT }));
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

  it("what kind of request it was rings nobody for a danger that is over; words and the place do (nmg:2.2.1, nmg:a3)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(hotline, registration({ danger: true }));
    settle(hotline, police);
    const linkageId = linkageOf(police, "urgent");
    tell(police, { type: "shown", linkageId });
    tell(police, { type: "endDanger", linkageId, outcome: "handled", result: null });
    settle(hotline, police);
    const stateAt = () => [hotline, police].map((desk) => desk.file.linkages.map((l) => `${l.state} ${l.k}`));
    expect(stateAt()).toEqual([["ended 1"], ["ended 1"]]);
    expect(tell(hotline, { type: "amend", facts: { requestKind: "nonUrgentHelp" }, sealed: [] })).toBe("ok");
    settle(hotline, police);
    expect(stateAt()).toEqual([["ended 1"], ["ended 1"]]);
    expect(tell(hotline, { type: "amend", facts: {}, sealed: [sealed("note.7")] })).toBe("ok");
    settle(hotline, police);
    expect(stateAt()).toEqual([["pushed 2"], ["active 2"]]);
  });
});
