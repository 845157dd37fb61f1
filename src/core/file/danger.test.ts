import { describe, expect, it } from "vitest";
import type { ItemCode, NodeCode, RegionCode } from "../../kernel/index.ts";
import {
  aDesk,
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
import { holds } from "./view.ts";
import type { Desk } from "./two-desks.test-data.ts";

const OWN_MATTER = {
  side: "hotline",
  item: "A01-05" as ItemCode,
  mode: "hotlineHandles",
  urgency: "ordinary",
  catalogueVersion: "nmg-2022-89@1",
  source: "nmg:a1.1",
  basis: "plan",
  by: "person",
} as const;

/** 12345 has answered its own part of a dangerous matter; the push stands in its outbox. */
function answeredWithDanger(): readonly [Desk, Desk] {
  const [hotline, police] = [aDesk("hotline"), aDesk("police")];
  tell(hotline, registration({ danger: true, verdict: OWN_MATTER }));
  const order = hotline.file.orders[0];
  if (order === undefined) throw new Error("no government order");
  tell(hotline, { type: "reply", orderId: order.id, resolution: "solved", reply: sealed("reply.1") });
  expect(tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ok");
  tell(hotline, { type: "callBack", outcome: "reached", satisfaction: 5, solved: true, note: null });
  return [hotline, police];
}

describe("a matter is closed only when a person has taken its danger part over (nmg:a3)", () => {
  it("12345 does not close while nobody at 110 has its push on screen or has signed it, and closes once somebody has (nmg:2.2.1)", () => {
    const [hotline, police] = answeredWithDanger();
    expect(tell(hotline, { type: "close" })).toBe("DANGER_NOT_TAKEN_OVER");
    settle(hotline, police);
    expect(tell(hotline, { type: "close" })).toBe("DANGER_NOT_TAKEN_OVER");
    tell(police, { type: "shown", linkageId: linkageOf(police, "urgent") });
    settle(hotline, police);
    expect(tell(hotline, { type: "close" })).toBe("DANGER_NOT_TAKEN_OVER");
    tell(police, { type: "sign", linkageId: linkageOf(police, "urgent"), onScreen: true });
    settle(hotline, police);
    expect(tell(hotline, { type: "close" })).toBe("ok");
  });

  it("what is added to a push that was shown must be shown too before 12345 closes (nmg:2.2.1)", () => {
    const [hotline, police] = answeredWithDanger();
    settle(hotline, police);
    tell(police, { type: "shown", linkageId: linkageOf(police, "urgent") });
    tell(police, { type: "endDanger", linkageId: linkageOf(police, "urgent"), outcome: "handled", result: null });
    settle(hotline, police);
    tell(hotline, { type: "danger", machineSuspected: false, sealed: [sealed("note.2")] });
    expect(tell(hotline, { type: "close" })).toBe("DANGER_NOT_TAKEN_OVER");
  });
});

const NEXT = "police-150200" as NodeCode;

/** 12345 has pushed to the wrong 110; three desks, each linked with the two others. */
function wrongRegion(): {
  readonly hotline: Desk;
  readonly wrong: Desk;
  readonly right: Desk;
  readonly settleAll: () => void;
} {
  const [hotline, wrong, right] = [aDesk("hotline"), aDesk("police"), aDesk("police", { self: NEXT })];
  const desks = [hotline, wrong, right];
  const cards = desks.map(({ context: { self, side, home } }) => ({
    nodeCode: self,
    side,
    regions: [home],
    dutyPhone: "110",
  }));
  for (const desk of desks)
    desk.context = { ...desk.context, peers: cards.filter((c) => c.nodeCode !== desk.context.self) };
  const settleAll = (): void => {
    for (let quiet = false; !quiet; ) {
      quiet = true;
      for (const message of desks.flatMap(outgoing)) {
        quiet = false;
        const to = desks.find((d) => d.context.self === message.receiver);
        if (to !== undefined) put(to, { via: "message", at: tick(20), message });
      }
    }
  };
  tell(hotline, registration({ danger: true }));
  settleAll();
  return { hotline, wrong, right, settleAll };
}

describe("110 of the wrong region pushes on to the right one (nmg:a3)", () => {
  it("stays answerable itself, and the right 110 has the danger from delivery on", () => {
    const { wrong, right, settleAll } = wrongRegion();
    const came = linkageOf(wrong, "urgent");
    tell(wrong, { type: "shown", linkageId: came });
    settleAll();
    expect(tell(wrong, { type: "danger", machineSuspected: false, sealed: [sealed("note.3")], to: NEXT })).toBe("ok");
    settleAll();
    expect(right.file.linkages).toMatchObject([
      { kind: "urgent", role: "R", peer: POLICE, parent: came, state: "active" },
    ]);
    expect(right.file.case?.sealed["note.3"]).toBeDefined();
    expect([holds(wrong.file, "danger"), holds(right.file, "danger")]).toEqual([true, true]);
    expect(wrong.file.case?.dangerHere).toBe(false);
    tell(right, { type: "shown", linkageId: linkageOf(right, "urgent") });
    settleAll();
    expect(wrong.file.linkages).toMatchObject([
      { role: "R", state: "active" },
      { role: "S", state: "delivered", peer: NEXT },
    ]);
    const end = { type: "endDanger", outcome: "handled", result: null } as const;
    expect(tell(wrong, { ...end, linkageId: came })).toBe("ok");
    settleAll();
    expect([holds(wrong.file, "danger"), holds(right.file, "danger")]).toEqual([false, true]);
  });

  it("more that is learned goes on to both, and the same desk is not pushed to by a second linkage", () => {
    const { hotline, wrong, right, settleAll } = wrongRegion();
    for (const note of ["note.3", "note.4"])
      tell(wrong, { type: "danger", machineSuspected: false, sealed: [sealed(note)], to: NEXT });
    settleAll();
    expect(right.file.linkages).toMatchObject([{ k: 2 }]);
    expect(Object.keys(hotline.file.case?.sealed ?? {})).toEqual(expect.arrayContaining(["note.3", "note.4"]));
  });

  it("what the last desk corrects reaches the first through the middle one, and comes back to nobody (nmg:2.3.1)", () => {
    const { hotline, wrong, right, settleAll } = wrongRegion();
    tell(wrong, { type: "danger", machineSuspected: false, sealed: [], to: NEXT });
    settleAll();
    const heard = right.file.linkages.map((l) => l.seqIn);
    expect(tell(right, { type: "amend", facts: { place: "150105" as RegionCode }, sealed: [] })).toBe("ok");
    settleAll();
    expect(wrong.file.case?.place).toBe("150105");
    expect(hotline.file.case?.told?.place).toMatchObject({ value: "150105", by: POLICE });
    expect(right.file.linkages.map((l) => l.seqIn)).toEqual(heard);
  });

  it("a desk nobody knows stops nothing: this desk takes the danger and is told to dial (P3)", () => {
    const { wrong } = wrongRegion();
    const to = "police-999999" as NodeCode;
    expect(tell(wrong, { type: "danger", machineSuspected: false, sealed: [], to })).toBe("ok");
    expect(wrong.file.case?.dangerHere).toBe(true);
    expect(wrong.log.at(-1)?.alarms).toContainEqual(expect.objectContaining({ kind: "noPeer", level: 1 }));
  });
});

describe("a danger that no desk can be pushed to is never silent (P3, nmg:2.2.1)", () => {
  const marks = (desk: Desk) =>
    desk.log.at(-1)?.alarms.flatMap((a) => (a.kind !== "noPeer" ? [] : [a.act === "raise" ? a.level : "clear"]));
  const danger = (desk: Desk, n: number, to?: NodeCode) =>
    tell(desk, { type: "danger", machineSuspected: false, sealed: [sealed(`note.${n}`)], ...(to ? { to } : {}) });

  it("each one is louder than the one before, and the mark goes with the first push that leaves", () => {
    const desk = aDesk("hotline");
    const { peers } = desk.context;
    desk.context = { ...desk.context, peers: [] };
    tell(desk, registration({ danger: true }));
    expect(marks(desk)).toEqual([1]);
    danger(desk, 2);
    expect(marks(desk)).toEqual([2]);
    desk.context = { ...desk.context, peers };
    danger(desk, 3);
    expect(marks(desk)).toEqual(["clear"]);
    expect(desk.file.linkages.map((l) => [l.kind, l.state])).toEqual([["urgent", "pushed"]]);
  });

  it("the mark goes when the matter is closed, and a danger after that rings again", () => {
    const desk = aDesk("hotline", { peers: [], governmentDesk: () => null });
    tell(desk, registration({ danger: true, verdict: OWN_MATTER }));
    tell(desk, { type: "accept" });
    expect(tell(desk, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ok");
    tell(desk, { type: "callBack", outcome: "reached", satisfaction: 5, solved: true, note: null });
    expect(tell(desk, { type: "close" })).toBe("ok");
    expect(marks(desk)).toEqual(["clear"]);
    danger(desk, 2);
    expect(marks(desk)).toEqual([1]);
  });

  it("a named desk that nobody knows is dialled wherever else the danger went", () => {
    const desk = aDesk("hotline");
    tell(desk, registration({ danger: true }));
    danger(desk, 2, "police-999999" as NodeCode);
    expect(marks(desk)).toEqual([1]);
  });

  it("110 is never told to dial itself", () => {
    const desk = aDesk("police");
    tell(desk, registration());
    danger(desk, 2, "police-999999" as NodeCode);
    expect(desk.log.at(-1)?.alarms).toContainEqual(expect.objectContaining({ kind: "noPeer", dial: "12345" }));
    desk.context = { ...desk.context, peers: [] };
    danger(desk, 3, "police-999999" as NodeCode);
    expect(desk.log.at(-1)?.alarms).toContainEqual(expect.objectContaining({ kind: "noPeer", level: 2, dial: null }));
  });
});
