import { findItem, findQuestion, NEGOTIATE, nextQuestion } from "../catalogue/index.ts";
import type { Answers, Basis, Catalogue, CatalogueItem, ClauseKey, Policy } from "../catalogue/index.ts";
import { basisOfGround, planOf } from "./ground.ts";
import type { Grounds } from "./ground.ts";
import {
  BASIS_WORDS,
  clauseSentence,
  exclusionSentence,
  guidanceSentence,
  proposedOrNot,
  returnSentence,
  verdictSentence,
  withdrawalSentence,
} from "./sentences.ts";

import { restOfTransfer, saidByPolicy } from "./transfer.ts";
import type { Transfer, TransferKind } from "./transfer-sentences.ts";
import { deadlineSentence } from "./deadline.ts";
import { isStandingPolicy, standingSentence } from "./standing.ts";
import type { Spoken } from "./spoken.ts";

/** A rule that another module keeps as a row: a refusal, a score. It brings what it rests on under each plan. */
export type RuleRow = {
  readonly code: string;
  /** The rule in words; null = its sentence names things of the case, then only its clause is spoken of. */
  readonly sentence: Spoken | null;
  readonly grounds: Grounds;
};

/** What is to be explained. `to` = the desk the matter goes to. */
export type ExplainSubject =
  | { readonly kind: "verdict"; readonly item: string }
  | {
      readonly kind: "transfer";
      readonly transfer: TransferKind;
      readonly to: "hotline" | "police";
      readonly item: string | null;
    }
  | { readonly kind: "return" | "withdrawal" | "guidance" | "exclusion"; readonly code: string }
  | { readonly kind: "question"; readonly question: string }
  /** A time limit by the code of its row. */
  | { readonly kind: "deadline"; readonly limit: string }
  /** Nothing but a clause, by its key. */
  | { readonly kind: "clause"; readonly clause: string }
  /** How long something may stand, by the name of the policy. */
  | { readonly kind: "policy"; readonly policy: string }
  | { readonly kind: "decision"; readonly group: string; readonly answers: Answers }
  | { readonly kind: "rule"; readonly row: RuleRow };

/** Why something is so. Sentences can be read aloud: no codes, no brackets. @req REQ-08 */
export type Explanation = {
  /** Row it rests on: an item, a reason, a question. */
  readonly code: string;
  readonly version: string;
  readonly clause: ClauseKey;
  /** What the clause is about. */
  readonly clauseTitleZh: string;
  /** The clause as printed; null = only its title is known. */
  readonly sourceText: string | null;
  /** The paper: title, with its number where one is known. */
  readonly documentZh: string;
  readonly sentenceZh: string;
  readonly sentenceEn: string;
  readonly basis: Basis;
  /** What it rests on, in words: a proposal is 待会商. */
  readonly basisZh: string;
  readonly basisEn: string;
  /** A doubt that consultation has to settle; null = none is known. */
  readonly doubtZh: string | null;
};

type Row = {
  readonly code: string;
  readonly source: ClauseKey;
  readonly basis: Basis;
  readonly document: string | null;
  readonly noteZh?: string | null;
};

/**
 * Explains by one version of the catalogue: give the version the matter was judged by, not the newest. null = this version
 * does not know the code; a decision whose questions are not all answered has nothing to explain yet.
 * @source nmg:2.1 @source nmg:2.2.1 @req REQ-08
 */
export function explain(catalogue: Catalogue, subject: ExplainSubject): Explanation | null {
  switch (subject.kind) {
    case "verdict":
      return ofItem(catalogue, findItem(catalogue, subject.item));
    case "transfer":
      return ofTransfer(catalogue, subject.transfer, subject.to, subject.item);
    case "return":
      return ofRow(catalogue, byCode(catalogue.lists.returnReasons, subject.code), returnSentence);
    case "withdrawal":
      return ofRow(catalogue, byCode(catalogue.lists.withdrawReasons, subject.code), withdrawalSentence);
    case "guidance":
      return ofRow(catalogue, byCode(catalogue.guidanceReasons, subject.code), (reason) =>
        guidanceSentence(reason, findItem(catalogue, reason.code)),
      );
    case "exclusion":
      return ofRow(catalogue, byCode(catalogue.exclusions, subject.code), (exclusion) =>
        exclusionSentence(exclusion, findItem(catalogue, exclusion.itemCode)),
      );
    case "question":
      return ofRow(catalogue, findQuestion(catalogue, subject.question), ({ askZh, askEn }) => ({
        zh: askZh,
        en: askEn,
      }));
    case "deadline":
      return ofRow(catalogue, byCode(catalogue.limits, subject.limit), deadlineSentence);
    case "policy":
      return ofPolicy(catalogue, subject.policy);
    case "clause":
      return ofClause(catalogue, subject.clause);
    case "decision":
      return ofDecision(catalogue, subject.group, subject.answers);
    case "rule":
      return ofRule(catalogue, subject.row);
  }
}

function byCode<T extends { readonly code: string }>(rows: readonly T[], code: string): T | null {
  return rows.find((row) => row.code === code) ?? null;
}

function ofClause(catalogue: Catalogue, key: string): Explanation | null {
  const clause = catalogue.clauses.find((known) => known.key === key);
  if (clause === undefined) return null;
  const row: Row = { code: key, source: clause.key, basis: "plan", document: null };
  return written(catalogue, row, clauseSentence(clause, "plan"));
}

