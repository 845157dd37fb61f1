import { describe, expect, test } from "vitest";
import { plusMs } from "../../kernel/index.ts";
import { A, B, fileOf, QUIET } from "./play/desks.ts";
import { ADD, CONCLUDE, END_JOINT, I, J, Scene, TAKE_BACK, askJoint, offer, push } from "./play/scene.ts";
import { allowedLinkageCommands } from "./index.ts";

const MINUTE = 60_000;
const SHOWN = { type: "shown" } as const;
const SIGN = { type: "sign", onScreen: true } as const;

const asked = (): Scene => new Scene().does(A, null, askJoint(I, B));
const shown = (): Scene => asked().settle().does(B, I, SHOWN).settle();
const ended = (): Scene => shown().does(B, I, END_JOINT).settle();

describe("joint (联合调处: nmg:2.2.2, yn:3.2)", () => {
  test("each desk keeps its own part: the partner's is S's until a seat at R has it on screen, then R's until S holds its end (4, 6, REQ-23)", () => {
    const scene = asked();
    expect([scene.holders("partner"), scene.holders()]).toEqual([[A], [A]]);
    scene.settle();
    expect(scene.holders("partner")).toEqual([A, B]);
    scene.does(B, I, SHOWN).settle();
    expect([scene.pair(I), scene.holders("partner"), scene.holders()]).toEqual([["delivered", "active"], [B], [A]]);
    scene.does(B, I, END_JOINT);
    expect(scene.holders("partner")).toEqual([B]);
    scene.settle();
    expect([scene.pair(I), scene.holders("partner"), scene.holders()]).toEqual([["ended", "ended"], [], [A]]);
    expect(scene.at(A, I)).toMatchObject({ outcome: "settled", result: scene.at(B, I).result });
  });

  test("it can be neither returned nor taken back nor refused (4)", () => {
    const scene = asked();
    scene.context = { ...QUIET, rejects: () => "OUT_OF_SCOPE", seatOnDuty: false };
    scene.settle();
    expect(scene.pair(I)).toEqual(["pushed", "active"]);
    expect(scene.refused(A, I, TAKE_BACK)).toBe("NOT_IN_STATE");
    expect(allowedLinkageCommands(fileOf(scene.desks, B), I)).toEqual(["push", "progress", "shown", "sign"]);
  });

  test("it is ended only when all that was said of it has been on screen, and an end that more was said after is void (10 P4)", () => {
    const scene = asked().settle();
    expect(scene.refused(B, I, END_JOINT)).toBe("UNREAD_ADDITION");
    scene.does(B, I, SHOWN).settle().does(A, I, ADD).does(B, I, END_JOINT).settle();
    expect([scene.pair(I), scene.at(B, I).k, scene.at(B, I).outcome]).toEqual([["delivered", "active"], 2, null]);
    expect(scene.refused(B, I, END_JOINT)).toBe("UNREAD_ADDITION");
    scene.does(B, I, SHOWN).does(B, I, END_JOINT).settle();
    expect(scene.pair(I)).toEqual(["ended", "ended"]);
  });

  test("after its end a word of S stays with S, and S asking once more brings it back to work (6)", () => {
    const scene = ended();
    expect(scene.refused(A, I, ADD)).toBe("NOT_IN_STATE");
    scene.does(A, I, askJoint(I, B));
    expect(scene.holders("partner")).toEqual([A]);
    scene.settle().does(B, I, SIGN).settle();
    expect([scene.pair(I), scene.at(A, I).k, scene.holders("partner")]).toEqual([["delivered", "active"], 2, [B]]);
  });

  test("both desks hear of it: R that it is asked, S that it has ended (REQ-24)", () => {
    const scene = asked().arrives(I, B);
    expect(scene.alarms()).toEqual(["jointAsked"]);
    scene.does(B, I, SHOWN).settle().does(B, I, END_JOINT).arrives(I, A);
    expect(scene.alarms()).toEqual(["jointMoved"]);
  });

  test("what nobody has on screen in 5 minutes is called out at both desks, again and again (9)", () => {
    const scene = asked().settle().receipt(A, I, 1);
    const due = plusMs(scene.desks.at, 5 * MINUTE);
    expect(scene.last[0]?.timers).toContainEqual({ set: "answerOwed", dueAt: due });
    for (const desk of [A, B]) {
      expect(scene.fires(desk, I, "answerOwed").alarms()).toEqual(["answerOwed"]);
      expect(scene.fires(desk, I, "answerOwed").last[0]?.alarms[0]?.level).toBe(2);
    }
    scene.does(B, I, SHOWN).settle();
    for (const desk of [A, B]) expect(scene.fires(desk, I, "answerOwed").last).toEqual([]);
  });

  test("what no person has signed in 30 minutes is called out at R; a link that brings no receipt at S (9)", () => {
    const scene = shown();
    expect(scene.fires(B, I, "answer").alarms()).toEqual(["jointUnsigned"]);
    expect(scene.does(B, I, SIGN).settle().fires(B, I, "answer").last).toEqual([]);
    expect(asked().fires(A, I, "deliveryReceipt").last[0]?.alarms[0]).toMatchObject({
      kind: "deliveryMissing",
      dial: "000",
    });
  });

  test("it holds up nothing: the matter is handed over and danger is pushed beside it (4, P3)", () => {
    const scene = shown().does(A, null, offer(J, B)).settle().does(B, J, { type: "accept" }).settle();
    scene.does(B, J, CONCLUDE).settle();
    expect([scene.pair(I), scene.holders("partner")]).toEqual([["delivered", "active"], [B]]);
    expect(scene.refused(A, null, push(J, B))).toBeNull();
  });
});
