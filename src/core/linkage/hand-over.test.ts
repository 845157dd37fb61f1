import { describe, expect, test } from "vitest";
import { A, B, C, QUIET } from "./play/desks.ts";
import {
  ADD,
  CONCLUDE,
  ENTRY,
  I,
  J,
  K,
  NEGOTIATE,
  REOPEN,
  RETURN,
  Scene,
  TAKE_BACK,
  offer,
  rule,
} from "./play/scene.ts";

function accepted(policy: "handOff" | "follow" = "handOff"): Scene {
  return new Scene()
    .does(A, null, offer(I, B, { followPolicy: policy }))
    .settle()
    .does(B, I, { type: "accept" })
    .settle();
}

describe("offer (5.1 row 1, nmg:2.2.1)", () => {
  test("S stays responsible until it holds the acceptance, then R is (P2, 3)", () => {
    const scene = new Scene().does(A, null, offer(I, B));
    expect(scene.holders()).toEqual([A]);
    scene.settle().does(B, I, { type: "accept" });
    expect(scene.holders()).toEqual([A, B]);
    scene.arrives(I, A);
    expect(scene.holders()).toEqual([B]);
    scene.settle();
    expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
  });

  test("a desk that does not hold the matter cannot offer it (5.1 NOT_HOLDER)", () => {
    const scene = accepted();
    expect(scene.refused(A, null, offer(J, C))).toBe("NOT_HOLDER");
    expect(scene.refused(B, null, offer(J, C))).toBeNull();
  });

  test("a part has one open offer (5.1 OFFER_OPEN)", () => {
    expect(new Scene().does(A, null, offer(I, B)).refused(A, null, offer(J, C))).toBe("OFFER_OPEN");
  });

  test("nothing is passed on before our acceptance is confirmed (5.1 NOT_CONFIRMED)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).settle().does(B, I, { type: "accept" });
    expect(scene.refused(B, null, offer(J, C))).toBe("NOT_CONFIRMED");
  });

  test("a hand-over after initial response needs its entry, and so does any hand-over after acceptance (nmg:a4, nmg:2.2.2, REQ-28)", () => {
    const bare = { initialResponse: null };
    expect(new Scene().refused(A, null, offer(I, B, { ...bare, kind: "afterInitialResponse" }))).toBe(
      "NO_INITIAL_RESPONSE",
    );
    expect(new Scene().refused(A, null, offer(I, B, bare))).toBeNull();
    expect(accepted().refused(B, null, offer(J, C, bare))).toBe("NO_INITIAL_RESPONSE");
  });

  test("R refuses by code an offer it cannot take and S holds it still (5.2 rejected)", () => {
    const scene = new Scene().does(A, null, offer(I, B));
    scene.context = { ...scene.context, rejects: () => "OUT_OF_SCOPE" };
    scene.settle();
    expect(scene.pair(I)).toEqual(["rejected", "rejected"]);
    expect(scene.at(A, I).rejectCode).toBe("OUT_OF_SCOPE");
    expect(scene.holders()).toEqual([A]);
  });

  test("a desk that held or returned the matter gets the next offer born negotiating, three-way call at once (9 secondDispute, nmg:2.2.4)", () => {
    const scene = new Scene()
      .does(A, null, offer(I, B))
      .settle()
      .does(B, I, RETURN)
      .settle()
      .does(A, I, TAKE_BACK)
      .settle();
    scene.does(A, null, offer(J, B));
    expect(scene.at(A, J).state).toBe("negotiating");
    expect(scene.alarms()).toEqual(["threeWayCall"]);
    scene.settle();
    expect(scene.pair(J)).toEqual(["negotiating", "negotiating"]);
  });
});

