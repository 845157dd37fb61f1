import type { ItemCode } from "../../kernel/index.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Basis } from "./vocabulary.ts";
import { isQuestionCode, NEGOTIATE } from "./group.ts";
import type { Answer, AnswerTarget, GroupQuestion, MatterGroup, QuestionSubject } from "./group.ts";

/** Answers given so far, by the code of the question. */
export type Answers = Readonly<Record<string, Answer>>;

/** One question with the answer that was given. */
export type Answered = { readonly question: GroupQuestion; readonly answer: Answer };

/**
 * What to do next in a group: ask, or take the outcome. An outcome rests on the weakest of its questions, and on `default`
 * as soon as one of them was answered with `unknown`.
 */
export type GroupStep =
  | { readonly kind: "question"; readonly question: GroupQuestion; readonly path: readonly Answered[] }
  | {
      readonly kind: "outcome";
      readonly item: ItemCode | typeof NEGOTIATE;
      readonly basis: Basis;
      readonly path: readonly Answered[];
    };

/** What a desk knows without asking anybody. */
export type DeskFacts = {
  readonly receivedBy: "hotline" | "police";
  readonly initialResponse: boolean;
  readonly duringOrder: boolean;
};

/** The group of this code, or null. */
export function findGroup(catalogue: Catalogue, code: string): MatterGroup | null {
  return catalogue.groups.find((group) => group.code === code) ?? null;
}

/** The groups an item stands in; empty where only one part of the annex names the matter. @req REQ-94 */
export function groupsOf(catalogue: Catalogue, itemCode: string): readonly MatterGroup[] {
  return catalogue.groups.filter((group) => group.items.some((item) => item === itemCode));
}

/**
 * The question that decides next, or the item the answers lead to. It only suggests: nothing waits for it, least of all
 * danger. Answers to questions that are not on the way are ignored. null = this version knows no such group.
 * @source nmg:a @req REQ-94
 */
export function nextQuestion(catalogue: Catalogue, groupCode: string, answers: Answers): GroupStep | null {
  const group = findGroup(catalogue, groupCode);
  if (group === null) return null;
  const byCode = new Map(group.questions.map((question) => [question.code, question]));
  const path: Answered[] = [];
  let at: AnswerTarget | undefined = group.questions[0]?.code;
  while (at !== undefined && isQuestionCode(at)) {
    const question = byCode.get(at);
    if (question === undefined || path.length > group.questions.length)
      throw new Error(`the questions of ${groupCode} do not end: ${at}`);
    const answer = answers[question.code];
    if (answer === undefined) return { kind: "question", question, path };
    path.push({ question, answer });
    at = question.leadsTo[answer];
  }
  if (at === undefined) throw new Error(`a group without questions: ${groupCode}`);
  return { kind: "outcome", item: parseOutcome(at), basis: basisOf(path), path };
}

/**
 * The answers nobody needs to be asked for: `thing` questions that the chosen item settles (it can be reached by one answer
 * only), and those the desk's own record answers.
 */
export function impliedAnswers(group: MatterGroup, item: string | null, facts: DeskFacts | null): Answers {
  const answers: Record<string, Answer> = {};
  for (const question of group.questions) {
    const answer = item !== null && question.subject === "thing" ? settledBy(group, question, item) : null;
    const known = facts === null ? null : fromRecord(question.subject, facts);
    const found = answer ?? known;
    if (found !== null) answers[question.code] = found;
  }
  return answers;
}

function settledBy(group: MatterGroup, question: GroupQuestion, item: string): Answer | null {
  const yes = leavesFrom(group, question.leadsTo.yes).has(item);
  const no = leavesFrom(group, question.leadsTo.no).has(item);
  if (yes === no) return null;
  return yes ? "yes" : "no";
}

function fromRecord(subject: QuestionSubject, facts: DeskFacts): Answer | null {
  const known: Partial<Record<QuestionSubject, boolean>> = {
    whichDesk: facts.receivedBy === "hotline",
    afterResponse: facts.initialResponse,
    duringOrder: facts.duringOrder,
  };
  const fact = known[subject];
  if (fact === undefined) return null;
  return fact ? "yes" : "no";
}

/** Every item (or `negotiate`) that answers of yes and no can lead to from here. Ends on loops too. */
export function leavesFrom(group: Pick<MatterGroup, "questions">, from: AnswerTarget): ReadonlySet<string> {
  const byCode = new Map(group.questions.map((question) => [question.code, question]));
  const leaves = new Set<string>();
  const seen = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (!isQuestionCode(at)) leaves.add(at);
    const question = byCode.get(at);
    if (question !== undefined) open.push(question.leadsTo.yes, question.leadsTo.no);
  }
  return leaves;
}

function basisOf(path: readonly Answered[]): Basis {
  if (path.some(({ question, answer }) => question.basis === "default" || answer === "unknown")) return "default";
  return path.some(({ question }) => question.basis === "agreement") ? "agreement" : "plan";
}

/** A target that is no question is an item or `negotiate`: the check of the catalogue saw to it. */
function parseOutcome(target: AnswerTarget): ItemCode | typeof NEGOTIATE {
  return target === NEGOTIATE ? NEGOTIATE : (target as ItemCode);
}
