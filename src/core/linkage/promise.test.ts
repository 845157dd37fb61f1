import { array, assert, boolean, constantFrom, nat, property } from "fast-check";
import { expect, test } from "vitest";
import { A, B, C, desksOf } from "./play/desks.ts";
import { LINKAGE_RULES } from "./index.ts";
import { chain } from "./play/scene.ts";
import type { Bounds } from "./play/move.ts";
import { tell, walk } from "./play/walk.ts";

const BOUNDS: Bounds = {
  offers: 4,
  pushes: 1,
  additions: 2,
  conclusions: 3,
  queue: 5,
  policy: "handOff",
  absorb: false,
  rulings: true,
  progress: true,
  tellings: 1,
};

const CHOICES = array(nat(10_000_000), { minLength: 10, maxLength: 90, size: "max" });
/** More by hand: the runs of the daily test are few enough for one core. */
const RUNS = 800;
const POLICY = constantFrom("handOff", "follow");

test("two desks keep every promise over any interleaving of commands, timers, receipts and doubled messages (10 P1 P2 P3 P4, convergence, decided, return; REQ-16)", () => {
  assert(
    property(CHOICES, POLICY, constantFrom(A, B), boolean(), (choices, policy, first, absorb) => {
      const walked = walk(desksOf([A, B], A, first), choices, { ...BOUNDS, policy, absorb });
      expect(tell(walked)).toBe("");
    }),
    { numRuns: RUNS },
  );
}, 60_000);

test("three desks keep every promise over chains, hand-backs and rulings to a third desk (10, 5.3)", () => {
  assert(
    property(CHOICES, POLICY, constantFrom(A, B, C), (choices, policy, first) => {
      const walked = walk(desksOf([A, B, C], A, first), choices, { ...BOUNDS, offers: 6, policy });
      expect(tell(walked)).toBe("");
    }),
    { numRuns: RUNS },
  );
}, 60_000);

test("a chain that has come back up keeps every promise while it is closed, reopened and handed back (5.3, 10)", () => {
  assert(
    property(CHOICES, POLICY, boolean(), boolean(), (choices, policy, upward, rulings) => {
      const bounds = { ...BOUNDS, offers: 5, conclusions: 5, policy, rulings };
      const walked = walk(desksOf([A, B, C], A), choices, bounds, LINKAGE_RULES, chain(policy, upward).steps);
      expect(tell(walked)).toBe("");
    }),
    { numRuns: RUNS },
  );
}, 60_000);
