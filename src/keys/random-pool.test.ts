import { expect, test } from "vitest";
import { randomPooled } from "./random-pool.ts";

test("no bytes are given twice, across the pool's renewals and for any length", () => {
  const lengths = [16, 32, 2, 4_096, 5_000, 1_000, 3_100];
  const given = Array.from({ length: 700 }, (_, i) => randomPooled(lengths[i % lengths.length] ?? 16));
  expect(given.map((bytes) => bytes.length)).toEqual(given.map((_, i) => lengths[i % lengths.length]));
  const long = given.filter((bytes) => bytes.length >= 16);
  expect(new Set(long.map((bytes) => bytes.subarray(0, 16).toString("hex"))).size).toBe(long.length);
  expect(long.some((bytes) => bytes.subarray(0, 16).every((byte) => byte === 0))).toBe(false);
});

test("what was handed out is not changed by what is handed out later", () => {
  const first = randomPooled(32);
  const copy = first.toString("hex");
  for (let i = 0; i < 300; i++) randomPooled(32);
  expect(first.toString("hex")).toBe(copy);
});
