import type { Commit } from "../../app/ports/store.ts";

/**
 * One part of the commit statement. The text depends on the part alone, never on the values, so a set of parts always
 * makes the same statement.
 */
export type CommitSection = {
  readonly name: string;
  /** Values of this part, or null when the commit has nothing of it. $1 of the whole statement is the home region. */
  readonly values: (commit: Commit) => readonly unknown[] | null;
  /** Common table expressions; `p(0)` is the placeholder of the first value. */
  readonly text: (p: (index: number) => string) => string;
  /** The CTE whose rows are counted. */
  readonly cte: string;
  /** It must have touched exactly as many rows as its last value says; otherwise the commit is a conflict. */
  readonly guarded: boolean;
};

/** A list of rows as one jsonb parameter; null when there is none, so that the section is left out. */
export function rowsJson(rows: readonly unknown[]): string | null {
  return rows.length === 0 ? null : JSON.stringify(rows);
}

/** Values of a section that is one list of rows. */
export function rowsOnly(rows: readonly unknown[]): readonly unknown[] | null {
  const json = rowsJson(rows);
  return json === null ? null : [json];
}
