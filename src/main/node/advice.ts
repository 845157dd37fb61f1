import { adviseOn, findItem, groupsOf, mayMachineJudge, NEGOTIATE } from "../../core/catalogue/index.ts";
import type { Day, DeskFacts, GroupAdvice } from "../../core/catalogue/index.ts";
import type { ExplainSubject, Explanation } from "../../core/explain/index.ts";
import { findProblem, policyOfProblem } from "../../http/index.ts";
import type { AppApi } from "../../http/index.ts";
import type { AdviceBody, ExplanationQuery } from "../../http/contract/index.ts";
import type { RuleBook } from "../rules.ts";

type AdviceView = Extract<Awaited<ReturnType<AppApi["advise"]>>, { ok: true }>["value"];
type AboutView = AdviceView["about"];

/** The item that stands for a matter nobody has settled: it is negotiated, and the first receiver accepts it meanwhile. */
const NOT_SETTLED = "Z00-01";

/** What to ask while the person talks, where the answers lead, and why. Looked up in memory; nothing waits for it. @req REQ-94 */
export function adviceOf(rules: RuleBook, side: "hotline" | "police", day: Day, body: AdviceBody): AdviceView {
  const item = body.item ?? (body.answers === undefined ? soundsLike(rules, body.words ?? "", day) : null);
  const facts: DeskFacts = {
    receivedBy: body.receivedBy ?? side,
    initialResponse: body.initialResponse ?? false,
    duringOrder: body.duringOrder ?? false,
  };
  return {
    version: rules.catalogueVersion,
    about: item === null ? null : aboutItem(rules, item),
    groups: adviseOn(rules.catalogue, item, body.answers ?? [], facts).map((advice) => groupView(rules, advice)),
  };
}

/** The first item the words sound like, if it stands in several parts: else there is nothing to ask. A machine proposes no item that only a person may judge. */
function soundsLike(rules: RuleBook, words: string, day: Day): string | null {
  if (words.trim() === "") return null;
  const [item] = rules.search(words, 1, day);
  if (item === undefined || groupsOf(rules.catalogue, item.code).length === 0) return null;
  return mayMachineJudge(rules.catalogue, item.code) ? item.code : null;
}

function aboutItem(rules: RuleBook, code: string): AboutView {
  const item = rules.item(code);
  const why = rules.explain({ kind: "verdict", item: code });
  return item === null || why === null ? null : { item, why };
}

function groupView(rules: RuleBook, { group, step, answers }: GroupAdvice): AdviceView["groups"][number] {
  const { code, nameZh, nameEn } = group;
  const asked = step.kind === "question" ? step.question : null;
  return {
    group: code,
    nameZh,
    nameEn,
    question:
      asked === null
        ? null
        : {
            code: asked.code,
            askZh: asked.askZh,
            askEn: asked.askEn,
            basis: asked.basis,
            source: asked.source,
            noteZh: asked.noteZh,
          },
    answers,
    outcome: step.kind === "outcome" ? outcomeView(rules, code, step.item, answers) : null,
  };
}

function outcomeView(rules: RuleBook, group: string, outcome: string, given: GroupAdvice["answers"]): AboutView {
  const code = outcome === NEGOTIATE ? NOT_SETTLED : outcome;
  const item = findItem(rules.catalogue, code) === null ? null : rules.item(code);
  const answers = Object.fromEntries(given.map(({ question, answer }) => [question, answer]));
  const why = rules.explain({ kind: "decision", group, answers });
  return item === null || why === null ? null : { item, why };
}

/** Explains by the rules of one version what a screen asks about; null = they do not know it. @req REQ-08 */
export function explanationOf(
  { explain }: Pick<RuleBook, "explain">,
  own: "hotline" | "police",
  query: ExplanationQuery,
): Explanation | null {
  const subject = subjectOf(own, query);
  return subject === null ? null : explain(subject);
}

const TRANSFERS = ["clear", "urgent", "afterInitialResponse", "joint", "support", "notice"] as const;

function subjectOf(own: "hotline" | "police", { kind, code, to, item }: ExplanationQuery): ExplainSubject | null {
  switch (kind) {
    case "verdict":
      return { kind, item: code };
    case "transfer": {
      const transfer = TRANSFERS.find((known) => known === code);
      const other = own === "hotline" ? "police" : "hotline";
      return transfer === undefined ? null : { kind, transfer, to: to ?? other, item: item ?? null };
    }
    case "return":
    case "withdrawal":
    case "guidance":
    case "exclusion":
      return { kind, code };
    case "question":
      return { kind, question: code };
    case "deadline":
      return { kind, limit: code };
    case "policy":
      return { kind, policy: code };
    case "clause":
      return { kind, clause: code };
    case "refusal":
      return ofRefusal(own, code);
  }
}

/** The rule behind a refusal: a number of the catalogue where it rests on one; of a sentence that names things of the case, which the refusal itself says, only the clause. */
function ofRefusal(own: "hotline" | "police", code: string): ExplainSubject | null {
  const policy = policyOfProblem(code);
  if (policy !== null) return { kind: "policy", policy };
  const found = findProblem(code, own);
  if (found === null || found.grounds === null) return null;
  const { zh, en, grounds } = found;
  const named = [zh, en].some((text) => text.includes("{"));
  return { kind: "rule", row: { code, sentence: named ? null : { zh: `${zh}。`, en: `${en}.` }, grounds } };
}

/** The same in one word for a program: the clause of this node's plan that rules it, else `agreement` or `default`; null = nothing but the program. */
export function refusalSourceOf(
  rules: Pick<RuleBook, "explain">,
  own: "hotline" | "police",
  code: string,
): string | null {
  const why = explanationOf(rules, own, { kind: "refusal", code });
  if (why === null) return null;
  return why.basis === "plan" ? why.clause : why.basis;
}
