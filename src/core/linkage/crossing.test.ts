import { describe, expect, test } from "vitest";
import { A, B, C } from "./play/desks.ts";
import {
  ADD,
  CONCLUDE,
  I,
  J,
  K,
  NEGOTIATE,
  REOPEN,
  RETURN,
  Scene,
  TAKE_BACK,
  offer,
  push,
  rule,
} from "./play/scene.ts";

const ACCEPT = { type: "accept" } as const;

function offered(codes = [A, B]): Scene {
  return new Scene(codes).does(A, null, offer(I, B)).settle();
}

function negotiating(codes = [A, B]): Scene {
  return offered(codes).does(A, I, NEGOTIATE).settle();
}

function accepted(policy: "handOff" | "follow" = "handOff"): Scene {
  return new Scene()
    .does(A, null, offer(I, B, { followPolicy: policy }))
    .settle()
    .does(B, I, ACCEPT)
    .settle();
}

describe("crossings, S does while R does (5.5)", () => {
  test("withdraw / accept: withdrawn, the late acceptance is attached and R stands down (5.5)", () => {
    const scene = offered().waits(1_000).does(B, I, ACCEPT).waits(1_000).does(A, I, TAKE_BACK);
    scene.arrives(I, A);
    expect(scene.alarms()).toEqual(["lateFact"]);
    expect(scene.last[0]?.noted).toBe("LATE");
    scene.arrives(I, B);
    expect(scene.alarms()).toEqual(["stoodDown"]);
    expect(scene.sent()).toEqual(["progress"]);
    scene.settle();
    expect(scene.pair(I)).toEqual(["withdrawn", "withdrawn"]);
    expect(scene.holders()).toEqual([A]);
    const [s, r] = [scene.at(A, I), scene.at(B, I)];
    expect([s.lateAcceptedAt, s.withdrawnAt]).toEqual([r.acceptedAt, r.withdrawnAt]);
  });

  test("withdraw / accept and conclude: withdrawn, both late (5.5)", () => {
    const scene = offered().does(B, I, ACCEPT).does(B, I, CONCLUDE).does(A, I, TAKE_BACK).settle();
    expect(scene.pair(I)).toEqual(["withdrawn", "withdrawn"]);
    expect(scene.holders()).toEqual([A]);
  });

  test("ruling to S / accept: withdrawn (5.5)", () => {
    const scene = negotiating().does(B, I, ACCEPT).does(A, I, rule(A)).settle();
    expect(scene.pair(I)).toEqual(["withdrawn", "withdrawn"]);
    expect(scene.holders()).toEqual([A]);
  });

  test("ruling to X / accept: withdrawn, X holds it (5.5)", () => {
    const scene = negotiating([A, B, C]).does(B, I, ACCEPT).does(A, I, rule(C, K)).settle();
    expect(scene.pair(I)).toEqual(["withdrawn", "withdrawn"]);
    expect(scene.holders()).toEqual([C]);
  });

  test("withdraw / return, negotiate, refuse by code: withdrawn (5.5)", () => {
    for (const answer of [RETURN, NEGOTIATE]) {
      const scene = offered().does(B, I, answer).does(A, I, TAKE_BACK).settle();
      expect(scene.pair(I)).toEqual(["withdrawn", "withdrawn"]);
      expect(scene.holders()).toEqual([A]);
    }
    const scene = new Scene().does(A, null, offer(I, B)).does(A, I, TAKE_BACK);
    scene.context = { ...scene.context, rejects: () => "VERSION" };
    expect(scene.settle().pair(I)).toEqual(["withdrawn", "withdrawn"]);
  });

  test("negotiate, hold / accept: accepted (5.5)", () => {
    const scene = offered().does(B, I, ACCEPT).does(A, I, NEGOTIATE).does(A, I, { type: "hold" }).settle();
    expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
    expect(scene.holders()).toEqual([B]);
  });

  test("negotiate / return: negotiating, the return is used (5.5)", () => {
    const scene = offered().does(B, I, RETURN).does(A, I, NEGOTIATE).settle();
    expect(scene.pair(I)).toEqual(["negotiating", "negotiating"]);
    expect(scene.at(A, I).returnReason).toBe("outOfScope");
    scene.does(A, I, TAKE_BACK).does(A, null, offer(J, B)).settle();
    expect(scene.refused(B, J, RETURN)).toBe("NOT_IN_STATE");
  });

  test("negotiate / negotiate: negotiating, one record (5.5)", () => {
    const scene = offered().does(B, I, NEGOTIATE).does(A, I, NEGOTIATE).settle();
    expect(scene.pair(I)).toEqual(["negotiating", "negotiating"]);
    expect(scene.holders()).toEqual([A]);
  });

  test("ruling to R / ruling to S at R: what S logged first holds, the other is stale (5.5)", () => {
    const scene = negotiating().does(B, I, rule(A)).does(A, I, rule(B)).arrives(I, A);
    expect(scene.last[0]?.noted).toBe("RULING_STALE");
    expect(scene.alarms()).toEqual(["rulingStale"]);
    expect(scene.settle().pair(I)).toEqual(["accepted", "accepted"]);
  });

  test("ruling to R / accept, return: accepted (5.5)", () => {
    expect(negotiating().does(B, I, ACCEPT).does(A, I, rule(B)).settle().pair(I)).toEqual(["accepted", "accepted"]);
    const returned = offered().does(B, I, RETURN).does(A, I, NEGOTIATE).does(A, I, rule(B)).settle();
    expect(returned.pair(I)).toEqual(["accepted", "accepted"]);
    expect(returned.holders()).toEqual([B]);
  });

  test("add / conclude: accepted, the conclusion is void (5.5)", () => {
    const scene = accepted().does(B, I, CONCLUDE).does(A, I, ADD).arrives(I, A);
    expect(scene.last[0]?.noted).toBe("VOID");
    scene.settle();
    expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
    expect(scene.holders()).toEqual([B]);
    expect(scene.refused(B, I, CONCLUDE)).toBe("UNREAD_ADDITION");
  });

  test("close / reopen(own): accepted (5.5)", () => {
    const scene = accepted("follow").does(B, I, CONCLUDE).settle();
    scene.does(B, I, REOPEN).does(A, I, { type: "close", rating: null }).settle();
    expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
    expect(scene.holders()).toEqual([B]);
  });

  test("reopen / close, reopen(own): accepted, S holds it until answered (5.5)", () => {
    for (const command of [{ type: "close", rating: null } as const, REOPEN]) {
      const scene = accepted().does(B, I, CONCLUDE).settle().does(B, I, command).does(A, I, REOPEN);
      expect(scene.holders()).toContain(A);
      scene.settle();
      expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
      expect(scene.holders()).toEqual([B]);
    }
  });

  test("reopen / hand back: handed back, S holds it (5.5)", () => {
    const scene = accepted("follow").does(B, I, CONCLUDE).settle().does(B, I, REOPEN);
    scene.does(B, null, offer(J, A)).does(A, I, REOPEN).arrives(J, A).does(A, J, ACCEPT).settle();
    expect(scene.pair(I)).toEqual(["handedBack", "handedBack"]);
    expect(scene.pair(J)).toEqual(["handedBack", "handedBack"]);
    expect(scene.holders()).toEqual([A]);
  });

  test("escalate / anything: the linkage as if nothing happened, an urgent one beside it (5.5, P3)", () => {
    const scene = offered().does(B, I, ACCEPT).does(A, null, push(J, B)).does(A, I, TAKE_BACK).settle();
    expect(scene.pair(I)).toEqual(["withdrawn", "withdrawn"]);
    expect(scene.pair(J)).toEqual(["pushed", "active"]);
  });

  test("a withdrawal after confirmed cannot arrive; if it does it changes nothing and raises an integrity alarm (5.2)", () => {
    const scene = accepted();
    const { seqIn } = scene.at(B, I);
    scene.injects(I, A, B, seqIn + 1, { type: "withdrawn", reason: "takeBack", decidedAt: scene.desks.at, note: null });
    expect(scene.alarms()).toEqual(["integrity"]);
    expect(scene.at(B, I).state).toBe("accepted");
    expect(scene.at(B, I).seqIn).toBe(seqIn + 1);
  });
});
