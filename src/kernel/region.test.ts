import { describe, expect, it } from "vitest";
import type { RegionCode } from "./brand.ts";
import { isWithin, stemOf } from "./region.ts";

const at = (code: string): RegionCode => code as RegionCode;

describe("a division", () => {
  it("is written with 6 or 12 digits and means the same", () => {
    expect(stemOf(at("150100000000"))).toBe(stemOf(at("150100")));
    expect(isWithin(at("150102000000"), at("150102"))).toBe(true);
    expect(isWithin(at("150102"), at("150102000000"))).toBe(true);
  });

  it("holds what lies below it and nothing beside it, down to the villages of a town whose number ends in zeros", () => {
    expect(isWithin(at("150102010000"), at("150102010003"))).toBe(true);
    expect(isWithin(at("150102010000"), at("150102011001"))).toBe(false);
    expect(isWithin(at("150102100000"), at("150102101000"))).toBe(false);
    expect(isWithin(at("150102010100"), at("150102010101"))).toBe(false);
    expect(isWithin(at("150102"), at("150100"))).toBe(false);
  });
});
