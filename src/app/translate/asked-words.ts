import type { Rules } from "../deps.ts";
import type { GivenAnswer } from "../../core/catalogue/index.ts";

/** Kind of the entry that says what the caller was asked by the deciding questions and what he answered. */
export const ASKED = "note.asked";

const WORDS = {
  yes: ["是", "yes"],
  no: ["否", "no"],
  unknown: ["不清楚", "not known"],
} as const satisfies Record<GivenAnswer["answer"], readonly [string, string]>;

/**
 * The deciding questions that were put to the caller, each with the answer, a line each: in Chinese, then after an empty line in
 * English. "" = nothing was asked that this version knows. What the item or the desk's record answered is not what was said.
 * @source nmg:a @source nmg:2.2.1 @req REQ-14 @req REQ-94
 */
export function askedWords(rules: Pick<Rules, "question">, given: readonly GivenAnswer[]): string {
  const lines = given.flatMap(({ question, answer, how }) => {
    const words = how === "asked" ? rules.question(question) : null;
    return words === null
      ? []
      : [[`${words.askZh} ${WORDS[answer][0]}`, `${words.askEn} ${WORDS[answer][1]}`] as const];
  });
  return lines.length === 0 ? "" : [...lines.map(([zh]) => zh), "", ...lines.map(([, en]) => en)].join("\n");
}
