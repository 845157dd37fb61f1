import type { Policies } from "../../core/catalogue/index.ts";
import type { Ground, Grounds } from "../../core/explain/index.ts";

/** Which desk reads a refusal. */
export type ReadingSide = "hotline" | "police";

/**
 * Clause of Inner Mongolia's plan that our own rule serves, and the one of Yunnan's that speaks of the same. Neither plan prints a
 * return, a pause, an extension or a field: `rowOfPlan` alone makes a rule the plan's own.
 */
const SAME_MATTER = {
  "nmg:2.1": "yn:2.1",
  "nmg:2.2": "yn:3.1",
  "nmg:2.2.1": "yn:3.1",
  "nmg:2.2.2": "yn:3.2",
  "nmg:2.2.3": "yn:3.3",
  "nmg:2.2.4": "yn:3.4",
  "nmg:2.2.5": "yn:4.3.3",
  "nmg:2.3.1": "yn:4.2.2",
  "nmg:2.3.2": "yn:4.2.2",
  "nmg:3.3": "yn:4.3.3",
  "nmg:a3": "yn:3.1",
} as const;

/** HTTP status and both texts of a refusal; `{name}` takes a param. */
export type ProblemRow = {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
  /** What it rests on under each plan; null = it is about the program alone. */
  readonly grounds: Grounds | null;
  /** The policy of the catalogue whose number it rests on: it is the plan's only where that says so. */
  readonly policy?: keyof Policies;
  /** As 110 says it, where it has a word of its own. */
  readonly zhPolice?: string;
};

type GroundedRow = ProblemRow & { readonly grounds: Grounds };

/** A refusal by our own rule; `serves` = the clause of Inner Mongolia's plan that the rule serves. */
export function row(status: number, zh: string, en: string): ProblemRow;
export function row(status: number, zh: string, en: string, serves: keyof typeof SAME_MATTER): GroundedRow;
export function row(
  status: number,
  zh: string,
  en: string,
  serves: keyof typeof SAME_MATTER | null = null,
): ProblemRow {
  const grounds = serves === null ? null : { nmg: ownRule(serves), yn: ownRule(SAME_MATTER[serves]) };
  return { status, zh, en, grounds };
}

function ownRule(clause: string): Ground {
  return { clause, words: null };
}

/** A refusal that a plan itself rules: the clause, and the words of it that say so. A plan not named leaves it our own rule. */
export function rowOfPlan(said: Partial<Grounds>, plain: GroundedRow): ProblemRow {
  return { ...plain, grounds: { ...plain.grounds, ...said } };
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
