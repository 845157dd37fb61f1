import { describe, expect, test } from "vitest";
import { keyedDial } from "./dial-keys.ts";

const older = { key: "l-1 0471-000-0110", at: "2026-11-22T00:00:00.000Z" };
const newer = { key: "l-2 0471-000-0221", at: "2026-11-22T00:01:00.000Z" };

describe("which number to dial has the keys", () => {
  test("the one that waits longest, whatever the order they are read in; none where there is none (nmg:2.2.1)", () => {
    expect(keyedDial(null, [newer, older])).toBe(older.key);
    expect(keyedDial(null, [])).toBe(null);
  });

  test("an older one that comes back takes no key from the number somebody speaks with", () => {
    expect(keyedDial(newer.key, [older, newer])).toBe(newer.key);
    expect(keyedDial(newer.key, [older])).toBe(older.key);
  });
});
