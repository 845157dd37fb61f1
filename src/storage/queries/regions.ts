import type { RegionCode } from "../../kernel/index.ts";

/**
 * The part of a division code that all places inside it begin with: 150100 → 1501, 150000 → 15, 150102 → 150102,
 * 150102001000 → 150102001, 150102000000 → 150102. Anything of another length is taken as a prefix already.
 */
export function regionPrefix(code: RegionCode | string): string {
  if (!/^\d{6}(\d{6})?$/.test(code)) return code;
  const county = code.slice(0, 6);
  const below = code.slice(6);
  if (below !== "" && below !== "000000") return below.endsWith("000") ? code.slice(0, 9) : code;
  if (county.endsWith("0000")) return county.slice(0, 2);
  return county.endsWith("00") ? county.slice(0, 4) : county;
}

/** LIKE patterns of a reader's regions; null = the whole node. A code is digits, so nothing has to be escaped. */
export function regionPatterns(regions: readonly (RegionCode | string)[] | null): readonly string[] | null {
  return regions === null ? null : regions.map((code) => `${regionPrefix(code).replaceAll(/[^0-9A-Za-z]/g, "")}%`);
}
