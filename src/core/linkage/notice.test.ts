import { describe, expect, test } from "vitest";
import { A, B, fileOf } from "./play/desks.ts";
import { ADD, I, J, K, READ_NOTICE, Scene, TAKE_BACK, notify, offer, push } from "./play/scene.ts";
import { allowedLinkageCommands } from "./index.ts";

const MINUTE = 60_000;

describe("a notice (互相通报: yn:3.3)", () => {
  test("is sent, received by the other node and read by a person there; the matter stays where it is (4; REQ-32)", () => {
    const scene = new Scene().does(A, null, notify(I, B));
    expect(scene.at(A, I)).toMatchObject({ kind: "notice", part: "none", state: "sent" });
    scene.settle();
    expect(scene.pair(I)).toEqual(["sent", "received"]);
    scene.receipt(A, I, 1);
    expect(scene.at(A, I)).toMatchObject({ state: "received", deliveredAt: scene.desks.at });
    scene.waits(MINUTE).does(B, I, READ_NOTICE);
    expect(scene.sent()).toEqual(["noticeRead"]);
    scene.settle();
    expect(scene.pair(I)).toEqual(["read", "read"]);
    expect(scene.at(A, I).answeredAt).toBe(scene.desks.at);
    expect([scene.holders(), scene.holders("danger")]).toEqual([[A], []]);
  });

  test("may go from the desk that has handed the matter over as well: who is responsible does not matter (4)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).settle().does(B, I, { type: "accept" }).settle();
    scene.does(A, null, notify(J, B)).settle();
    expect(scene.pair(J)).toEqual(["sent", "received"]);
    expect(scene.holders()).toEqual([B]);
  });

  test("says something (4)", () => {
    expect(new Scene().refused(A, null, { ...notify(I, B), text: null })).toBe("NOTICE_MISSING");
  });

  test("is neither added to nor taken back, and its reader reads it once (4)", () => {
    const scene = new Scene().does(A, null, notify(I, B)).settle();
    expect([scene.refused(A, I, ADD), scene.refused(A, I, TAKE_BACK)]).toEqual(["NOT_IN_STATE", "NOT_IN_STATE"]);
    expect(allowedLinkageCommands(fileOf(scene.desks, B), I)).toEqual(["push", "progress", "readNotice"]);
    scene.does(B, I, READ_NOTICE);
    expect(scene.refused(B, I, READ_NOTICE)).toBe("NOT_IN_STATE");
    expect(allowedLinkageCommands(fileOf(scene.desks, B), I)).toEqual(["push", "progress"]);
  });

  test("the desk it came to is told that it is unread; the word that it was read may overtake the receipt (4)", () => {
    const scene = new Scene().does(A, null, notify(I, B)).settle();
    expect(scene.alarms()).toEqual(["noticeUnread"]);
    scene.does(B, I, READ_NOTICE).settle();
    expect(scene.at(A, I).state).toBe("read");
    expect(scene.receipt(A, I, 1).at(A, I)).toMatchObject({ state: "read", receipted: 1 });
  });

  test("without a receipt for 5 minutes the link is alarmed (9 deliveryReceipt)", () => {
    const scene = new Scene()
      .does(A, null, notify(I, B))
      .waits(5 * MINUTE)
      .fires(A, I, "deliveryReceipt");
    expect(scene.last[0]?.alarms[0]).toMatchObject({ kind: "deliveryMissing", dial: "000" });
    const heard = new Scene().does(A, null, notify(I, B)).receipt(A, I, 1);
    expect(heard.fires(A, I, "deliveryReceipt").last).toEqual([]);
  });

  test("stops no offer and no push, and is no second dispute about the matter (4, 5.1, P3)", () => {
    const scene = new Scene().does(A, null, notify(I, B)).settle().does(A, null, offer(J, B));
    expect(scene.at(A, J).state).toBe("offered");
    expect(scene.refused(A, null, push(K, B))).toBeNull();
  });
});
