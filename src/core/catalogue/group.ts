import type { ItemCode } from "../../kernel/index.ts";
import type { AnnexPart, Basis, ClauseKey } from "./vocabulary.ts";

/**
 * What a question is about. `thing` = what the matter is of: the chosen item answers it. `condition` = asked of the caller.
 * The others a desk answers from its own record: which desk received it, whether 110 has given its initial response,
 * whether a handling unit reports it while it handles an order.
 */
export const QUESTION_SUBJECTS = ["thing", "condition", "whichDesk", "afterResponse", "duringOrder"] as const;
export type QuestionSubject = (typeof QUESTION_SUBJECTS)[number];

/** What a caller can say to a yes-or-no question; he need not know. */
export const ANSWERS = ["yes", "no", "unknown"] as const;
export type Answer = (typeof ANSWERS)[number];

/** Where an answer leads: another question of the group, an item, or `negotiate` (the first receiver accepts meanwhile). */
export type AnswerTarget = string;

/** One question a call taker can read aloud. @source nmg:a @req REQ-94 */
export type GroupQuestion = {
  readonly code: string;
  readonly subject: QuestionSubject;
  readonly askZh: string;
  readonly askEn: string;
  readonly leadsTo: Readonly<Record<Answer, AnswerTarget>>;
  readonly basis: Basis;
  readonly source: ClauseKey;
  /** The plan's own words the question stands for, pieces divided by `…`; null where the plan says nothing. */
  readonly criterionZh: string | null;
  /** A doubt that consultation has to settle. */
  readonly noteZh: string | null;
  /** Key of the document that allows a changed row; null = the catalogue's own document. */
  readonly document: string | null;
};

/** The same matter standing in several parts of the annex, and what decides between them. The first question is the root. */
export type MatterGroup = {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly parts: readonly AnnexPart[];
  readonly items: readonly ItemCode[];
  readonly noteZh: string | null;
  readonly document: string | null;
  readonly questions: readonly GroupQuestion[];
};

/** Not an item: the two desks agree, and the desk that received the matter first accepts it meanwhile. */
export const NEGOTIATE = "negotiate";

/** Whether an answer leads to another question. */
export function isQuestionCode(target: AnswerTarget): boolean {
  return /^G\d{2,3}-\d{1,2}$/.test(target);
}
