import { err, ok } from "../../kernel/index.ts";
import type { RegionCode, Result } from "../../kernel/index.ts";
import { readSheet } from "../catalogue/index.ts";
import type { CatalogueProblem, Sheet } from "../catalogue/index.ts";

/**
 * Another name of a division: `short` = said today, `former` = its name, and perhaps its code, before a change. Two former names
 * may belong to one place, and one former name to several.
 */
export type OtherName = {
  readonly code: RegionCode;
  readonly kind: "short" | "former";
  readonly name: string;
  /** The code it had under that name, when that was another one. */
  readonly formerCode: RegionCode | null;
  /** Year in which name or code was given up; null for a short name. */
  readonly until: number | null;
  readonly source: string;
};

/** Columns of the sheet of other names. */
export const OTHER_NAME_COLUMNS = ["code", "kind", "name", "former_code", "until", "source"] as const;

/** Reads the sheet of other names. Errors: those of the sheet; REGION_UNKNOWN for a division not in `known`; CELL_EMPTY for a former name without its year. */
export function parseOtherNames(
  sheet: Sheet,
  known: ReadonlySet<string>,
): Result<readonly OtherName[], readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  const names = readSheet(sheet, OTHER_NAME_COLUMNS, problems, (row): OtherName => {
    const code = row.shaped("code", /^(\d{6}|\d{12})$/);
    if (!known.has(code.slice(0, 6))) row.problem("REGION_UNKNOWN", code);
    const kind = row.oneOf("kind", ["short", "former"]);
    const hasCode = row.optional("former_code") !== null;
    return {
      code: code as RegionCode,
      kind,
      name: row.text("name"),
      formerCode: hasCode ? (row.shaped("former_code", /^\d{6}$/) as RegionCode) : null,
      until: kind === "former" ? Number(row.shaped("until", /^(19|20)\d{2}$/)) : null,
      source: row.text("source"),
    };
  });
  return problems.length > 0 ? err(problems) : ok(names);
}
