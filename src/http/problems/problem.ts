import type { Policies } from "../../core/catalogue/index.ts";
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
  readonly source?: string;
  /** Texts that stand in place of `{what}`, one a language. */
  readonly what?: { readonly zh: string; readonly en: string };
};

/** Whether a text is one of our codes. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(PROBLEMS, code);
}

/** Problem details (RFC 9457) of a refusal, in the words of the desk that reads it. `type` leads to the list of all codes that the node serves. */
export function problemOf(refusal: Refusal, requestId: string, side: ReadingSide): Problem {
  const found: ProblemRow = PROBLEMS[refusal.code];
  const params = refusal.params ?? {};
  const source = refusal.source ?? found.source;
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

/**
 * All refusals as a table, in alphabetical order, in the words of one desk: for the documentation (12345's) and for
 * `GET /api/problems`.
 */
export function problemList(
  side: ReadingSide = "hotline",
): readonly (Omit<ProblemRow, "zhPolice" | "policy"> & { readonly code: string })[] {
  return Object.entries<ProblemRow>(PROBLEMS)
    .map(([code, found]) => ({ code, status: found.status, zh: zhOf(found, side), en: found.en, source: found.source }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The policy whose number a refusal rests on; null = it rests on none, or the code is unknown. */
export function policyOfProblem(code: string): keyof Policies | null {
  const rows: Readonly<Record<string, ProblemRow>> = PROBLEMS;
  return rows[code]?.policy ?? null;
}

/** Markdown of `docs/generated/errors.md`. */
export function errorList(): string {
  const lines = problemList().map((p) => `| \`${p.code}\` | ${p.status} | ${p.zh} | ${p.en} | ${p.source ?? ""} |`);
  return [
    "# Refusals",
    "",
    "Generated from `src/http/problems`; `npm run gen` writes it. Every answer that is not a success is a problem detail (RFC 9457) with one of these codes.",
    "",
    "| code | HTTP | Chinese | English | source |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}
