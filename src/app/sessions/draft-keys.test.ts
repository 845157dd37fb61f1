import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { instantOf } from "../../kernel/index.ts";
import type { UserId } from "../../kernel/index.ts";
import { draftKeys } from "./draft-keys.ts";

const HOUR = 3_600_000;
const AT = 1_795_324_697_123;
const hash = (secret: string) => (text: string) => createHmac("sha256", secret).update(text).digest("hex");
const keysAt = (ms: number, user = "user-1", secret = "a") => draftKeys(hash(secret), user as UserId, instantOf(ms));

test("an account gets the same draft key again for twelve hours, whoever logs in how often, and no longer than eighteen", () => {
  for (let minute = 0; minute < 180; minute += 7) {
    const written = AT + minute * 60_000;
    const [first] = keysAt(written);
    expect(keysAt(written + 12 * HOUR)).toContainEqual(first);
    expect(keysAt(written + 18 * HOUR)).not.toContainEqual(first);
  }
});

test("draft keys of two accounts, of two windows and of two nodes have nothing in common", () => {
  const all = [keysAt(AT), keysAt(AT, "user-2"), keysAt(AT, "user-1", "b")].flat().map((one) => one.key);
  expect(new Set(all).size).toBe(18);
  expect(all.every((key) => /^[0-9a-f]{64}$/.test(key))).toBe(true);
});
