import type { Commit } from "../../app/ports/store.ts";

/** The text of a part depends on the part and on the number of its values alone, so that the same parts always make the same statement. */
type Part = {
  readonly name: string;
  /** Common table expressions; `p(0)` is the placeholder of the first of `count` values. $1 of the whole statement is the home region. */
  readonly text: (p: (index: number) => string, count: number) => string;
  /**
   * The CTE whose rows are counted before anything else is written; left out = carried out without a look. `guarded` = it must
   * have touched exactly as many rows as its last value says; otherwise the commit is a conflict.
   */
  readonly awaited?: { readonly cte: string; readonly guarded: boolean };
};

/** A part that only adds rows: those of several commits may go in together. */
type RowsSection = Part & { readonly valuesOfAll: (commits: readonly Commit[]) => readonly unknown[] | null };

/** A part that changes or takes away what is there. */
type ChangeSection = Part & { readonly values: (commit: Commit) => readonly unknown[] | null };

/** One part of the commit statement; its values are null when the commit has nothing of it. */
export type CommitSection = RowsSection | ChangeSection;

/** Rows that a part inserts. */
type Insertion = {
  readonly name: string;
  /** The table, with an alias when `tail` needs one. */
  readonly into: string;
  /** Columns besides the home region, each with its type; the first one is never null. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** The rows, a value for each column. */
  readonly rows: (commit: Commit) => readonly (readonly unknown[])[];
  /** What follows the rows, e.g. what becomes of a row that is there already. */
  readonly tail?: string;
  /** Written before everything else. */
  readonly first?: boolean;
};

/** A power of two, so that few different statements come of many different numbers of rows. */
function padded(rows: number): number {
  return 2 ** Math.ceil(Math.log2(rows));
}

type Columns = Insertion["columns"];

/** The values of rows to insert, one after another; null when there are none. */
export function valuesOfRows(columns: Columns, rows: readonly (readonly unknown[])[]): readonly unknown[] | null {
  if (rows.length === 0) return null;
  const empty = columns.map(() => null);
  return Array.from({ length: padded(rows.length) }, (_, n) => rows[n] ?? empty).flat();
}

/**
 * The statement for `count` such values. Rows go in as values of their own, filled up with empty rows that the server leaves out:
 * as one jsonb to be taken apart again the same rows cost a quarter more of a whole commit.
 */
export function insertText(into: string, columns: Columns, p: (index: number) => string, count: number): string {
  const names = columns.map(([column]) => column).join(", ");
  const list = Array.from({ length: count / columns.length }, (_, n) => {
    const value = (c: number): string => p(n * columns.length + c);
    // The first row gives the others their types.
    return `(${columns.map(([, type], c) => (n === 0 ? `${value(c)}::${type}` : value(c))).join(", ")})`;
  });
  return `insert into liandong.${into} (home_region, ${names})
    select $1, r.* from (values ${list.join(", ")}) as r(${names}) where r.${columns[0]?.[0]} is not null`;
}

/** A part that inserts rows. */
export function insertSection({ name, into, columns, rows, tail = "", first = false }: Insertion): RowsSection {
  return {
    name,
    valuesOfAll: (commits) => valuesOfRows(columns, commits.flatMap(rows)),
    text: (p, count) => `${name} as (\n    ${insertText(into, columns, p, count)} ${first ? "returning 1" : tail})`,
    ...(first ? { awaited: { cte: name, guarded: false } } : {}),
  };
}

/** A list of rows as one jsonb parameter; null when there is none. */
export function rowsJson(rows: readonly unknown[]): string | null {
  return rows.length === 0 ? null : JSON.stringify(rows);
}
