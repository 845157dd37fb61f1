import { askedGroups, findQuestion } from "../../../src/core/catalogue/index.ts";
import type { GivenAnswer } from "../../../src/core/catalogue/index.ts";
import { Advice, AdviceBody, ExplanationAnswer } from "../../../src/http/contract/index.ts";
import type { ExplanationQuery, RequestView } from "../../../src/http/contract/index.ts";
import { adviceOf, explanationOf } from "../../../src/main/node/advice.ts";
import { loadRuleBook } from "../../simulation/rule-book.ts";
import { checked } from "./refused.ts";
import type { Node } from "./world.ts";

/** Questions and reasons are those of the shipped catalogue: a screen is looked at with the words people will read. */
const rules = await loadRuleBook();

export function adviceAnswer(at: Node, body: unknown): unknown {
  const input = checked(AdviceBody, body, 400) as AdviceBody;
  return checked(Advice, adviceOf(rules, at.side, "2026-11-22", input), 500);
}

export function explanationAnswer(at: Node, query: URLSearchParams): unknown {
  const asked = Object.fromEntries(query) as ExplanationQuery;
  return checked(ExplanationAnswer, { explanation: explanationOf(rules, at.side, asked) }, 500);
}

/** What the node keeps of answers, in words, as its view of a verdict has it. */
export function askedView(answers: readonly GivenAnswer[]): NonNullable<RequestView["verdict"]>["asked"] {
  return askedGroups(rules.catalogue, answers).map(({ group, answers: kept, outcome }) => {
    const item = outcome === null ? null : rules.item(outcome);
    return {
      group,
      answers: kept.map((given) => {
        const words = findQuestion(rules.catalogue, given.question);
        return { ...given, askZh: words?.askZh ?? null, askEn: words?.askEn ?? null };
      }),
      outcome,
      outcomeName: item?.nameZh ?? null,
      outcomeNameEn: item?.nameEn ?? null,
    };
  });
}
