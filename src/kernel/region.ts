import type { RegionCode } from "./brand.ts";

/**
 * The digits of a division that everything in it begins with: 2 for a province, 4 for a prefecture, 6 for a county, 9 for a town,
 * 12 for a village. `150100` and `150100000000` are the same prefecture.
 */
export function stemOf(place: RegionCode): string {
  const county = place.slice(0, 6);
  if (place.length === 12 && !place.endsWith("000000")) return place.endsWith("000") ? place.slice(0, 9) : place;
  if (county.endsWith("0000")) return county.slice(0, 2);
  return county.endsWith("00") ? county.slice(0, 4) : county;
}

/** Whether `place` is `area` or lies in it: the one meaning of "lies in", for permissions, routes and queries alike. */
export function isWithin(area: RegionCode, place: RegionCode): boolean {
  return stemOf(place).startsWith(stemOf(area));
}
