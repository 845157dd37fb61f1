import { err, ok } from "../../kernel/index.ts";
import type { RegionCode, Result } from "../../kernel/index.ts";
import { noteDuplicates, readSheet } from "../catalogue/index.ts";
import type { CatalogueProblem, Sheet } from "../catalogue/index.ts";

/** A street, town or township with its villages, which stay packed as the sheet has them until somebody asks. */
export type Town = {
  /** 12 digits, ending in 000. */
  readonly code: RegionCode;
  readonly name: string;
  /** Three digits and the name of each, parted by `|`; empty when the list has none. */
  readonly villages: string;
};

/** A village or neighbourhood committee, 12 digits. */
export type Village = { readonly code: RegionCode; readonly name: string };

/** Columns of a sheet of towns. */
export const TOWN_COLUMNS = ["code", "name", "villages"] as const;

/** Reads a sheet of towns of one province. Errors: those of the sheet, CODE_SHAPE for a village without three digits and a name. */
export function parseTowns(sheet: Sheet): Result<readonly Town[], readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  noteDuplicates(sheet, "code", problems);
  const towns = readSheet(sheet, TOWN_COLUMNS, problems, (row): Town => {
    const villages = row.optional("villages") ?? "";
    if (!/^(\d{3}[^|]+(\|\d{3}[^|]+)*)?$/.test(villages))
      row.problem("CODE_SHAPE", `villages: ${villages.slice(0, 40)}`);
    return { code: row.shaped("code", /^\d{9}000$/) as RegionCode, name: row.text("name"), villages };
  });
  return problems.length > 0 ? err(problems) : ok(towns);
}

/** The villages of a town, in the order of the list. */
export function villagesOf(town: Town): readonly Village[] {
  if (town.villages === "") return [];
  return town.villages.split("|").map((village) => ({
    code: `${town.code.slice(0, 9)}${village.slice(0, 3)}` as RegionCode,
    name: village.slice(3),
  }));
}
