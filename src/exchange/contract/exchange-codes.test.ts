import { expect, test } from "vitest";
import { blameOf, EXCHANGE_CODES, knownCode } from "./exchange-codes.ts";

const rows = Object.entries(EXCHANGE_CODES);

test("a code has an HTTP status exactly if it refuses a request", () => {
  const refusing = rows.filter(([, row]) => (row.places as readonly string[]).includes("batch"));
  const answered = rows.filter(([, row]) => row.http !== null);
  expect(refusing.map(([code]) => code)).toEqual(answered.map(([code]) => code));
});

test("every code has its own text in both languages", () => {
  expect(new Set(rows.map(([, row]) => row.zh)).size).toBe(rows.length);
  expect(new Set(rows.map(([, row]) => row.en)).size).toBe(rows.length);
  expect(rows.filter(([, row]) => !/\p{Script=Han}/u.test(row.zh))).toEqual([]);
});

test("a code of tomorrow or of the application blames nobody", () => {
  expect(blameOf("LATE")).toBe("none");
  expect(blameOf(undefined)).toBe("none");
  expect(knownCode("toString")).toBeNull();
  expect(blameOf("EXCHANGE_SCHEMA_INVALID")).toBe("message");
});

test("link trouble is never the message's fault", () => {
  for (const code of ["EXCHANGE_BUSY", "EXCHANGE_LINK_DOWN", "EXCHANGE_LINK_TIMEOUT", "EXCHANGE_RECEIVER_FAULT"]) {
    expect(blameOf(code)).toBe("link");
  }
});
