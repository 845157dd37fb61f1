import type { CatalogueItem, CatalogueProblem, Sheet, SheetRow } from "../catalogue/index.ts";

type Cells = Readonly<Record<string, string>>;
type Found = readonly CatalogueProblem[];

function problem(sheet: Sheet, row: SheetRow, code: CatalogueProblem["code"], detail: string): CatalogueProblem {
  return { file: sheet.file, row: row.line, code, detail };
}

/** Every row with the earlier ones of the same key; an empty key belongs to nobody. */
function rowsAgain(
  sheet: Sheet,
  keyOf: (cells: Cells) => string,
): readonly (readonly [SheetRow, readonly SheetRow[]])[] {
  const before = new Map<string, SheetRow[]>();
  return sheet.rows.map((row) => {
    const key = keyOf(row.cells);
    const earlier = key === "" ? [] : (before.get(key) ?? []);
    before.set(key, [...earlier, row]);
    return [row, earlier] as const;
  });
}

/**
 * Codes by which other systems know a unit belong to one unit: CODE_DUPLICATE. A section goes by the credit code of the body it is part of.
 * `tiers` = tier of each unit.
 */
export function sharedCodes(sheet: Sheet, tiers: ReadonlyMap<string, string>): Found {
  const own = (column: string, shared: (unit: string) => boolean) =>
    rowsAgain(sheet, (cells) => (shared(cells["unit"] ?? "") ? "" : (cells[column] ?? ""))).flatMap(([row, earlier]) =>
      earlier.length === 0 ? [] : [problem(sheet, row, "CODE_DUPLICATE", `${column}: ${row.cells[column] ?? ""}`)],
    );
  return [...own("credit_code", (unit) => tiers.get(unit) === "section"), ...own("police_code", () => false)];
}

/** The same unit, matter and area twice at a time: PERIOD_OVERLAP. */
export function servedTwice(sheet: Sheet): Found {
  const from = ({ cells }: SheetRow): string => cells["valid_from"] ?? "";
  const to = ({ cells }: SheetRow): string => (cells["valid_to"] ?? "") || "9999-12-31";
  return rowsAgain(sheet, ({ unit, matter, area }) => `${unit} ${matter} ${area}`).flatMap(([row, earlier]) => {
    const other = earlier.find((one) => from(one) <= to(row) && from(row) <= to(one));
    return other === undefined ? [] : [problem(sheet, row, "PERIOD_OVERLAP", `${row.cells["unit"]}: ${other.line}`)];
  });
}

/** A row that says again what one above it says: ROW_DUPLICATE. */
export function saidTwice(sheet: Sheet): Found {
  return rowsAgain(sheet, (cells) => JSON.stringify(cells)).flatMap(([row, earlier]) => {
    const [first] = earlier;
    return first === undefined ? [] : [problem(sheet, row, "ROW_DUPLICATE", `${first.line}`)];
  });
}

/** A step of the escalation that leads to the unit itself rings the phone that nobody answers: STEP_TO_ITSELF. */
export function stepsToItself(sheet: Sheet): Found {
  return sheet.rows
    .filter(({ cells }) => cells["to_unit"] !== "" && cells["to_unit"] === cells["unit"])
    .map((row) => problem(sheet, row, "STEP_TO_ITSELF", row.cells["unit"] ?? ""));
}

/** A number verified on a day that has not come would never grow old: DAY_FUTURE. `today` = `yyyy-mm-dd`. */
export function verifiedLater(sheet: Sheet, today: string): Found {
  return sheet.rows
    .filter(({ cells }) => (cells["verified_on"] ?? "") > today)
    .map((row) => problem(sheet, row, "DAY_FUTURE", row.cells["verified_on"] ?? ""));
}

type Judged = readonly Pick<CatalogueItem, "code" | "classCode" | "side">[];

/**
 * Who answers for a matter is of the side that the catalogue gives it to: LEAD_WRONG_SIDE for a unit that leads an item, or a whole class,
 * that is the other side's alone. `sides` = side of each unit. @source nmg:2.1
 */
export function leadsOfOtherSide(sheet: Sheet, sides: ReadonlyMap<string, string>, items: Judged): Found {
  const sidesOf = (matter: string) =>
    new Set(items.filter(({ code, classCode }) => code === matter || classCode === matter).map(({ side }) => side));
  return sheet.rows.flatMap((row) => {
    const { unit = "", matter = "", role } = row.cells;
    const side = sides.get(unit);
    const [only, ...more] = sidesOf(matter);
    const others = more.length === 0 && (only === "hotline" || only === "police") && only !== side;
    return role === "lead" && side !== undefined && others
      ? [problem(sheet, row, "LEAD_WRONG_SIDE", `${unit} ${matter}: ${only}`)]
      : [];
  });
}
