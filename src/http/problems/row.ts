import type { Policies } from "../../core/catalogue/index.ts";

/** Which desk reads a refusal. */
export type ReadingSide = "hotline" | "police";

/** HTTP status and both texts of a refusal; `{name}` takes a param. `source` is the clause when the refusal names none. */
export type ProblemRow = {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
  readonly source: string | null;
  /** The policy of the catalogue whose number it rests on: it is the plan's only where that says so. */
  readonly policy?: keyof Policies;
  /** As 110 says it, where it has a word of its own. */
  readonly zhPolice?: string;
};

export function row(status: number, zh: string, en: string, source: string | null = null): ProblemRow {
  return { status, zh, en, source };
}

/** A refusal by a number of the catalogue, which a version may set otherwise. */
export function rowOfPolicy(policy: keyof Policies, plain: ProblemRow): ProblemRow {
  return { ...plain, policy };
}

/** A row that 110 says in its own words. */
export function rowOfBoth(zhPolice: string, plain: ProblemRow): ProblemRow {
  return { ...plain, zhPolice };
}

/** The Chinese text as the reading desk says it. */
export function zhOf({ zh, zhPolice = zh }: Pick<ProblemRow, "zh" | "zhPolice">, side: ReadingSide): string {
  return side === "police" ? zhPolice : zh;
}
