import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWithin } from "../../kernel/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
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

  it("is the beginning of exactly the places that lie in the region, so that a query and a permission never differ", () => {
    const two = fc.constantFrom("00", "01", "10", "11", "15");
    const three = fc.constantFrom("000", "001", "010", "100", "101");
    const county = fc.tuple(fc.constantFrom("15", "53"), two, two).map((parts) => parts.join(""));
    const division = fc
      .oneof(
        county,
        fc.tuple(county, three, three).map((parts) => parts.join("")),
      )
      .map((code) => code as RegionCode);
    fc.assert(
      fc.property(division, division, (area, place) => {
        expect([area, place, place.startsWith(regionPrefix(area))]).toEqual([area, place, isWithin(area, place)]);
      }),
      { numRuns: 5_000 },
    );
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
