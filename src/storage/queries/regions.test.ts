import { describe, expect, it } from "vitest";
import { decodeCursor, decodePageCursor, encodeCursor } from "../cursor.ts";
import { regionPatterns, regionPrefix } from "./regions.ts";

describe("the part a region's places begin with", () => {
  it.each([
    ["150000", "15"],
    ["150100", "1501"],
    ["150102", "150102"],
    ["150102000000", "150102"],
    ["150102001000", "150102001"],
    ["150102001005", "150102001005"],
    ["150100000000", "1501"],
    ["1501", "1501"],
  ])("%s is %s", (code, prefix) => {
    expect(regionPrefix(code)).toBe(prefix);
  });

  it("lets no wildcard of a pattern through", () => {
    expect(regionPatterns(["15%_", "150100"])).toEqual(["15%", "1501%"]);
    expect(regionPatterns(null)).toBeNull();
  });
});

describe("a cursor", () => {
  it("comes back as given, and is nothing when it was not given out by us", () => {
    expect(decodeCursor(encodeCursor(["a", "乙"]), 2)).toEqual(["a", "乙"]);
    expect(decodeCursor(encodeCursor(["a"]), 2)).toBeNull();
    expect(decodeCursor("%%%", 1)).toBeNull();
    expect(decodeCursor(Buffer.from("[1]").toString("base64url"), 1)).toBeNull();
    expect(decodePageCursor(encodeCursor(["2026-11-22T00:00:00.000Z", "x"]))).toBeNull();
    expect(decodePageCursor(encodeCursor(["yesterday", "01900000-0000-7000-8000-000000000001"]))).toBeNull();
  });
});
