import { expect, test } from "vitest";
import { Clock, localTime, readLocalTime, timeDigits } from "./local-time.ts";

test("times are of Shanghai and say no zone: 16:30 UTC is half past midnight of the next day", () => {
  const at = Date.UTC(2026, 10, 23, 16, 30, 5);
  expect(localTime(at)).toBe("2026-11-24 00:30:05");
  expect(readLocalTime("2026-11-24 00:30:05")).toBe(at);
  expect(timeDigits(at)).toBe("261124003005");
});

test("what is no local time is not guessed at", () => {
  for (const text of ["2026-11-24T00:30:05Z", "2026-11-24", "2026-13-24 00:30:05"]) {
    expect(() => readLocalTime(text)).toThrow(RangeError);
  }
});

test("a clock runs with the machine's from where it was set, and can be put forward", () => {
  const machine = { at: 1_000 };
  const clock = new Clock(() => machine.at, 50_000);
  machine.at += 7;
  clock.advance(300_000);
  expect(clock.now()).toBe(350_007);
});