describe("answer (5.2, nmg:2.2.1)", () => {
  test("an addition must be read before accepting (5.2 UNREAD_ADDITION, P4)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).does(A, I, ADD).settle();
    expect(scene.refused(B, I, { type: "accept" })).toBe("UNREAD_ADDITION");
    scene.does(B, I, { type: "readAdditions" });
    expect(scene.refused(B, I, { type: "accept" })).toBeNull();
  });

  test("a matter is returned at most once per desk, by that desk's own log (5.2 RETURN_USED)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).settle().does(B, I, RETURN).settle();
    expect(scene.pair(I)).toEqual(["returned", "returned"]);
    scene.does(A, I, NEGOTIATE).settle();
    expect(scene.refused(B, I, RETURN)).toBe("NOT_IN_STATE");
  });

  test("the right to return lapses after 30 minutes by R's clock and is judged once, at R (9 answer)", () => {
    const scene = new Scene()
      .does(A, null, offer(I, B))
      .settle()
      .waits(30 * 60_000);
    expect(scene.refused(B, I, RETURN)).toBe("RETURN_LAPSED");
    scene.fires(B, I, "answer");
    expect(scene.alarms()).toEqual(["returnWindowLapsed"]);
    expect(scene.refused(B, I, { type: "accept" })).toBeNull();
  });

  test("how long it may be returned is fixed when it comes: a catalogue that takes effect later moves no window that is open (9 answer)", () => {
    const minutes = (n: number) => ({ ...QUIET, policy: { ...QUIET.policy, answer: n * 60_000 } });
    const shortened = new Scene().does(A, null, offer(I, B)).settle();
    shortened.context = minutes(10);
    expect(shortened.waits(20 * 60_000).refused(B, I, RETURN)).toBeNull();
    const lengthened = new Scene().does(A, null, offer(I, B)).settle();
    lengthened.context = minutes(60);
    expect(lengthened.waits(40 * 60_000).refused(B, I, RETURN)).toBe("RETURN_LAPSED");
  });

  test("a return names its basis and a proposed owner (5.2)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).settle();
    expect(scene.refused(B, I, { type: "return", reason: "other", basis: null, proposedOwner: null, note: null })).toBe(
      "RETURN_INCOMPLETE",
    );
  });

  test("once accepted is held S can add but not withdraw (5.1 ALREADY_ACCEPTED)", () => {
    const scene = accepted();
    expect(scene.refused(A, I, TAKE_BACK)).toBe("ALREADY_ACCEPTED");
    expect(scene.refused(A, I, ADD)).toBeNull();
  });

  test("a bound linkage cannot be withdrawn, only ruled anew (5.1 BOUND)", () => {
    const scene = new Scene([A, B, C]).does(A, null, offer(I, B)).does(A, I, NEGOTIATE).does(A, I, rule(B));
    expect(scene.refused(A, I, TAKE_BACK)).toBe("BOUND");
    expect(scene.refused(A, I, rule(B))).toBe("NOT_IN_STATE");
    expect(scene.refused(A, I, rule(A))).toBeNull();
  });
});

describe("dispute (5.1, nmg:2.2.4, yn:3.1)", () => {
  test("no agreement: the first receiver keeps it, held, and the arbiter is called (nmg:2.2.1, REQ-16)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).does(A, I, NEGOTIATE).does(A, I, { type: "hold" });
    expect(scene.alarms()).toEqual(["arbiterCalled"]);
    scene.settle();
    expect(scene.pair(I)).toEqual(["held", "held"]);
    expect(scene.holders()).toEqual([A]);
  });

  test("no agreement and R is the first receiver: bound, R's node accepts at delivery (5.1, nmg:2.2.1)", () => {
    const scene = new Scene([A, B], B).does(
      A,
      null,
      offer(I, B, { firstReceiver: { ...offer(I, B).firstReceiver, nodeCode: B } }),
    );
    scene.does(A, I, NEGOTIATE).does(A, I, { type: "hold" }).settle();
    expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
  });

  test("timers alone lead from offered to held, with the link down (10 Decided)", () => {
    const scene = new Scene().does(A, null, offer(I, B));
    scene.fires(A, I, "deliveryReceipt").fires(A, I, "answerAtSender").fires(A, I, "negotiation");
    expect(scene.at(A, I).state).toBe("held");
    scene.fires(A, I, "arbiter");
    expect(scene.alarms()).toEqual(["arbiterOverdue"]);
    scene.settle();
    expect(scene.pair(I)).toEqual(["held", "held"]);
  });

  test("a ruling to a third desk withdraws here and opens a bound linkage there (5.1)", () => {
    const scene = new Scene([A, B, C]).does(A, null, offer(I, B)).settle().does(A, I, NEGOTIATE).does(A, I, rule(C, K));
    expect(scene.last.map((d) => d.linkageId)).toEqual([I, K]);
    expect(scene.holders()).toEqual([A]);
    scene.settle();
    expect(scene.pair(I)).toEqual(["withdrawn", "withdrawn"]);
    expect(scene.pair(K)).toEqual(["accepted", "accepted"]);
    expect(scene.holders()).toEqual([C]);
  });

  test("a holder without an open offer offers under a ruling, bound from birth (5.1 row 2)", () => {
    const scene = new Scene().does(A, null, offer(I, B, { ruling: { basis: "consultation", note: null } }));
    expect(scene.at(A, I).state).toBe("bound");
    scene.settle();
    expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
  });

  test("R's arbiter rules once; to S it ends the linkage, to R it is an acceptance (5.2)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).does(A, I, NEGOTIATE).settle();
    scene.does(B, I, rule(A));
    expect(scene.refused(B, I, rule(A))).toBe("RULING_STALE");
    expect(scene.refused(B, I, rule(B))).toBeNull();
    scene.settle();
    expect(scene.pair(I)).toEqual(["withdrawn", "withdrawn"]);
  });
});

