import { describe, expect, test } from "vitest";
import { mostlySeen } from "./on-screen.ts";

describe("what counts as seen", () => {
  test("most of it, or half a screen of what is larger than the screen; not a rim, and nothing at all is nothing", () => {
    expect([mostlySeen(1, 60, 768), mostlySeen(0.6, 36, 768), mostlySeen(0.2, 400, 768)]).toEqual([true, true, true]);
    expect([mostlySeen(0.5, 30, 768), mostlySeen(0, 0, 768), mostlySeen(0, 0, 0)]).toEqual([false, false, false]);
  });
});
