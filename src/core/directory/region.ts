import { err, ok } from "../../kernel/index.ts";
import type { RegionCode, Result } from "../../kernel/index.ts";
import { noteDuplicates, readSheet } from "../catalogue/index.ts";
import type { CatalogueProblem, Sheet } from "../catalogue/index.ts";

/** A division. `statisticalZone` = in the statistics bureau's list, but no county (development and management zones). */
export type Region = {
  readonly code: RegionCode;
  readonly name: string;
  readonly parent: RegionCode | null;
  readonly level: "province" | "prefecture" | "county";
  readonly statisticalZone: boolean;
};

/** Columns of a sheet of divisions. */
export const REGION_COLUMNS = ["code", "name", "parent", "level", "note"] as const;

/**
 * Reads a sheet of divisions. Errors: those of the sheet, PARENT_UNKNOWN for a parent not in it or of the wrong level.
 * @source nmg:2.3.2 @source yn:4.2.1
 */
export function parseRegions(sheet: Sheet): Result<readonly Region[], readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  noteDuplicates(sheet, "code", problems);
  const levels = new Map(sheet.rows.map(({ cells }) => [cells["code"], cells["level"]]));
  const regions = readSheet(sheet, REGION_COLUMNS, problems, (row): Region => {
    const level = row.oneOf("level", ["county", "prefecture", "province"]);
    const parent = row.optional("parent");
    const above = parent === null ? undefined : levels.get(parent);
    if (above !== LEVEL_ABOVE[level]) row.problem("PARENT_UNKNOWN", parent ?? "none");
    return {
      code: row.shaped("code", /^\d{6}$/) as RegionCode,
      name: row.text("name"),
      parent: parent as RegionCode | null,
      level,
      statisticalZone: row.optional("note") !== null && row.oneOf("note", ["statisticalZone"]) === "statisticalZone",
    };
  });
  return problems.length > 0 ? err(problems) : ok(regions);
}

const LEVEL_ABOVE = { county: "prefecture", prefecture: "province", province: undefined } as const;

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