describe("result (5.1, 5.2, nmg:2.2.1)", () => {
  test("under handOff R calls back and closes, S holds the result (4)", () => {
    const scene = accepted().does(B, I, CONCLUDE).settle();
    expect(scene.pair(I)).toEqual(["concluded", "toCallBack"]);
    expect(scene.holders()).toEqual([B]);
    scene.does(B, I, { type: "close", rating: { satisfaction: 5, solved: true, reached: true } }).settle();
    expect(scene.pair(I)).toEqual(["closed", "closed"]);
    expect(scene.at(A, I).rating?.satisfaction).toBe(5);
    expect(scene.holders()).toEqual([]);
  });

  test("who calls back reads first what was said since the conclusion (5.2 close, P4, REQ-14)", () => {
    const scene = accepted().does(B, I, CONCLUDE).settle().does(A, I, ADD).settle();
    expect(scene.refused(B, I, { type: "close", rating: null })).toBe("UNREAD_ADDITION");
    scene.does(B, I, { type: "readAdditions" });
    expect(scene.refused(B, I, { type: "close", rating: null })).toBeNull();
  });

  test("under follow the origin calls back and closes (4)", () => {
    const scene = accepted("follow").does(B, I, CONCLUDE);
    expect(scene.holders()).toEqual([B]);
    scene.settle();
    expect(scene.pair(I)).toEqual(["concluded", "released"]);
    expect(scene.holders()).toEqual([A]);
    scene.does(A, I, { type: "close", rating: null }).settle();
    expect(scene.pair(I)).toEqual(["closed", "closed"]);
  });

  test("S asks a concluded matter back to work and stays responsible until R answers (5.1 reopen)", () => {
    const scene = accepted().does(B, I, CONCLUDE).settle().does(A, I, REOPEN);
    expect(scene.holders()).toEqual([A, B]);
    scene.settle();
    expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
    expect(scene.holders()).toEqual([B]);
  });

  test("a closed matter the caller brings back to R is at work again at R (5.2 reopen)", () => {
    const scene = accepted("follow").does(B, I, CONCLUDE).settle().does(A, I, { type: "close", rating: null }).settle();
    scene.does(B, I, REOPEN).settle();
    expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
    expect(scene.holders()).toEqual([B]);
  });

  test("what is said after the conclusion reaches R too, who knows it when the matter comes back to work; closed means reopening; after the end, the own case (5.1 add, P4)", () => {
    const concluded = accepted().does(B, I, CONCLUDE).settle().does(A, I, ADD).settle();
    expect(concluded.pair(I)).toEqual(["concluded", "toCallBack"]);
    expect(concluded.at(B, I).additionsReceived).toBe(1);
    concluded.does(B, I, REOPEN).settle();
    expect(concluded.refused(B, I, CONCLUDE)).toBe("UNREAD_ADDITION");
    const closed = accepted().does(B, I, CONCLUDE).settle().does(B, I, { type: "close", rating: null }).settle();
    expect(closed.refused(A, I, ADD)).toBe("USE_REOPEN");
    const ended = new Scene().does(A, null, offer(I, B)).does(A, I, TAKE_BACK);
    expect(ended.refused(A, I, ADD)).toBe("LINKAGE_ENDED");
  });
});

describe("absorb (8.2)", () => {
  test("only the earlier case is primary and only its holder absorbs (8.2 NOT_PRIMARY, NOT_HOLDER)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).settle();
    const { requestNo } = scene.at(B, I);
    const earlier = { ...scene.at(B, I).firstReceiver, requestNo: "0" };
    const into = { type: "absorb", into: requestNo } as const;
    const own = (firstReceiver: typeof earlier, holds: boolean): Scene => {
      scene.context = { ...scene.context, primary: { requestNo, firstReceiver, holds, finishedLast: false } };
      return scene;
    };
    expect(scene.refused(B, I, into)).toBe("NOT_PRIMARY");
    expect(own({ ...earlier, requestNo: "9" }, true).refused(B, I, into)).toBe("NOT_PRIMARY");
    expect(own(earlier, false).refused(B, I, into)).toBe("NOT_HOLDER");
    own(earlier, true).does(B, I, into);
    expect(scene.holders()).toEqual([A, B]);
    scene.settle();
    expect(scene.pair(I)).toEqual(["absorbed", "absorbed"]);
    expect(scene.holders()).toEqual([]);
  });
});

test("events hold nothing but codes, numbers, instants and sealed references (P5, design 5)", () => {
  const scene = accepted()
    .does(B, I, { ...CONCLUDE, type: "conclude", resolution: "done", result: ENTRY })
    .settle();
  const text = JSON.stringify(scene.events);
  expect(JSON.parse(text)).toEqual(scene.events);
  expect(scene.events.at(-1)?.facts.result ?? scene.at(A, I).result).toEqual(ENTRY);
});
