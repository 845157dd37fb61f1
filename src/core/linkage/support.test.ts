import { describe, expect, test } from "vitest";
import { plusMs } from "../../kernel/index.ts";
import { A, B, fileOf } from "./play/desks.ts";
import { ADD, DECLINE, END_SUPPORT, GRANT, I, J, Scene, askSupport, offer } from "./play/scene.ts";
import { allowedLinkageCommands } from "./index.ts";

const MINUTE = 60_000;

describe("support (应急支援: nmg:2.2.3)", () => {
  test("is asked for, granted and ended, and who asked is responsible throughout (7; REQ-33)", () => {
    const scene = new Scene().does(A, null, askSupport(I, B)).settle();
    expect([scene.pair(I), scene.holders()]).toEqual([["requested", "requested"], [A]]);
    scene.does(B, I, GRANT).settle();
    expect([scene.pair(I), scene.holders()]).toEqual([["granted", "granted"], [A]]);
    scene.does(B, I, END_SUPPORT).settle();
    expect([scene.pair(I), scene.holders()]).toEqual([["ended", "ended"], [A]]);
    expect(Object.keys(scene.at(A, I).words ?? {})).toEqual(["what", "result"]);
  });

  test("is declined before it is granted, with the reason (7)", () => {
    const scene = new Scene().does(A, null, askSupport(I, B)).settle();
    expect(scene.refused(B, I, { type: "decline", note: null })).toBe("DECLINE_MISSING");
    scene.does(B, I, DECLINE).settle();
    expect(scene.pair(I)).toEqual(["declined", "declined"]);
    expect(scene.alarms()).toEqual(["supportMoved"]);
    expect(scene.at(A, I).words?.answer).toEqual(scene.at(B, I).words?.answer);
    const granted = new Scene().does(A, null, askSupport(I, B)).settle().does(B, I, GRANT);
    expect(granted.refused(B, I, DECLINE)).toBe("NOT_IN_STATE");
  });

  test("names what is needed, and its end says what came of it (7)", () => {
    expect(new Scene().refused(A, null, { ...askSupport(I, B), what: null })).toBe("SUPPORT_MISSING");
    const scene = new Scene().does(A, null, askSupport(I, B));
    expect(scene.refused(A, I, { type: "endSupport", result: null })).toBe("SUPPORT_RESULT_MISSING");
  });

  test.each([
    ["granted", GRANT],
    ["declined", DECLINE],
    ["ended", END_SUPPORT],
  ] as const)("ended wins when the other desk has %s at the same time (7)", (_, answer) => {
    const scene = new Scene().does(A, null, askSupport(I, B)).settle();
    scene.does(A, I, END_SUPPORT).does(B, I, answer).arrives(I, A);
    expect(scene.last[0]?.noted).toBe("CROSSED");
    scene.settle();
    expect([scene.pair(I), scene.holders()]).toEqual([["ended", "ended"], [A]]);
  });

  test("R has answer and end, S the end; neither adds to it nor takes it over (7)", () => {
    const scene = new Scene().does(A, null, askSupport(I, B)).settle();
    expect(allowedLinkageCommands(fileOf(scene.desks, B), I)).toEqual([
      "push",
      "progress",
      "grant",
      "decline",
      "endSupport",
    ]);
    expect(allowedLinkageCommands(fileOf(scene.desks, A), I)).toEqual(["push", "readAdditions", "endSupport"]);
    expect([scene.refused(A, I, ADD), scene.refused(B, I, { type: "accept" })]).toEqual([
      "NOT_IN_STATE",
      "NOT_IN_STATE",
    ]);
  });

  test("unanswered for 5 minutes from when it is there it is called out at both desks (9)", () => {
    const scene = new Scene()
      .does(A, null, askSupport(I, B))
      .waits(4 * MINUTE)
      .settle()
      .receipt(A, I, 1);
    const due = plusMs(scene.desks.at, 5 * MINUTE);
    expect(scene.last[0]?.timers).toContainEqual({ set: "answerOwed", dueAt: due });
    scene.waits(5 * MINUTE);
    for (const desk of [A, B]) expect(scene.fires(desk, I, "answerOwed").alarms()).toEqual(["answerOwed"]);
    scene.does(B, I, GRANT);
    expect(scene.fires(B, I, "answerOwed").last).toEqual([]);
  });

  test("a link without a receipt is called out first, and the missing answer all the same when it stays away (9)", () => {
    const scene = new Scene().does(A, null, askSupport(I, B)).waits(5 * MINUTE);
    expect(scene.fires(A, I, "answerOwed").last).toEqual([]);
    expect(scene.fires(A, I, "deliveryReceipt").alarms()).toEqual(["deliveryMissing"]);
    expect(
      scene
        .waits(5 * MINUTE)
        .fires(A, I, "answerOwed")
        .alarms(),
    ).toEqual(["answerOwed"]);
  });

  test("the matter may be handed over while it runs: it moves nothing and holds up nothing (4, 7)", () => {
    const scene = new Scene().does(A, null, askSupport(I, B)).settle().does(B, I, GRANT).settle();
    scene.does(A, null, offer(J, B)).settle().does(B, J, { type: "accept" }).settle();
    expect([scene.pair(I), scene.pair(J), scene.holders()]).toEqual([
      ["granted", "granted"],
      ["accepted", "accepted"],
      [B],
    ]);
  });
});
