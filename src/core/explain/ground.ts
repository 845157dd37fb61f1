import type { Basis, Catalogue, Clause, ClauseKey } from "../catalogue/index.ts";

/** The two published plans by the head of their clause keys. */
export type PlanName = "nmg" | "yn";

/** What a rule rests on under one plan. */
export type Ground = {
  /** The clause that says the rule, or else the one that the product's own rule serves. */
  readonly clause: ClauseKey;
  /** The words of that clause which say the rule; null = no plan says it, it is the product's own. */
  readonly words: string | null;
};

/** A ground for each plan: a rule of one of them binds nobody under the other. */
export type Grounds = Readonly<Record<PlanName, Ground>>;

/** The nearest plan above this catalogue: a city's folder names it among the papers it rests on. */
export function planOf({ documents }: Pick<Catalogue, "documents">): PlanName {
  const plans = documents.map(({ code }) => code.split("-")[0]).filter((plan) => plan === "nmg" || plan === "yn");
  return plans.at(-1) === "yn" ? "yn" : "nmg";
}

/** `plan` only where the words really stand in the clause as printed; everything else is a proposal. @req REQ-08 */
export function basisOfGround({ clause, words }: Ground, clauses: readonly Clause[]): Basis {
  if (words === null) return "default";
  const printed = clauses.find(({ key }) => key === clause)?.textZh ?? "";
  return printed.includes(words) ? "plan" : "default";
}
