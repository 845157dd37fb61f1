import { err, ok } from "../../kernel/index.ts";
import type { NodeCode, RegionCode, Result } from "../../kernel/index.ts";
import { noteDuplicates, readSheet } from "../catalogue/index.ts";
import type { CatalogueProblem, Sheet } from "../catalogue/index.ts";

/** A 12345 centre or a 110 desk as the routing table names it, whether or not a node of ours runs there. */
export type Desk = {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly side: "hotline" | "police";
  /** Division whose desk it is. */
  readonly region: RegionCode;
  /** Node that runs it; null = it can be reached by voice only. */
  readonly node: NodeCode | null;
  readonly dutyPhone: string;
  /** An example row; a screen must say so. */
  readonly invented: boolean;
};

/** One area a desk serves: `first` = its own, `backup` = when the first cannot be reached. */
export type ServiceArea = {
  readonly desk: string;
  readonly area: RegionCode;
  readonly role: "first" | "backup";
  /** Place in the list when several desks serve the same area, from 1. */
  readonly order: number;
  /** Why this desk, in the words of the agreement; shown where a person must choose. */
  readonly reasonZh: string;
  readonly validFrom: string;
  readonly validTo: string | null;
};

/** Columns of the two sheets. */
export const DESK_COLUMNS = ["code", "name_zh", "name_en", "side", "region", "node", "duty_phone", "invented"] as const;
export const SERVICE_AREA_COLUMNS = ["desk", "area", "role", "order", "reason_zh", "valid_from", "valid_to"] as const;

/** Reads a sheet of desks. Errors: those of the sheet; REGION_UNKNOWN for a division not in `regions`. @source yn:4.1.1 */
export function parseDesks(
  sheet: Sheet,
  regions: ReadonlySet<string>,
): Result<readonly Desk[], readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  noteDuplicates(sheet, "code", problems);
  const desks = readSheet(sheet, DESK_COLUMNS, problems, (row): Desk => {
    const region = row.shaped("region", /^\d{6}$/);
    if (!regions.has(region)) row.problem("REGION_UNKNOWN", region);
    return {
      code: row.shaped("code", /^[A-Za-z0-9][A-Za-z0-9.-]*$/),
      nameZh: row.text("name_zh"),
      nameEn: row.text("name_en"),
      side: row.oneOf("side", ["hotline", "police"]),
      region: region as RegionCode,
      node: row.optional("node") as NodeCode | null,
      dutyPhone: row.shaped("duty_phone", /^[0-9+ -]+$/),
      invented: row.yes("invented"),
    };
  });
  return problems.length > 0 ? err(problems) : ok(desks);
}

/** Reads the areas desks serve. Errors: those of the sheet; DESK_UNKNOWN; REGION_UNKNOWN; PERIOD_REVERSED. @source yn:4.1.1 */
export function parseServiceAreas(
  sheet: Sheet,
  desks: readonly Desk[],
  regions: ReadonlySet<string>,
): Result<readonly ServiceArea[], readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  const known = new Set(desks.map((desk) => desk.code));
  const areas = readSheet(sheet, SERVICE_AREA_COLUMNS, problems, (row): ServiceArea => {
    const desk = row.text("desk");
    const area = row.shaped("area", /^(\d{6}|\d{12})$/);
    const [validFrom, validTo] = [row.day("valid_from"), row.optionalDay("valid_to")];
    if (!known.has(desk)) row.problem("DESK_UNKNOWN", desk);
    if (!regions.has(area.slice(0, 6))) row.problem("REGION_UNKNOWN", area);
    if (validTo !== null && validTo < validFrom) row.problem("PERIOD_REVERSED", `${validFrom} ${validTo}`);
    return {
      desk,
      area: area as RegionCode,
      role: row.oneOf("role", ["first", "backup"]),
      order: Number(row.shaped("order", /^[1-9]\d?$/)),
      reasonZh: row.text("reason_zh"),
      validFrom,
      validTo,
    };
  });
  return problems.length > 0 ? err(problems) : ok(areas);
}
