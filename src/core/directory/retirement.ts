import { err, ok } from "../../kernel/index.ts";
import type { Result, UnitCode } from "../../kernel/index.ts";
import { noteDuplicates, readSheet } from "../catalogue/index.ts";
import type { CatalogueProblem, Sheet } from "../catalogue/index.ts";

/** A unit takes no new order from a day on; what it has stays with it. It is never deleted: orders name it. */
export type Retirement = {
  /** First day without new orders, `yyyy-mm-dd` in Shanghai. */
  readonly from: string;
  /** Who takes what would have gone to it. */
  readonly successor: UnitCode;
};

/** Columns of the sheet. */
export const RETIRED_COLUMNS = ["unit", "retired_from", "successor"] as const;

type MaybeRetired = { readonly retired?: Retirement };

/** Whether a unit takes no new order on a day; without a day (`""`) all do. */
export function isRetired({ retired }: MaybeRetired, day: string): boolean {
  return retired !== undefined && retired.from <= day;
}

/** What is asked of a unit to be in a chain of successors. */
type Link = MaybeRetired & { readonly code: UnitCode; readonly side: string };

/** Who takes new orders in the place of a unit on a day: itself, or the first in the chain that is not retired; null = the chain breaks. */
export function successorOn<U extends Link>(find: (unit: string) => U | null, unit: U, day: string): U | null {
  const seen = new Set<string>();
  let at: U | null = unit;
  while (at !== null && at.retired !== undefined && at.retired.from <= day) {
    if (seen.has(at.code)) return null;
    seen.add(at.code);
    at = find(at.retired.successor);
  }
  return at;
}

/**
 * Whether a unit may retire in favour of another. UNIT_UNKNOWN: there is no such successor; SUCCESSOR_UNFIT: it is of the other
 * side, the unit itself, or its own chain of successors does not end with a unit that stays.
 */
export function checkSuccessor<U extends Link>(
  find: (unit: string) => U | null,
  unit: U,
  successor: string,
): Result<null, { readonly code: "UNIT_UNKNOWN" | "SUCCESSOR_UNFIT" }> {
  const next = find(successor);
  if (next === null) return err({ code: "UNIT_UNKNOWN" });
  const last = successorOn((code) => (code === unit.code ? null : find(code)), next, EVER);
  return next.side === unit.side && next.code !== unit.code && last !== null
    ? ok(null)
    : err({ code: "SUCCESSOR_UNFIT" });
}

/** Later than every day. */
const EVER = "9999-12-31";

/** Reads which units retire, by unit; `units` = the rows of units as written. Errors: those of the sheet; UNIT_UNKNOWN; SUCCESSOR_UNFIT. */
export function parseRetired(
  sheet: Sheet,
  units: readonly Readonly<Record<string, string>>[],
): Result<ReadonlyMap<UnitCode, Retirement>, readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  noteDuplicates(sheet, "unit", problems);
  const rows = readSheet(sheet, RETIRED_COLUMNS, problems, (row) => ({
    row,
    unit: row.text("unit") as UnitCode,
    retired: { from: row.day("retired_from"), successor: row.text("successor") as UnitCode },
  }));
  const retired = new Map(rows.map(({ unit, retired: given }) => [unit, given]));
  const known = new Map<string, Link>(
    units.map(({ code = "", side = "" }) => [code, linkOf(code as UnitCode, side, retired.get(code as UnitCode))]),
  );
  const find = (code: string): Link | null => known.get(code) ?? null;
  for (const { row, unit, retired: given } of rows) {
    const own = find(unit);
    if (own === null) row.problem("UNIT_UNKNOWN", unit);
    const allowed = own === null ? ok(null) : checkSuccessor(find, own, given.successor);
    if (!allowed.ok) row.problem(allowed.error.code, given.successor);
  }
  return problems.length > 0 ? err(problems) : ok(retired);
}

function linkOf(code: UnitCode, side: string, retired: Retirement | undefined): Link {
  return retired === undefined ? { code, side } : { code, side, retired };
}
