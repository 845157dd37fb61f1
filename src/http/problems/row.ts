/** HTTP status and both texts of a refusal; `{name}` takes a param. `source` is the clause when the refusal names none. */
export type ProblemRow = {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
  readonly source: string | null;
};

export function row(status: number, zh: string, en: string, source: string | null = null): ProblemRow {
  return { status, zh, en, source };
}
