import { expect, test } from "vitest";
import { err, ok } from "../kernel/index.ts";
import { createRecentKeys } from "./recent-keys.ts";

const wrapping = (no: number): Buffer => Buffer.from(`wrapped ${no}`);
const key = (no: number): Buffer => Buffer.alloc(32, no);
const forged = () => err({ code: "BOX_FORGED" });

test("a key is unwrapped once and then found by its wrapping and its request together, never by one of them", () => {
  const recent = createRecentKeys();
  expect(recent.get(wrapping(1), "case-1", () => ok(key(1)))).toEqual(ok(key(1)));
  expect(recent.get(wrapping(1), "case-1", forged)).toEqual(ok(key(1)));
  expect(recent.get(wrapping(1), "case-2", forged)).toEqual(forged());
  expect(recent.get(wrapping(2), "case-1", forged)).toEqual(forged());
});

test("what cannot be unwrapped is asked anew each time", () => {
  const recent = createRecentKeys();
  expect(recent.get(wrapping(1), "case-1", forged)).toEqual(forged());
  expect(recent.get(wrapping(1), "case-1", () => ok(key(1)))).toEqual(ok(key(1)));
});

test("a key just wrapped is known, and the oldest of more than 64 is forgotten", () => {
  const recent = createRecentKeys();
  for (let no = 0; no <= 64; no++) recent.keep(wrapping(no), "case", key(no));
  expect(recent.get(wrapping(64), "case", forged)).toEqual(ok(new Uint8Array(key(64))));
  expect(recent.get(wrapping(1), "case", forged)).toEqual(ok(new Uint8Array(key(1))));
  expect(recent.get(wrapping(0), "case", forged)).toEqual(forged());
});

test("only keys are kept: a wrapped text is unwrapped each time", () => {
  const recent = createRecentKeys();
  const text = Buffer.from("a text that another desk enclosed");
  recent.keep(wrapping(1), "enclosure", text);
  expect(recent.get(wrapping(1), "enclosure", () => ok(text))).toEqual(ok(text));
  expect(recent.get(wrapping(1), "enclosure", forged)).toEqual(forged());
});

test("a key nobody asked for within a minute is forgotten", () => {
  let now = 0;
  const recent = createRecentKeys(() => now);
  recent.keep(wrapping(1), "case", key(1));
  now = 59_999;
  expect(recent.get(wrapping(1), "case", forged)).toEqual(ok(new Uint8Array(key(1))));
  now = 60_000;
  expect(recent.get(wrapping(1), "case", forged)).toEqual(forged());
});

test("what the caller does with its own bytes afterwards changes nothing, and no wrapping reads like another", () => {
  const recent = createRecentKeys();
  const mine = key(7);
  recent.keep(wrapping(1), "0000-case", mine);
  mine.fill(0);
  expect(recent.get(wrapping(1), "0000-case", forged)).toEqual(ok(new Uint8Array(key(7))));
  expect(recent.get(Buffer.from("wrapped 10000"), "-case", forged)).toEqual(forged());
});
