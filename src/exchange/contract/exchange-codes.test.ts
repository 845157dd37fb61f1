import { readFileSync } from "node:fs";
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

const page = readFileSync(new URL("../../../docs/protocol/errors.md", import.meta.url), "utf8");

test("the page of codes lists every code with its places, blame and status, and no other", () => {
  const listed = page.split("\n").filter((line) => /^\| (EXCHANGE_|UNKNOWN_)/.test(line));
  expect(listed).toEqual(
    rows.map(([code, row]) => `| ${code} | ${row.places.join(", ")} | ${row.blame} | ${row.http ?? "-"} |`),
  );
});

test("the page of codes explains every code in both languages with an example", () => {
  const sections = page.split("\n### ").slice(1);
  expect(sections.map((section) => section.split("\n")[0])).toEqual(rows.map(([code]) => code));
  const incomplete = rows.filter(([, row], i) => {
    const section = sections[i] ?? "";
    const english = row.en.slice(1);
    return !(section.includes(row.zh) && section.includes(english) && /\n {4}\{ .* \}\n/.test(section));
  });
  expect(incomplete.map(([code]) => code)).toEqual([]);
});
