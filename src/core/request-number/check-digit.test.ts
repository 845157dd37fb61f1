import { expect, test } from "vitest";
import { checkDigitOf } from "./check-digit.ts";

const DIGITS = [..."0123456789"];

test("no wrong digit and no swap of neighbours ends in the same state, whatever stood before", () => {
  // A prefix that reaches each state: a single digit already does, as the first row holds every digit once.
  const prefixOf = new Map(DIGITS.map((digit) => [checkDigitOf(digit), digit]));
  expect(prefixOf.size).toBe(10);
  for (const prefix of prefixOf.values()) {
    for (const a of DIGITS) {
      for (const b of DIGITS) {
        if (a === b) continue;
        expect(checkDigitOf(prefix + a)).not.toBe(checkDigitOf(prefix + b));
        expect(checkDigitOf(prefix + a + b)).not.toBe(checkDigitOf(prefix + b + a));
      }
    }
  }
});

test("a number followed by its check digit has the check digit 0", () => {
  for (const digits of ["1", "572", "150100126112200001"]) {
    expect(checkDigitOf(digits + checkDigitOf(digits))).toBe("0");
  }
  expect(checkDigitOf("572")).toBe("4");
});

test("anything but digits is a programmer's mistake", () => {
  expect(() => checkDigitOf("12a")).toThrow("not a digit");
  expect(() => checkDigitOf("1 2")).toThrow("not a digit");
});
