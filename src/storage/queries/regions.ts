import { stemOf } from "../../kernel/index.ts";
import type { RegionCode } from "../../kernel/index.ts";

/**
 * The part of a division code that all places inside it begin with (`stemOf`), so that a query finds exactly what `isWithin` says.
 * Anything of another length is taken as a prefix already.
 */
export function regionPrefix(code: RegionCode | string): string {
  return isDivision(code) ? stemOf(code) : code;
}

function isDivision(code: string): code is RegionCode {
  return /^\d{6}(\d{6})?$/.test(code);
}

/** LIKE patterns of a reader's regions; null = the whole node. A code is digits, so nothing has to be escaped. */
export function regionPatterns(regions: readonly (RegionCode | string)[] | null): readonly string[] | null {
  return regions === null ? null : regions.map((code) => `${regionPrefix(code).replaceAll(/[^0-9A-Za-z]/g, "")}%`);
}
