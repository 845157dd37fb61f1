import { expect, test } from "vitest";
import { isUnavailable } from "./unavailable.ts";

const coded = (code: string): Error => Object.assign(new Error("x"), { code });

test("a server that stops, starts, is full or went away is away for the moment; a wrong statement is not", () => {
  for (const code of ["57P01", "57P03", "08006", "53300", "ECONNREFUSED", "ECONNRESET"])
    expect(isUnavailable(coded(code)), code).toBe(true);
  for (const code of ["23505", "42P01", "22P02", "57014"]) expect(isUnavailable(coded(code)), code).toBe(false);
  expect(isUnavailable(new Error("Connection terminated unexpectedly"))).toBe(true);
  expect(isUnavailable(new Error("timeout exceeded when trying to connect"))).toBe(true);
  expect(isUnavailable(new TypeError("undefined is no function"))).toBe(false);
  expect(isUnavailable(null)).toBe(false);
});
