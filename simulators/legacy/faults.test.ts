import { expect, test } from "vitest";
import { Faults } from "./faults.ts";

function strikes(seed: number, chance = 0.5): readonly boolean[] {
  const faults = new Faults(["late", "lost"], ["late"], chance, seed);
  return Array.from({ length: 64 }, () => {
    // What is off draws nothing.
    faults.strikes("lost");
    return faults.strikes("late");
  });
}

test("the same seed strikes the same, another one otherwise", () => {
  expect(strikes(7)).toEqual(strikes(7));
  expect(strikes(7)).not.toEqual(strikes(8));
});

test("a chance of 0 never strikes, 1 always, a half about half of the times", () => {
  expect(strikes(7, 0)).not.toContain(true);
  expect(strikes(7, 1)).not.toContain(false);
  const often = strikes(7).filter(Boolean).length;
  expect(often).toBeGreaterThan(16);
  expect(often).toBeLessThan(48);
});

test("an unknown fault is named, not ignored", () => {
  expect(() => new Faults(["late"], ["lat"], 1, 1)).toThrow("no such fault: lat");
});
