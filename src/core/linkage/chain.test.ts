import { describe, expect, test } from "vitest";
import { A, B, C, parseId } from "./play/desks.ts";
import { ADD, CONCLUDE, I, J, K, REOPEN, Scene, offer } from "./play/scene.ts";
import type { LinkageId } from "../../kernel/index.ts";

const ACCEPT = { type: "accept" } as const;
const CLOSE = { type: "close", rating: null } as const;
const L: LinkageId = parseId("l");

/** A has handed it to B. */
function one(policy: "handOff" | "follow" = "follow"): Scene {
  return new Scene([A, B, C])
    .does(A, null, offer(I, B, { followPolicy: policy }))
    .settle()
    .does(B, I, ACCEPT)
    .settle();
}

/** A has handed it to B and B to C. */
function two(policy: "handOff" | "follow" = "follow"): Scene {
  return one(policy).does(B, null, offer(J, C)).settle().does(C, J, ACCEPT).settle();
}

/** C has concluded to B and B to A. */
function concluded(policy: "handOff" | "follow" = "follow"): Scene {
  return two(policy).does(C, J, CONCLUDE).settle().does(B, I, CONCLUDE).settle();
}

describe("chains A -> B -> C (5.3)", () => {
  test("the last receiver holds it and the chain names every earlier desk (3, 5.3)", () => {
    const scene = two();
    expect(scene.holders()).toEqual([C]);
    expect(scene.at(C, J).chain).toEqual([A, B]);
    expect(scene.at(C, J).source).toBe(I);
  });

  test("a middle desk always takes the conclusion back itself, whatever the policy (5.3)", () => {
    const scene = two("handOff").does(C, J, CONCLUDE).settle();
    expect(scene.at(B, J).followPolicy).toBe("follow");
    expect(scene.pair(J)).toEqual(["concluded", "released"]);
    expect(scene.holders()).toEqual([B]);
  });

  test("a middle desk cannot conclude what it has passed on (5.2 NOT_HOLDER, OFFER_OPEN)", () => {
    expect(two().refused(B, I, CONCLUDE)).toBe("NOT_HOLDER");
    expect(one().does(B, null, offer(J, C)).refused(B, I, CONCLUDE)).toBe("OFFER_OPEN");
  });

  test("closing runs down the chain under both policies (5.3)", () => {
    const follow = concluded("follow");
    expect(follow.pair(I)).toEqual(["concluded", "released"]);
    follow.does(A, I, CLOSE).settle();
    expect([follow.pair(I), follow.pair(J)]).toEqual([
      ["closed", "closed"],
      ["closed", "closed"],
    ]);
    const handOff = concluded("handOff");
    expect(handOff.pair(I)).toEqual(["concluded", "toCallBack"]);
    expect(handOff.holders()).toEqual([B]);
    handOff.does(B, I, CLOSE).settle();
    expect([handOff.pair(I), handOff.pair(J)]).toEqual([
      ["closed", "closed"],
      ["closed", "closed"],
    ]);
    expect([follow.holders(), handOff.holders()]).toEqual([[], []]);
  });

  test("a matter that comes back to work below comes back to work above in the same decision (5.3)", () => {
    for (const scene of [concluded("follow"), concluded("handOff"), concluded("follow").does(A, I, CLOSE).settle()]) {
      scene.does(C, J, REOPEN).arrives(J, B);
      expect(scene.last.map((d) => [d.linkageId, d.event.rule])).toEqual([
        [J, "5.1-reopened-own"],
        [I, "5.3-reopened-below"],
      ]);
      expect(scene.last[1]?.event.cause.because).toBe(J);
      scene.settle();
      expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
      expect(scene.holders()).toEqual([C]);
    }
  });

  test("a middle desk asks back only while it holds the matter from above (5.1 NOT_HOLDER)", () => {
    const scene = concluded("follow");
    expect(scene.refused(B, J, REOPEN)).toBe("NOT_HOLDER");
    scene.does(A, I, REOPEN).settle();
    scene.does(B, J, REOPEN).settle();
    expect(scene.holders()).toEqual([C]);
  });

  test("a concluded linkage below blocks another offer: the desk below could put itself back to work (5.1 OFFER_OPEN)", () => {
    expect(two().does(C, J, CONCLUDE).settle().refused(B, null, offer(K, A))).toBe("OFFER_OPEN");
  });

  test("passing back goes step by step (5.1 PASS_BACK_STEPWISE)", () => {
    const scene = two();
    expect(scene.refused(C, null, offer(K, A))).toBe("PASS_BACK_STEPWISE");
    expect(scene.refused(C, null, offer(K, B))).toBeNull();
  });

  test("a hand-back is born negotiating and ends both linkages; S holds the older grant again (5.3)", () => {
    const scene = one().does(B, null, offer(J, A));
    expect(scene.at(B, J).state).toBe("negotiating");
    scene.settle().does(A, J, ACCEPT);
    expect(scene.holders()).toEqual([A, B]);
    scene.arrives(J, B);
    expect(scene.last.map((d) => [d.linkageId, d.event.to])).toEqual([
      [J, "handedBack"],
      [I, "handedBack"],
    ]);
    scene.arrives(J, A);
    expect(scene.last.map((d) => [d.linkageId, d.event.to])).toEqual([
      [J, "handedBack"],
      [I, "handedBack"],
    ]);
    expect(scene.holders()).toEqual([A]);
    expect(scene.refused(A, null, offer(K, C))).toBeNull();
  });

  test("nobody concludes on a hand-back; it only ends (5.2)", () => {
    const scene = one().does(B, null, offer(J, A)).settle().does(A, J, ACCEPT);
    expect(scene.refused(A, J, CONCLUDE)).toBe("NOT_CONFIRMED");
  });

  test("what arrives after a hand-back is attached (5.1, 5.2)", () => {
    const scene = one().does(B, null, offer(J, A)).settle().does(A, J, ACCEPT).does(A, I, ADD).arrives(J, B);
    scene.arrives(I, B);
    expect(scene.last[0]?.noted).toBe("ATTACHED");
  });

  test("a hand-back that overtakes the reopening puts the chain above back to work (5.3, P2)", () => {
    for (const policy of ["follow", "handOff"] as const) {
      const scene = concluded(policy)
        .does(policy === "follow" ? A : B, I, CLOSE)
        .settle();
      scene.does(C, J, REOPEN).does(C, null, offer(L, B)).arrives(L, B).does(B, L, ACCEPT).arrives(L, C).arrives(L, B);
      expect(scene.at(B, J).state).toBe("handedBack");
      expect(scene.at(B, I).state).toBe("accepted");
      scene.settle();
      expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
      expect(scene.holders()).toEqual([B]);
    }
  });
});

test("a desk may take its own conclusion back before it is held, as when another case is absorbed into it (8.2)", () => {
  const scene = one().does(B, I, CONCLUDE).does(B, I, REOPEN).settle();
  expect(scene.pair(I)).toEqual(["accepted", "accepted"]);
  expect(scene.holders()).toEqual([B]);
});
