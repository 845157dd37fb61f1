import { stemOf } from "../../kernel/index.ts";
import type { RegionCode } from "../../kernel/index.ts";

/** Stems of a place and of all that it lies in, the smallest first: village, town, county, prefecture, province. */
export function stemsAround(place: RegionCode): readonly string[] {
  const stem = stemOf(place);
  return STEM_LENGTHS.filter((length) => length <= stem.length).map((length) => stem.slice(0, length));
}

const STEM_LENGTHS = [12, 9, 6, 4, 2] as const;

/** The county (6 digits) a division lies in; a prefecture or province is returned as it is. */
export function countyOf(region: RegionCode): RegionCode {
  return region.slice(0, 6) as RegionCode;
}

/** The prefecture (6 digits, ending in 00) a division lies in. */
export function prefectureOf(region: RegionCode): RegionCode {
  return `${region.slice(0, 4)}00` as RegionCode;
}

/** The town (12 digits, ending in 000) a village lies in; null for a county or above. */
export function townOf(region: RegionCode): RegionCode | null {
  return region.length === 12 ? (`${region.slice(0, 9)}000` as RegionCode) : null;
}
