import { describe, expect, it } from "vitest";
import { median, percentile, seededRandom } from "./statistics.ts";

describe("what a benchmark reports", () => {
  it("is the middle of its rounds, also of an even number of them", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 100])).toBe(3.5);
    expect(median([])).toBeNaN();
  });

  it("is a percentile by nearest rank: the 99th of a hundred is the second largest, of ten the largest", () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred.slice(0, 10), 0.99)).toBe(100);
    expect(percentile([7], 0.5)).toBe(7);
  });

  it("draws the same mix for the same seed", () => {
    const [a, b] = [seededRandom(7), seededRandom(7)];
    const drawn = Array.from({ length: 1_000 }, a);
    expect(drawn).toEqual(Array.from({ length: 1_000 }, b));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    expect(drawn.reduce((sum, x) => sum + x, 0) / 1_000).toBeCloseTo(0.5, 1);
  });
});
