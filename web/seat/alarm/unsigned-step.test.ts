import { expect, test } from "vitest";
import { unsignedStep } from "./unsigned-step.ts";

test("a push that nobody signs is carried up after 30 s at the desk and after 60 s to its supervisor (linkage table 9, urgentSign)", () => {
  expect([0, 29_999, 30_000, 59_999, 60_000, 600_000].map(unsignedStep)).toEqual([0, 0, 1, 1, 2, 2]);
});
