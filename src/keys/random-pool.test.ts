import { randomFillSync } from "node:crypto";
import { expect, test } from "vitest";
import { createRandomPool, randomPooled, randomPooledHex } from "./random-pool.ts";

test("what was handed out is wiped from the pool, as bytes and as digits", () => {
  const filled: Buffer[] = [];
  const pool = createRandomPool((bytes) => {
    filled.push(bytes);
    return randomFillSync(bytes);
  });
  const given = [pool.bytes(32), Buffer.from(pool.hex(32), "hex"), pool.bytes(16)];
  const kept = filled[0] ?? Buffer.alloc(0);
  expect(filled).toHaveLength(1);
  expect(kept.length).toBeGreaterThan(80);
  expect(given.map((bytes) => kept.includes(bytes))).toEqual([false, false, false]);
});

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

test("hex digits come from the same pool: none twice, and as many as asked for", () => {
  const given = Array.from({ length: 1_200 }, (_, i) =>
    i % 2 === 0 ? randomPooledHex(8) : randomPooled(8).toString("hex"),
  );
  expect(new Set(given).size).toBe(given.length);
  expect(given.every((hex) => /^[0-9a-f]{16}$/.test(hex) && hex !== "0".repeat(16))).toBe(true);
});

test("more hex digits than the pool holds are given whole", () => {
  expect(randomPooledHex(5_000)).toMatch(/^[0-9a-f]{10000}$/);
});
