import { describe, expect, test } from "vitest";
import { plusMs } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import { A, B } from "./play/desks.ts";
import { ADD, CONCLUDE, I, NEGOTIATE, REOPEN, RETURN, Scene, offer } from "./play/scene.ts";
import type { LinkageTimer } from "./index.ts";

const MINUTE = 60_000;
const ACCEPT = { type: "accept" } as const;

function due(scene: Scene, minutes: number): Instant {
  return plusMs(scene.desks.at, minutes * MINUTE);
}

function set(scene: Scene): readonly { readonly set: LinkageTimer; readonly dueAt: Instant }[] {
  return scene.last.flatMap((d) => d.timers.flatMap((t) => ("set" in t ? [t] : [])));
}

function cancelled(scene: Scene): readonly LinkageTimer[] {
  return scene.last.flatMap((d) => d.timers.flatMap((t) => ("cancel" in t ? [t.cancel] : [])));
}

describe("timers (9)", () => {
  test("an offer waits 5 minutes for its receipt, then the link is alarmed (9 deliveryReceipt)", () => {
    const scene = new Scene().does(A, null, offer(I, B));
    expect(set(scene)).toEqual([{ set: "deliveryReceipt", dueAt: due(scene, 5) }]);
    scene.waits(5 * MINUTE).fires(A, I, "deliveryReceipt");
    expect(scene.last[0]?.alarms[0]).toMatchObject({ kind: "deliveryMissing", dial: "000" });
  });

  test("the answer is waited for from the receipt; with the link down from the alarm, anew at the receipt (9 answerAtSender, 10 Decided)", () => {
    const heard = new Scene().does(A, null, offer(I, B)).receipt(A, I, 1);
    expect(set(heard)).toEqual([{ set: "answerAtSender", dueAt: due(heard, 60) }]);
    expect(cancelled(heard)).toEqual(["deliveryReceipt"]);
    const silent = new Scene()
      .does(A, null, offer(I, B))
      .waits(5 * MINUTE)
      .fires(A, I, "deliveryReceipt");
    expect(set(silent)).toEqual([{ set: "answerAtSender", dueAt: due(silent, 60) }]);
    silent.waits(MINUTE).receipt(A, I, 1);
    expect(set(silent)).toEqual([{ set: "answerAtSender", dueAt: due(silent, 60) }]);
  });

  test("a return is decided within 30 minutes, else negotiation opens by itself (9 decideReturned)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).settle().does(B, I, RETURN).settle();
    expect(set(scene)).toContainEqual({ set: "decideReturned", dueAt: due(scene, 30) });
    scene.fires(A, I, "decideReturned");
    expect(scene.sent()).toEqual(["negotiate"]);
  });

  test("the arbiter's two hours count from the negotiation and the alarm repeats with a rising level (9 arbiter)", () => {
    const scene = new Scene()
      .does(A, null, offer(I, B))
      .does(A, I, NEGOTIATE)
      .waits(30 * MINUTE)
      .fires(A, I, "negotiation");
    expect(set(scene)).toEqual([{ set: "arbiter", dueAt: due(scene, 90) }]);
    scene
      .waits(90 * MINUTE)
      .fires(A, I, "arbiter")
      .waits(30 * MINUTE)
      .fires(A, I, "arbiter");
    expect(scene.last[0]?.alarms[0]).toMatchObject({ kind: "arbiterOverdue", level: 2 });
    expect(set(scene)).toHaveLength(1);
  });

  test("R waits 60 s for confirmed, also while concluding, and calls S (9 confirm)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).settle().does(B, I, ACCEPT);
    expect(set(scene)).toEqual([{ set: "confirm", dueAt: due(scene, 1) }]);
    expect(cancelled(scene)).toEqual(["answer"]);
    scene.does(B, I, CONCLUDE);
    expect(scene.last[0]?.timers).toEqual([]);
    scene.fires(B, I, "confirm");
    expect(scene.alarms()).toEqual(["confirmMissing"]);
    scene.settle();
    expect(scene.at(B, I).state).toBe("toCallBack");
  });

  test("an owed answer is alarmed at S reopening and at R concluding (9 answerOwed)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).settle().does(B, I, ACCEPT).settle().does(B, I, CONCLUDE);
    expect(set(scene)).toEqual([{ set: "answerOwed", dueAt: due(scene, 5) }]);
    scene.settle().does(A, I, REOPEN);
    expect(set(scene)).toEqual([{ set: "answerOwed", dueAt: due(scene, 5) }]);
    scene.fires(A, I, "answerOwed");
    expect(scene.alarms()).toEqual(["answerOwed"]);
  });

  test("a stale timer or an old receipt changes nothing and an addition sets none (9)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).receipt(A, I, 1).does(A, I, ADD);
    expect(scene.last[0]?.timers).toEqual([]);
    expect(scene.fires(A, I, "negotiation").last).toEqual([]);
    expect(scene.receipt(A, I, 1).last).toEqual([]);
  });
});