/** A rule of the program: the plan's where this node's own plan says it in so many words, else the product's proposal. */
function ofRule(catalogue: Catalogue, { code, sentence, grounds }: RuleRow): Explanation | null {
  const ground = grounds[planOf(catalogue)];
  const clause = catalogue.clauses.find(({ key }) => key === ground.clause);
  if (clause === undefined) return null;
  const basis = basisOfGround(ground, catalogue.clauses);
  const row: Row = { code, source: clause.key, basis, document: null };
  return written(catalogue, row, proposedOrNot(sentence ?? clauseSentence(clause, basis), basis));
}

/** The number of the version, by the paper or the proposal that says it; null = it is silent on this one. */
function ofPolicy(catalogue: Catalogue, name: string): Explanation | null {
  if (name === "dutyArbiter") return ofArbiter(catalogue);
  if (!isStandingPolicy(name)) return null;
  const policy: Policy<number> = catalogue.policies[name] ?? null;
  if (policy === null) return null;
  const said = saidByPolicy(catalogue, policy);
  const source = said.clause ?? (name.startsWith("consultation") ? MEETINGS : LIMITS)[planOf(catalogue)];
  const row = { code: name, source, basis: said.basis, document: said.document };
  return written(catalogue, row, standingSentence(name, policy.value, said.basis));
}

/** Where each plan asks for limits, and for meetings of both sides. */
const LIMITS = { nmg: "nmg:2.2.5", yn: "yn:4.3.3" } as const;
const MEETINGS = { nmg: "nmg:2.2.4", yn: "yn:3.4" } as const;
const DESK = { hotline: ["12345", "12345"], police: ["110", "110"] } as const;

/** Whose duty lead rules, by the agreement that names him; null = none does, then a meeting of both sides decides. @source nmg:2.2.4 */
function ofArbiter(catalogue: Catalogue): Explanation | null {
  const policy = catalogue.policies.dutyArbiter;
  if (policy === null) return null;
  const { basis, clause, document } = saidByPolicy(catalogue, policy);
  const source = clause ?? MEETINGS[planOf(catalogue)];
  const [zh, en] = DESK[policy.value];
  const sentence = {
    zh: `受理归属有争议的，按双方约定由${zh}值班长裁定，裁定对双方有约束力。`,
    en: `Whose a disputed matter is, the duty lead of ${en} rules by agreement of both desks, and both are bound by it.`,
  };
  return written(catalogue, { code: "dutyArbiter", source, basis, document }, sentence);
}

/** By what a matter goes to the other desk. */
function ofTransfer(catalogue: Catalogue, kind: TransferKind, to: Transfer["to"], code: string | null): Explanation {
  const transfer = { kind, to, item: code === null ? null : findItem(catalogue, code) };
  const { item } = transfer;
  const { said, clause, basis, document } = restOfTransfer(catalogue, transfer);
  const row = { code: item?.code ?? kind, source: clause, basis, document, noteZh: item?.noteZh ?? null };
  return written(catalogue, row, proposedOrNot(said, basis));
}

function ofItem(catalogue: Catalogue, item: CatalogueItem | null): Explanation | null {
  return ofRow(catalogue, item, verdictSentence);
}

function ofRow<T extends Row>(catalogue: Catalogue, row: T | null, say: (row: T) => Spoken): Explanation | null {
  return row === null ? null : written(catalogue, row, say(row));
}

function written(catalogue: Catalogue, row: Row, sentence: Spoken): Explanation {
  const clause = catalogue.clauses.find((known) => known.key === row.source);
  return {
    code: row.code,
    version: catalogue.head.version,
    clause: row.source,
    clauseTitleZh: clause?.titleZh ?? row.source,
    sourceText: clause?.textZh ?? null,
    documentZh: paperOf(catalogue, row),
    sentenceZh: sentence.zh,
    sentenceEn: sentence.en,
    basis: row.basis,
    basisZh: BASIS_WORDS[row.basis].zh,
    basisEn: BASIS_WORDS[row.basis].en,
    doubtZh: row.noteZh ?? null,
  };
}

/** The paper that allows a changed row, else the plan whose clause the row names: `nmg:a1.1` is of `nmg-2022-89`. */
function paperOf({ documents, head }: Catalogue, row: Row): string {
  const prefix = `${row.source.split(":")[0] ?? ""}-`;
  const paper = documents.find(({ code }) => (row.document === null ? code.startsWith(prefix) : code === row.document));
  const { titleZh, number } = paper ?? head.document;
  return number === null ? titleZh : `${titleZh}（${number}）`;
}

function ofDecision(catalogue: Catalogue, group: string, answers: Answers): Explanation | null {
  const step = nextQuestion(catalogue, group, answers);
  if (step?.kind !== "outcome") return null;
  const code = step.item === NEGOTIATE ? "Z00-01" : step.item;
  const item = findItem(catalogue, code);
  if (item === null) return null;
  const last = step.path.at(-1)?.question ?? null;
  const weak = step.basis === "default" ? "default" : item.basis;
  const explained = ofItem(catalogue, { ...item, basis: weak });
  return explained === null ? null : { ...explained, doubtZh: last?.noteZh ?? item.noteZh };
}
