import { err, ok } from "../../kernel/index.ts";
import type { RegionCode, Result, UnitCode } from "../../kernel/index.ts";
import type { Catalogue, CatalogueProblem, RowReader, Sheet } from "../catalogue/index.ts";
import { readSheet } from "../catalogue/index.ts";

/** What a unit serves: a matter, in an area, as the one that answers or as one that helps. @source nmg:2.2.2 */
export type Served = {
  /** An item (`A01-05`), a class (`A01`) or a kind of unit the catalogue proposes (`kind:health`). */
  readonly matter: string;
  readonly area: RegionCode;
  readonly role: "lead" | "assisting";
  readonly validFrom: string;
  readonly validTo: string | null;
};

/** Columns of the sheets of what units serve and of police precincts (警务区). */
export const SERVED_COLUMNS = ["unit", "matter", "area", "role", "valid_from", "valid_to"] as const;
export const PRECINCT_COLUMNS = ["unit", "area"] as const;

/** What the rows of a directory must agree with. */
export type KnownCodes = {
  readonly units: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
  /** Whether a town or village (12 digits) exists; absent = nobody knows, then its county is looked at. */
  readonly isTown?: (code: string) => boolean;
  /** The day on which the sheets are looked at, `yyyy-mm-dd`; absent = no day is held against it. */
  readonly today?: string;
  readonly catalogue: Pick<Catalogue, "items" | "classes"> & { readonly lists: Pick<Catalogue["lists"], "unitKinds"> };
};

/** Rows of a sheet by the unit they belong to. */
export type ByUnit<T> = ReadonlyMap<UnitCode, readonly T[]>;

/**
 * Reads what units serve. Errors: those of the sheet; UNIT_UNKNOWN; ITEM_UNKNOWN, CLASS_UNKNOWN or UNIT_KIND_UNKNOWN for the matter;
 * REGION_UNKNOWN; PERIOD_REVERSED.
 */
export function parseServed(sheet: Sheet, known: KnownCodes): Result<ByUnit<Served>, readonly CatalogueProblem[]> {
  const { items, classes, lists } = known.catalogue;
  const matters = {
    ITEM_UNKNOWN: new Set<string>(items.map((item) => item.code)),
    CLASS_UNKNOWN: new Set<string>(classes.map((row) => row.code)),
    UNIT_KIND_UNKNOWN: new Set<string>(lists.unitKinds.map((kind) => `kind:${kind.code}`)),
  };
  return rowsByUnit(sheet, SERVED_COLUMNS, known, (row, area): Served => {
    const matter = row.text("matter");
    const kind = matter.startsWith("kind:")
      ? "UNIT_KIND_UNKNOWN"
      : matter.includes("-")
        ? "ITEM_UNKNOWN"
        : "CLASS_UNKNOWN";
    if (!matters[kind].has(matter)) row.problem(kind, matter);
    const [validFrom, validTo] = [row.day("valid_from"), row.optionalDay("valid_to")];
    if (validTo !== null && validTo < validFrom) row.problem("PERIOD_REVERSED", `${validFrom} ${validTo}`);
    return { matter, area, role: row.oneOf("role", ["lead", "assisting"]), validFrom, validTo };
  });
}

/** Reads the towns and villages that belong to a police station or another unit besides its own region. Errors as `parseServed`. */
export function parsePrecincts(
  sheet: Sheet,
  known: KnownCodes,
): Result<ByUnit<RegionCode>, readonly CatalogueProblem[]> {
  return rowsByUnit(sheet, PRECINCT_COLUMNS, known, (_row, area) => area);
}

/** Whether a place of 6 or 12 digits is one. */
export function isPlace(code: string, { regions, isTown }: Pick<KnownCodes, "regions" | "isTown">): boolean {
  return regions.has(code.slice(0, 6)) && (code.length === 6 || isTown === undefined || isTown(code));
}

function rowsByUnit<T>(
  sheet: Sheet,
  columns: readonly string[],
  known: KnownCodes,
  make: (row: RowReader, area: RegionCode) => T,
): Result<ByUnit<T>, readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  const byUnit = new Map<UnitCode, T[]>();
  readSheet(sheet, columns, problems, (row) => {
    const unit = row.text("unit");
    const area = row.shaped("area", /^(\d{6}|\d{12})$/);
    if (!known.units.has(unit)) row.problem("UNIT_UNKNOWN", unit);
    if (!isPlace(area, known)) row.problem("REGION_UNKNOWN", area);
    byUnit.set(unit as UnitCode, [...(byUnit.get(unit as UnitCode) ?? []), make(row, area as RegionCode)]);
  });
  return problems.length > 0 ? err(problems) : ok(byUnit);
}
