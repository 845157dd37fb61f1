import { expect, test } from "vitest";
import { LETTERS } from "./specs.ts";

/** Single keys that act on every screen of the desk, or on the queue beside the open request. */
const ELSEWHERE = ["q", "?", ..."12345"];
/** Begins and ends the same; never open together. */
const PAIRS: readonly string[] = ["askJoint", "endJoint"];

test("every single key of an action is its own, and none of the queue's", () => {
  const keys = Object.entries(LETTERS).flatMap(([name, key]) => (name === PAIRS[1] ? [] : [key]));
  expect(new Set([...keys, ...ELSEWHERE]).size).toBe(keys.length + ELSEWHERE.length);
});
