import { err, ok } from "../../kernel/index.ts";
import type { RegionCode, Result, UnitCode } from "../../kernel/index.ts";
import { noteDuplicates, readSheet } from "../catalogue/index.ts";
import type { CatalogueProblem, CodeEntry, RowReader, Sheet } from "../catalogue/index.ts";
import { PHONE } from "../duty/index.ts";
import { isPlace } from "./served.ts";
import type { KnownCodes } from "./served.ts";

/** A unit that handles: a function with a duty phone, never a person. @source nmg:2.2.2 @source yn:4.1.2 @req REQ-34 */
export type Unit = {
  readonly code: UnitCode;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly side: "hotline" | "police";
  /** `section` = part of another unit (科室、中队), wherever that stands; it always has a parent. */
  readonly tier: (typeof TIERS)[number];
  readonly parent: UnitCode | null;
  /** Where it is competent: 6 digits, for a town unit 12, for a section either. */
  readonly region: RegionCode;
  /** Code of the catalogue's list of unit kinds. */
  readonly unitKind: string;
  readonly dutyPhone: string;
  /** An example row; a screen must say so. */
  readonly invented: boolean;
};

/** Tiers of units, the highest first: 110 → 分局 → 派出所 are prefecture, county and town. */
export const TIERS = ["province", "prefecture", "county", "town", "section"] as const;

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
 * Reads a unit directory; `more` are further sheets of the same columns, whose parents may stand in another. Errors: those of the sheet; UNIT_KIND_UNKNOWN and UNIT_KIND_WRONG_SIDE against `unitKinds`;
 * PARENT_UNKNOWN for a parent not in the sheet, of the other side or of a lower tier; PARENT_CYCLE for a unit above itself;
 * REGION_UNKNOWN when the region does not fit the tier, or is none of `places` (null = nobody knows them here); CODE_SHAPE for a duty phone that is no number.
 */
export function parseUnits(
  sheet: Sheet,
  unitKinds: readonly CodeEntry[],
  more: readonly Sheet[] = [],
  places: Pick<KnownCodes, "regions" | "isTown"> | null = null,
): Result<readonly Unit[], readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  const sheets = [sheet, ...more];
  for (const [i, one] of sheets.entries()) {
    noteDuplicates(one, "code", problems);
    const before = new Set(sheets.slice(0, i).flatMap((other) => other.rows.map(({ cells }) => cells["code"])));
    for (const { line, cells } of one.rows) {
      const code = cells["code"];
      if (before.has(code)) problems.push({ file: one.file, row: line, code: "CODE_DUPLICATE", detail: code ?? "" });
    }
  }
  const kinds = new Map(unitKinds.map((kind) => [kind.code, kind.side]));
  const above = new Map(sheets.flatMap((one) => one.rows).map(({ cells }) => [cells["code"] ?? "", cells]));
  const unitOf = (row: RowReader): Unit => {
    const side = row.oneOf("side", ["hotline", "police"]);
    const tier = row.oneOf("tier", TIERS);
    const region = row.shaped("region", /^(\d{6}|\d{12})$/);
    const unitKind = row.text("unit_kind");
    const parent = row.optional("parent");
    const kindSide = kinds.get(unitKind);
    if (kindSide === undefined) row.problem("UNIT_KIND_UNKNOWN", unitKind);
    else if (kindSide !== "both" && kindSide !== side) row.problem("UNIT_KIND_WRONG_SIDE", `${unitKind} ${side}`);
    if (!mayBeAbove(parent === null ? null : above.get(parent), side, tier))
      row.problem("PARENT_UNKNOWN", parent ?? tier);
    else if (parent !== null && isAboveItself(row.text("code"), above)) row.problem("PARENT_CYCLE", parent);
    const isKnown =
      places === null || (region.length > 6 ? isPlace(region, places) : isDivision(region, places.regions));
    if (!REGION_OF_TIER[tier].test(region) || !isKnown) row.problem("REGION_UNKNOWN", `${tier} ${region}`);
    return {
      code: row.shaped("code", /^[A-Za-z0-9][A-Za-z0-9.-]*$/) as UnitCode,
      nameZh: row.text("name_zh"),
      nameEn: row.text("name_en"),
      side,
      tier,
      parent: parent as UnitCode | null,
      region: region as RegionCode,
      unitKind,
      dutyPhone: row.shaped("duty_phone", PHONE),
      invented: row.yes("invented"),
    };
  };
  const units = sheets.flatMap((one) => readSheet(one, UNIT_COLUMNS, problems, unitOf));
  return problems.length > 0 ? err(problems) : ok(units);
}

/** A division that is known, or holds one that is: sheets of counties name no province. */
function isDivision(region: string, regions: ReadonlySet<string>): boolean {
  if (regions.has(region)) return true;
  const stem = region.replace(/(00)+$/, "");
  return region.endsWith("00") && [...regions].some((known) => known.startsWith(stem));
}

type Cells = Readonly<Record<string, string>>;

function mayBeAbove(parent: Cells | null | undefined, side: Unit["side"], tier: Unit["tier"]): boolean {
  if (parent === null) return tier !== "section";
  const parentTier = TIERS.findIndex((known) => known === parent?.["tier"]);
  return parent?.["side"] === side && parentTier >= 0 && parentTier <= TIERS.indexOf(tier);
}

function isAboveItself(code: string, above: ReadonlyMap<string, Cells>): boolean {
  let at = above.get(code)?.["parent"] ?? "";
  for (let steps = 0; at !== "" && steps <= above.size; steps++) {
    if (at === code) return true;
    at = above.get(at)?.["parent"] ?? "";
  }
  return false;
}

const REGION_OF_TIER = {
  province: /^\d{2}0000$/,
  prefecture: /^\d{2}(?!00)\d{2}00$/,
  county: /^\d{4}(?!00)\d{2}$/,
  town: /^\d{12}$/,
  section: /^(\d{6}|\d{12})$/,
} as const;
