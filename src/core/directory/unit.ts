import { err, ok } from "../../kernel/index.ts";
import type { RegionCode, Result, UnitCode } from "../../kernel/index.ts";
import { noteDuplicates, readSheet } from "../catalogue/index.ts";
import type { CatalogueProblem, CodeEntry, Sheet } from "../catalogue/index.ts";

/** A unit that handles: a function with a duty phone, never a person. @source nmg:2.2.2 @source yn:4.1.2 @req REQ-34 */
export type Unit = {
  readonly code: UnitCode;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly side: "hotline" | "police";
  readonly tier: "province" | "prefecture" | "county" | "town";
  readonly parent: UnitCode | null;
  /** Where it is competent: 6 digits, for a town unit 12. */
  readonly region: RegionCode;
  /** Code of the catalogue's list of unit kinds. */
  readonly unitKind: string;
  readonly dutyPhone: string;
  /** An example row; a screen must say so. */
  readonly invented: boolean;
};

/** Kind of the local government's 24-hour duty desk. @source nmg:a3 @source yn:3.3 */
export const GOVERNMENT_DUTY_DESK = "governmentDutyDesk";

/** Columns of a unit directory. */
export const UNIT_COLUMNS = [
  "code",
  "name_zh",
  "name_en",
  "side",
  "tier",
  "parent",
  "region",
  "unit_kind",
  "duty_phone",
  "invented",
] as const;

/**
 * Reads a unit directory. Errors: those of the sheet; UNIT_KIND_UNKNOWN and UNIT_KIND_WRONG_SIDE against `unitKinds`;
 * PARENT_UNKNOWN for a parent not in the sheet or of the other side; REGION_UNKNOWN when the region does not fit the tier.
 */
export function parseUnits(
  sheet: Sheet,
  unitKinds: readonly CodeEntry[],
): Result<readonly Unit[], readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  noteDuplicates(sheet, "code", problems);
  const kinds = new Map(unitKinds.map((kind) => [kind.code, kind.side]));
  const sides = new Map(sheet.rows.map(({ cells }) => [cells["code"], cells["side"]]));
  const units = readSheet(sheet, UNIT_COLUMNS, problems, (row): Unit => {
    const side = row.oneOf("side", ["hotline", "police"]);
    const tier = row.oneOf("tier", ["province", "prefecture", "county", "town"]);
    const region = row.shaped("region", /^(\d{6}|\d{12})$/);
    const unitKind = row.text("unit_kind");
    const parent = row.optional("parent");
    const kindSide = kinds.get(unitKind);
    if (kindSide === undefined) row.problem("UNIT_KIND_UNKNOWN", unitKind);
    else if (kindSide !== "both" && kindSide !== side) row.problem("UNIT_KIND_WRONG_SIDE", `${unitKind} ${side}`);
    if (parent !== null && sides.get(parent) !== side) row.problem("PARENT_UNKNOWN", parent);
    if (!REGION_OF_TIER[tier].test(region)) row.problem("REGION_UNKNOWN", `${tier} ${region}`);
    return {
      code: row.shaped("code", /^[A-Za-z0-9][A-Za-z0-9.-]*$/) as UnitCode,
      nameZh: row.text("name_zh"),
      nameEn: row.text("name_en"),
      side,
      tier,
      parent: parent as UnitCode | null,
      region: region as RegionCode,
      unitKind,
      dutyPhone: row.text("duty_phone"),
      invented: row.yes("invented"),
    };
  });
  return problems.length > 0 ? err(problems) : ok(units);
}

const REGION_OF_TIER = {
  province: /^\d{2}0000$/,
  prefecture: /^\d{2}(?!00)\d{2}00$/,
  county: /^\d{4}(?!00)\d{2}$/,
  town: /^\d{12}$/,
} as const;
