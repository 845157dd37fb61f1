import { describe, expect, test } from "vitest";
import { A, B, C, desksOf } from "./play/desks.ts";
import type { Desks } from "./play/desks.ts";
import { chain } from "./play/scene.ts";
import type { Bounds } from "./play/move.ts";
import { search } from "./play/search.ts";
import { tell } from "./play/walk.ts";

const ONE: Bounds = {
  offers: 1,
  pushes: 0,
  additions: 1,
  conclusions: 2,
  queue: 3,
  policy: "handOff",
  absorb: true,
  rulings: true,
  progress: false,
};
const TWO: Bounds = { ...ONE, offers: 2, additions: 0, conclusions: 1, absorb: false, rulings: false };

/** A search that needs more is given up as incomplete; one that finds fewer was bounded to nothing. */
const MOST_STATES = 400_000;
const FEWEST_STATES = 1_000;

const CHAIN: Bounds = { ...TWO, offers: 3, queue: 2 };

const CASES: readonly (readonly [string, Desks, Bounds])[] = [
  ["one offer with every crossing, an addition and rulings, handOff", desksOf([A, B], A), ONE],
  ["one offer with every crossing, an addition and rulings, follow", desksOf([A, B], A), { ...ONE, policy: "follow" }],
  ["two offers, also as hand-back, handOff", desksOf([A, B], A), TWO],
  ["two offers, also as hand-back, follow", desksOf([A, B], A), { ...TWO, policy: "follow" }],
  ["two offers with an addition", desksOf([A, B], A), { ...TWO, additions: 1, queue: 1 }],
  ["two offers among three desks", desksOf([A, B, C], A), { ...TWO, queue: 1 }],
  [
    "notices and support from both desks beside an offer",
    desksOf([A, B], A),
    { ...ONE, additions: 0, conclusions: 1, absorb: false, rulings: false, tellings: 1, queue: 2 },
  ],
  ["two notices and two pleas for support", desksOf([A, B], A), { ...ONE, offers: 0, tellings: 2 }],
  ["an urgent push amended twice", desksOf([A, B], A), { ...ONE, offers: 0, pushes: 1, additions: 2 }],
  [
    "a part for the other desk, added to and asked for again",
    desksOf([A, B], A),
    { ...ONE, offers: 0, joints: 1, additions: 2 },
  ],
  [
    "a part for the other desk beside an offer of the matter itself",
    desksOf([A, B], A),
    { ...ONE, additions: 1, conclusions: 1, absorb: false, rulings: false, joints: 1, queue: 2 },
  ],
  [
    "a chain concluded upward, closed, reopened, handed back, follow",
    chain("follow", true).desks,
    { ...CHAIN, policy: "follow" },
  ],
  ["a chain concluded upward, closed, reopened, handed back, handOff", chain("handOff", true).desks, CHAIN],
];

describe("every state within the bounds, breadth first (11)", () => {
  test.each(CASES)(
    "%s: no promise is broken (10, 11)",
    (_, start, bounds) => {
      const found = search(start, bounds, MOST_STATES);
      expect(tell({ ...found, desks: start })).toBe("");
      expect(found.complete).toBe(true);
      expect(found.states).toBeGreaterThan(FEWEST_STATES);
    },
    60_000,
  );
});
