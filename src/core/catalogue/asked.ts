import type { ItemCode } from "../../kernel/index.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Answer, GroupQuestion, MatterGroup, NEGOTIATE } from "./group.ts";
import { groupsOf, impliedAnswers, nextQuestion } from "./next-question.ts";
import type { Answers, DeskFacts, GroupStep } from "./next-question.ts";

/** How an answer came about: a person gave it, or the chosen item and the desk's own record did. */
export type AnswerHow = "asked" | "known";

/** An answer as it is kept: codes only, never what was said. */
export type GivenAnswer = { readonly question: string; readonly answer: Answer; readonly how: AnswerHow };

/**
 * What was asked of one group and where it led; `outcome` null = not all was asked. It explains a verdict beside its item: who
 * judges may judge otherwise. @source nmg:a @req REQ-94
 */
export type AskedGroup = {
  readonly group: string;
  readonly answers: readonly GivenAnswer[];
  readonly outcome: ItemCode | typeof NEGOTIATE | null;
};

/** What is to be asked about one group now, with how each answer on the way came about. */
export type GroupAdvice = {
  readonly group: MatterGroup;
  readonly step: GroupStep;
  readonly answers: readonly GivenAnswer[];
};

/** The question of this code with its group, or null. */
export function findQuestion(catalogue: Catalogue, code: string): GroupQuestion | null {
  return groupOfQuestion(catalogue, code)?.questions.find((question) => question.code === code) ?? null;
}

function groupOfQuestion(catalogue: Catalogue, code: string): MatterGroup | null {
  return catalogue.groups.find((group) => group.questions.some((question) => question.code === code)) ?? null;
}

/**
 * The groups to ask about: those the item stands in, and those that were asked about already. What the item or the desk's record
 * settles is not asked. Only a suggestion: nothing waits for it, least of all danger. @source nmg:a @req REQ-94
 */
export function adviseOn(
  catalogue: Catalogue,
  item: string | null,
  given: readonly GivenAnswer[],
  facts: DeskFacts,
): readonly GroupAdvice[] {
  const asked = answersOf(given.filter(({ how }) => how === "asked"));
  const groups = new Set([
    ...Object.keys(asked).flatMap((code) => groupOfQuestion(catalogue, code) ?? []),
    ...(item === null ? [] : groupsOf(catalogue, item)),
  ]);
  return [...groups].flatMap((group) => {
    const step = nextQuestion(catalogue, group.code, { ...impliedAnswers(group, item, facts), ...asked });
    if (step === null) return [];
    const answers = step.path.map(({ question, answer }) => {
      const how = asked[question.code] === undefined ? "known" : "asked";
      return { question: question.code, answer, how } as const;
    });
    return [{ group, step, answers }];
  });
}

/**
 * What of the answers that came with a verdict is kept with it: by group, in the order of the questions. Answers to questions this
 * version does not know or that are not on the way are left out; they never refuse a verdict. @req REQ-94 @req REQ-08
 */
export function askedGroups(catalogue: Catalogue, given: readonly GivenAnswer[]): readonly AskedGroup[] {
  const answers = answersOf(given);
  const how = new Map(given.map((one) => [one.question, one.how]));
  return catalogue.groups.flatMap((group) => {
    const step = nextQuestion(catalogue, group.code, answers);
    if (step === null || !step.path.some(({ question }) => how.get(question.code) === "asked")) return [];
    return [
      {
        group: group.code,
        answers: step.path.map(({ question: { code }, answer }) => ({
          question: code,
          answer,
          how: how.get(code) ?? "known",
        })),
        outcome: step.kind === "outcome" ? step.item : null,
      },
    ];
  });
}

function answersOf(given: readonly GivenAnswer[]): Answers {
  return Object.fromEntries(given.map(({ question, answer }) => [question, answer]));
}
