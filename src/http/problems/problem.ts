import type { Policies } from "../../core/catalogue/index.ts";
import type { Ground, Grounds } from "../../core/explain/index.ts";
import type { Problem } from "../contract/index.ts";
import { EDGE_ROWS } from "./edge-rows.ts";
import type { AppCode, HttpCode } from "./edge-rows.ts";
import { FILE_ROWS } from "./file-rows.ts";
import type { FileCode } from "./file-rows.ts";
import { labelOf } from "./labels.ts";
import { zhOf } from "./row.ts";
import type { ProblemRow, ReadingSide } from "./row.ts";

/** Every code an answer of this node can carry. */
export type RefusalCode = FileCode | AppCode | HttpCode;

/** The one map: refusal code → status, texts, clause. */
export const PROBLEMS = { ...FILE_ROWS, ...EDGE_ROWS } as const satisfies Record<RefusalCode, ProblemRow>;

export const PROBLEM_MEDIA_TYPE = "application/problem+json; charset=utf-8";

/** A refusal as it reaches the edge. */
export type Refusal = {
  readonly code: RefusalCode;
  readonly params?: Readonly<Record<string, unknown>>;
  /** Texts that stand in place of `{what}`, one a language. */
  readonly what?: { readonly zh: string; readonly en: string };
};

/** Whether a text is one of our codes. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(PROBLEMS, code);
}

/** Who reads refusals: the desk whose words they are in, and what a refusal rests on there (clause, `agreement` or `default`; null = nothing but the program). */
export type Reader = { readonly side: ReadingSide; readonly refusalSource: (code: RefusalCode) => string | null };

/** Problem details (RFC 9457) of a refusal, as its reader is told it. `type` leads to the list of all codes that the node serves. */
export function problemOf(refusal: Refusal, requestId: string, { side, refusalSource }: Reader): Problem {
  const found: ProblemRow = PROBLEMS[refusal.code];
  const params = refusal.params ?? {};
  const source = refusalSource(refusal.code);
  return {
    type: `/api/problems#${refusal.code}`,
    title: fill(zhOf(found, side), { ...params, ...(refusal.what && { what: refusal.what.zh }) }, wordsOf("zh", side)),
    titleEn: fill(found.en, { ...params, ...(refusal.what && { what: refusal.what.en }) }, wordsOf("en", side)),
    status: found.status,
    code: refusal.code,
    ...(source === null ? {} : { source }),
    ...(Object.keys(params).length === 0 ? {} : { params }),
    requestId,
  };
}

type Words = { readonly comma: string; readonly of: (code: string) => string };

function wordsOf(language: "zh" | "en", side: ReadingSide): Words {
  return { comma: language === "zh" ? "、" : ", ", of: (code) => labelOf(code, language, side) };
}

function fill(text: string, params: Readonly<Record<string, unknown>>, words: Words): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => word(params[name], words));
}

function word(value: unknown, words: Words): string {
  if (Array.isArray(value)) return value.map((v) => word(v, words)).join(words.comma);
  if (typeof value === "string") return words.of(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return "—";
}

/** All refusals as a table, in alphabetical order, in the words of one desk. */
export function problemList(side: ReadingSide = "hotline"): readonly ProblemLine[] {
  return Object.keys(PROBLEMS)
    .sort()
    .flatMap((code) => findProblem(code, side) ?? []);
}

/** One of them; null = no code of ours. */
export function findProblem(code: string, side: ReadingSide): ProblemLine | null {
  if (!isRefusalCode(code)) return null;
  const { status, en, grounds, ...said }: ProblemRow = PROBLEMS[code];
  return { code, status, zh: zhOf(said, side), en, grounds };
}

type ProblemLine = Pick<ProblemRow, "status" | "zh" | "en" | "grounds"> & { readonly code: RefusalCode };

/** The policy whose number a refusal rests on; null = it rests on none, or the code is unknown. */
export function policyOfProblem(code: string): keyof Policies | null {
  const rows: Readonly<Record<string, ProblemRow>> = PROBLEMS;
  return rows[code]?.policy ?? null;
}

/** What a refusal rests on under each plan; null = nothing but the program, or the code is unknown. */
export function groundsOfProblem(code: string): Grounds | null {
  return isRefusalCode(code) ? PROBLEMS[code].grounds : null;
}

/** Markdown of `docs/generated/errors.md`. */
export function errorList(): string {
  const lines = problemList().map(
    ({ code, status, zh, en, grounds }) =>
      `| \`${code}\` | ${status} | ${zh} | ${en} | ${cell(grounds?.nmg)} | ${cell(grounds?.yn)} |`,
  );
  return [
    "# Refusals",
    "",
    "Generated from `src/http/problems`; `npm run gen` writes it. Every answer that is not a success is a problem detail (RFC 9457) with one of these codes.",
    "",
    "The last two columns say what a refusal rests on at a node under each plan: the clause that rules it, with its words; or, in brackets, the clause which the product's own rule serves (`default`, 待会商). A number of the catalogue is whose the version in force says it is.",
    "",
    "| code | HTTP | Chinese | English | Inner Mongolia | Yunnan |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}

function cell(ground: Ground | undefined): string {
  if (ground === undefined) return "";
  return ground.words === null ? `(${ground.clause})` : `${ground.clause} ${ground.words}`;
}
