import * as fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";

test("an urgent retry waits 50 ms to 2 s and an ordinary one 125 ms to 30 s, whatever the number of failures", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), random, (failures, drawn) => {
      const urgent = backoffMs("urgent", failures, () => drawn);
      const ordinary = backoffMs("ordinary", failures, () => drawn);
      expect(urgent >= 50 && urgent <= 2_000).toBe(true);
      expect(ordinary >= 125 && ordinary <= 30_000).toBe(true);
    }),
  );
});

const waits = (lane: "urgent" | "ordinary", drawn: number): readonly number[] =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((failures) => backoffMs(lane, failures, () => drawn));

test("the wait doubles up to the lane's most, and its upper half is drawn", () => {
  expect(waits("urgent", 0.5)).toEqual([75, 150, 300, 600, 1200, 1500, 1500, 1500, 1500]);
  expect(waits("ordinary", 0)).toEqual([125, 250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
});
