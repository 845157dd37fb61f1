import { describe, expect, test } from "vitest";
import { A, B, C } from "./play/desks.ts";
import { ADD, I, J, K, Scene, TAKE_BACK, offer, push } from "./play/scene.ts";
import { decideLinkages } from "./index.ts";
import type { LinkageContext, LinkageFile } from "./index.ts";
import { fileOf, QUIET, parseId } from "./play/desks.ts";
import type { CommandId } from "../../kernel/index.ts";

const SHOWN = { type: "shown" } as const;
const SIGN = { type: "sign", onScreen: true } as const;
const SIGN_UNSEEN = { type: "sign", onScreen: false } as const;
const END = { type: "end", outcome: "handled", result: null } as const;

function pushed(): Scene {
  return new Scene().does(A, null, push(I, B));
}

describe("urgent push (6, nmg:a3, P3)", () => {
  test("S is responsible until a seat on duty has it on screen; R from its arrival (6)", () => {
    const scene = pushed();
    expect(scene.holders("danger")).toEqual([A]);
    scene.settle();
    expect(scene.holders("danger")).toEqual([A, B]);
    scene.does(B, I, SHOWN).settle();
    expect(scene.pair(I)).toEqual(["delivered", "active"]);
    expect(scene.holders("danger")).toEqual([B]);
    expect(scene.holders("ordinary")).toEqual([A]);
  });

  test("a push leaves whatever else is going on, with the registration closed or absent (P3)", () => {
    const scene = new Scene([A, B, C]).does(A, null, offer(I, B)).settle().does(A, I, TAKE_BACK);
    const bare: LinkageFile = fileOf(scene.desks, A);
    for (const registrationGrant of ["live", "closed", "none"] as const) {
      const input = {
        via: "command",
        id: parseId<CommandId>("c"),
        at: scene.desks.at,
        actor: { kind: "user", id: "u", node: A },
        command: push(J, B),
      } as const;
      const context: LinkageContext = { ...QUIET, rejects: () => "OUT_OF_SCOPE" };
      const decided = decideLinkages({ ...bare, registrationGrant }, null, input, context);
      expect(decided.ok && decided.value[0]?.send[0]?.type).toBe("push");
    }
  });

  test("R's scope check is not asked for a push (P3)", () => {
    const scene = pushed();
    scene.context = { ...QUIET, rejects: () => "OUT_OF_SCOPE" };
    expect(scene.settle().pair(I)).toEqual(["pushed", "active"]);
  });

  test("no seat on duty: R says so at once with the number to dial and both sides are alarmed (6)", () => {
    const scene = pushed();
    scene.context = { ...QUIET, seatOnDuty: false, dutyPhone: "110" };
    scene.arrives(I, B);
    expect([scene.sent(), scene.alarms()]).toEqual([["noSeatOnDuty"], ["noSeatOnDuty"]]);
    expect(scene.last[0]?.timers.map((t) => ("set" in t ? t.set : t.cancel))).toEqual(["urgentSign"]);
    scene.context = QUIET;
    scene.arrives(I, A);
    expect(scene.last[0]?.alarms[0]).toMatchObject({ kind: "noSeatOnDuty", dial: "110" });
    scene.does(B, I, SHOWN).settle();
    expect(scene.pair(I)).toEqual(["delivered", "active"]);
  });

  test("a logged-in seat that shows nothing for 4 s counts as none (6, 9 urgentSeat)", () => {
    const scene = pushed().arrives(I, B);
    expect(scene.last[0]?.timers).toContainEqual({ set: "urgentSeat", dueAt: "1970-01-01T00:00:04.000Z" });
    scene.waits(4_000).fires(B, I, "urgentSeat");
    expect(scene.sent()).toEqual(["noSeatOnDuty"]);
    scene.does(B, I, SHOWN);
    expect(scene.sent()).toEqual(["delivered"]);
    scene.does(B, I, SHOWN);
    expect(scene.last).toEqual([]);
  });

  test("without a receipt in 2 s S shows the number to dial; the receipt stops only that (6, 9 urgentLink)", () => {
    const silent = pushed().fires(A, I, "urgentLink");
    expect(silent.last[0]?.alarms[0]).toMatchObject({ kind: "linkSilent", dial: "000" });
    const heard = pushed().receipt(A, I, 1);
    expect(heard.last[0]?.timers).toEqual([{ cancel: "urgentLink" }]);
    expect(heard.fires(A, I, "urgentLink").last).toEqual([]);
    expect(heard.holders("danger")).toEqual([A]);
  });

  test("unsigned for 30 s rings the duty phone, 60 s the next level, then every 60 s; signing stops it and moves nothing (6, 9 urgentSign)", () => {
    const scene = pushed().arrives(I, B).waits(30_000).fires(B, I, "urgentSign");
    expect(scene.last[0]?.alarms[0]).toMatchObject({ kind: "urgentUnsigned", level: 1 });
    expect(scene.last[0]?.timers).toEqual([{ set: "urgentSign", dueAt: "1970-01-01T00:01:00.000Z" }]);
    scene.waits(30_000).fires(B, I, "urgentSign");
    expect(scene.last[0]?.alarms[0]).toMatchObject({ kind: "urgentUnsigned", level: 2 });
    expect(scene.last[0]?.timers).toEqual([{ set: "urgentSign", dueAt: "1970-01-01T00:02:00.000Z" }]);
    scene.does(B, I, SIGN);
    expect(scene.sent()).toEqual(["delivered", "signed"]);
    expect(scene.last[0]?.timers).toContainEqual({ cancel: "urgentSign" });
    expect(scene.refused(B, I, SIGN)).toBe("ALREADY_SIGNED");
    scene.settle();
    expect(scene.at(A, I).signedAt).toBe(scene.at(B, I).signedAt);
  });

  test("on their screen and unsigned for 30 s S too is alarmed, with the number to dial, 60 s after again, until it holds the signature (9 urgentSign, alarm both)", () => {
    const scene = pushed().settle().does(B, I, SHOWN).arrives(I, A);
    expect(scene.last[0]?.timers).toContainEqual({ set: "urgentSign", dueAt: "1970-01-01T00:00:30.000Z" });
    scene.waits(30_000).fires(A, I, "urgentSign");
    expect(scene.last[0]?.alarms[0]).toMatchObject({ kind: "peerUnsigned", level: 1, dial: "000" });
    expect(scene.last[0]?.timers).toEqual([{ set: "urgentSign", dueAt: "1970-01-01T00:01:00.000Z" }]);
    scene.waits(30_000).fires(A, I, "urgentSign");
    expect(scene.last[0]?.alarms[0]).toMatchObject({ kind: "peerUnsigned", level: 1 });
    expect(scene.holders("danger")).toEqual([B]);
    scene.does(B, I, SIGN).arrives(I, A);
    expect(scene.last[0]?.timers).toEqual([{ cancel: "urgentSign" }]);
    expect(scene.fires(A, I, "urgentSign").last).toEqual([]);
  });

  test("more after the end, or said while the end was under way, is unsigned at S too: S is alarmed again (6, 9 urgentSign)", () => {
    const ended = () => pushed().settle().does(B, I, SIGN).settle().does(B, I, END);
    const late = ended().settle().does(A, I, ADD).settle().does(B, I, SHOWN).settle();
    const crossed = ended().does(A, I, ADD).settle().does(B, I, SHOWN).settle();
    for (const scene of [late, crossed]) {
      expect([scene.at(A, I).signedAt, scene.at(B, I).signedAt]).toEqual([null, null]);
      expect(scene.fires(A, I, "urgentSign").alarms()).toEqual(["peerUnsigned"]);
    }
  });

  test("signed before it was on a screen, S is not alarmed when it comes there (9 urgentSign)", () => {
    const scene = pushed().settle().does(B, I, SIGN_UNSEEN).settle().does(B, I, SHOWN).settle();
    expect(scene.pair(I)).toEqual(["delivered", "active"]);
    expect(scene.fires(A, I, "urgentSign").last).toEqual([]);
  });

  test("an off-duty signature stops the ring and does not release the sender (6, P2)", () => {
    const scene = pushed().settle().does(B, I, SIGN_UNSEEN);
    expect(scene.sent()).toEqual(["signed"]);
    expect(scene.last[0]?.timers).toContainEqual({ cancel: "urgentSign" });
    scene.settle();
    expect(scene.pair(I)).toEqual(["pushed", "active"]);
    expect(scene.holders("danger")).toEqual([A, B]);
    expect(scene.refused(B, I, END)).toBe("UNREAD_ADDITION");
    scene.does(B, I, SHOWN).settle();
    expect(scene.holders("danger")).toEqual([B]);
  });

  test("undelivered after 60 s rings at S and repeats (9 urgentReceipt, REQ-26)", () => {
    const scene = pushed().waits(60_000).fires(A, I, "urgentReceipt");
    expect(scene.alarms()).toEqual(["urgentUndelivered"]);
    expect(scene.last[0]?.timers).toEqual([{ set: "urgentReceipt", dueAt: "1970-01-01T00:02:00.000Z" }]);
  });

  test("an amendment is a push of its own number; an older delivery does not count for it (6)", () => {
    const scene = pushed().arrives(I, B).does(B, I, SHOWN).does(A, I, ADD).arrives(I, A);
    expect(scene.last[0]?.noted).toBe("STALE");
    expect(scene.at(A, I)).toMatchObject({ state: "pushed", k: 2 });
    scene.settle().does(B, I, SHOWN).settle();
    expect(scene.pair(I)).toEqual(["delivered", "active"]);
  });

  test("the end report covers every push: void if more was sent, refused before all is on screen (6, P4)", () => {
    const scene = pushed().settle();
    expect(scene.refused(B, I, END)).toBe("UNREAD_ADDITION");
    scene.does(B, I, SHOWN).does(B, I, END).does(A, I, ADD).settle();
    expect(scene.pair(I)).toEqual(["pushed", "active"]);
    expect(scene.holders("danger")).toEqual([A, B]);
    scene.does(B, I, SHOWN).does(B, I, END).settle();
    expect(scene.pair(I)).toEqual(["ended", "ended"]);
    expect(scene.holders("danger")).toEqual([]);
  });

  test("R stays responsible until it holds that its end report is held (6)", () => {
    const scene = pushed().settle().does(B, I, SHOWN).does(B, I, END).arrives(I, A).arrives(I, A);
    expect(scene.pair(I)).toEqual(["ended", "endReported"]);
    expect(scene.holders("danger")).toEqual([B]);
  });

  test("more after the end revives the push and rings again (6)", () => {
    const scene = pushed().settle().does(B, I, SIGN).does(B, I, END).settle().does(A, I, ADD).settle();
    expect(scene.pair(I)).toEqual(["pushed", "active"]);
    expect(scene.at(B, I).signedAt).toBeNull();
    expect(scene.refused(B, I, SIGN)).toBeNull();
  });

  test("nothing returns, withdraws or rejects a push (6)", () => {
    const scene = pushed().settle();
    expect(scene.refused(A, I, TAKE_BACK)).toBe("NOT_IN_STATE");
    expect(scene.refused(B, I, { type: "accept" })).toBe("NOT_IN_STATE");
  });

  test("wrong police region: R stays answerable and pushes on (6)", () => {
    const scene = new Scene([A, B, C]).does(A, null, push(I, B)).settle().does(B, I, SHOWN).settle();
    scene.does(B, null, push(K, C)).settle().does(C, K, SHOWN).settle();
    expect(scene.holders("danger")).toEqual([B, C]);
  });
});
