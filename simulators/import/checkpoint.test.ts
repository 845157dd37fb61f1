import { expect, test } from "vitest";
import { NO_TOTALS, nothingTaken } from "./checkpoint.ts";

test("a file of which every line is rejected has failed; one that held nothing, or something known, has not", () => {
  expect(nothingTaken({ registered: 0, known: 0, rejected: 3 })).toBe(true);
  expect(nothingTaken({ registered: 1, known: 0, rejected: 3 })).toBe(false);
  expect(nothingTaken({ registered: 0, known: 1, rejected: 3 })).toBe(false);
  expect(nothingTaken(NO_TOTALS)).toBe(false);
});
