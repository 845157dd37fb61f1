import { err, ok } from "../../kernel/index.ts";
import type { RegionCode, Result } from "../../kernel/index.ts";
import { noteDuplicates, readSheet } from "../catalogue/index.ts";
import type { CatalogueProblem, Sheet } from "../catalogue/index.ts";

/**
 * A division down to the county. `statisticalZone` = in the statistics bureau's list, but no county (development and management
 * zones); `grouping` = a heading of that list without a government of its own (省直辖县级行政区划).
 */
export type Region = {
  readonly code: RegionCode;
  readonly name: string;
  readonly parent: RegionCode | null;
  readonly level: "province" | "prefecture" | "county";
  readonly statisticalZone: boolean;
  readonly grouping: boolean;
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
    const note = row.optional("note") === null ? null : row.oneOf("note", ["statisticalZone", "grouping"]);
    return {
      code: row.shaped("code", /^\d{6}$/) as RegionCode,
      name: row.text("name"),
      parent: parent as RegionCode | null,
      level,
      statisticalZone: note === "statisticalZone",
      grouping: note === "grouping",
    };
  });
  return problems.length > 0 ? err(problems) : ok(regions);
}

const LEVEL_ABOVE = { county: "prefecture", prefecture: "province", province: undefined } as const;
