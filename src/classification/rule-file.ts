import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parse } from "csv-parse/sync";
import { BASES, mayMachineJudge } from "../core/catalogue/index.ts";
import type { Basis, Catalogue } from "../core/catalogue/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { ItemCode, Result } from "../kernel/index.ts";
import { folded } from "./folded.ts";

/** One row: when `word` stands in a text, it speaks for `item`. All texts are folded (see `folded`). */
export type CueRule = {
  /** Line in the file, the header is line 1. */
  readonly line: number;
  readonly word: string;
  readonly item: ItemCode;
  /** How much it says by itself, 0.05 to 0.95. */
  readonly weight: number;
  /** At least one of these must stand in the text too; empty = nothing more is needed. */
  readonly needs: readonly string[];
  /** None of these may stand in the text. */
  readonly excludes: readonly string[];
  readonly basis: Basis;
};

/** A checked rule file. `name` holds the file's name and the first 8 digits of its SM3: which version spoke. */
export type RuleFile = { readonly name: string; readonly rules: readonly CueRule[] };

export type RuleFileProblemCode =
  | "RULE_FILE_MISSING"
  | "RULE_FILE_UNREADABLE"
  | "RULE_COLUMNS_WRONG"
  | "RULE_WORD_SHORT"
  | "RULE_ITEM_UNKNOWN"
  | "RULE_ITEM_FOR_PERSONS"
  | "RULE_WEIGHT_WRONG"
  | "RULE_BASIS_UNKNOWN"
  | "RULE_NEVER_APPLIES"
  | "RULE_DOUBLE";

/** What is wrong and where; `row` is the line in the file, null for the whole file. */
export type RuleFileProblem = {
  readonly row: number | null;
  readonly code: RuleFileProblemCode;
  readonly detail: string;
};

/** What rules may speak for: items, and which of them only a person may judge. */
type Judged = Pick<Catalogue, "items" | "exclusions">;

const COLUMNS = ["word", "item", "weight", "needs", "excludes", "basis"] as const;
type Column = (typeof COLUMNS)[number];
type Row = { readonly line: number; readonly cells: Readonly<Record<Column, string>> };
const WEIGHT = { least: 0.05, most: 0.95 };

/**
 * Reads a rule file such as `catalogue/nmg-2022-89/cue-words.csv`. Every wrong row is named, and one wrong row refuses the
 * file: rules that half apply would be explained by what nobody checked.
 */
export async function readRuleFile(
  path: string,
  catalogue: Judged,
): Promise<Result<RuleFile, readonly RuleFileProblem[]>> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
    return parseRuleFile(text, basename(path), catalogue);
  } catch (fault) {
    const missing = fault instanceof Error && "code" in fault && fault.code === "ENOENT";
    return err([{ row: null, code: missing ? "RULE_FILE_MISSING" : "RULE_FILE_UNREADABLE", detail: messageOf(fault) }]);
  }
}

/** The rules in a CSV text (columns word, item, weight, needs, excludes, basis; several words in a cell are divided by `|`). */
export function parseRuleFile(
  text: string,
  fileName: string,
  catalogue: Judged,
): Result<RuleFile, readonly RuleFileProblem[]> {
  const rows = rowsOf(text);
  if (!rows.ok) return rows;
  const items = new Map(catalogue.items.map((item) => [String(item.code), item.code]));
  const forPersons = new Set(
    catalogue.items.map(({ code }) => code).filter((code) => !mayMachineJudge(catalogue, code)),
  );
  const problems: RuleFileProblem[] = [];
  const known = new Map<string, number>();
  const rules: CueRule[] = [];
  for (const row of rows.value) {
    const rule = ruleOf(row, items, problems);
    if (rule === null) continue;
    if (forPersons.has(rule.item)) problems.push({ row: rule.line, code: "RULE_ITEM_FOR_PERSONS", detail: rule.item });
    const key = [rule.word, rule.item, rule.needs.toSorted().join("|")].join(" ");
    const first = known.get(key);
    if (first === undefined) known.set(key, rule.line);
    else problems.push({ row: rule.line, code: "RULE_DOUBLE", detail: `as row ${first}` });
    rules.push(rule);
  }
  if (problems.length > 0) return err(problems);
  const digest = createHash("sm3").update(text).digest("hex").slice(0, 8);
  return ok({ name: `${fileName}@${digest}`, rules });
}

function rowsOf(text: string): Result<readonly Row[], readonly RuleFileProblem[]> {
  let records: readonly CsvRecord[];
  try {
    records = parseRecords(text);
  } catch (fault) {
    return err([{ row: null, code: "RULE_FILE_UNREADABLE", detail: messageOf(fault) }]);
  }
  const [header, ...rest] = records;
  const columns = header?.record ?? [];
  if (columns.join() !== COLUMNS.join())
    return err([{ row: 1, code: "RULE_COLUMNS_WRONG", detail: `${columns.join()}; wanted ${COLUMNS.join()}` }]);
  return ok(
    rest.map(({ record, info }) => {
      const [word = "", item = "", weight = "", needs = "", excludes = "", basis = ""] = record;
      return { line: info.lines, cells: { word, item, weight, needs, excludes, basis } };
    }),
  );
}

type CsvRecord = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

function parseRecords(text: string): readonly CsvRecord[] {
  return parse(text, { bom: true, info: true, skip_empty_lines: true }) as unknown as readonly CsvRecord[];
}

function ruleOf(
  { line, cells }: Row,
  items: ReadonlyMap<string, ItemCode>,
  problems: RuleFileProblem[],
): CueRule | null {
  const before = problems.length;
  const note = (code: RuleFileProblemCode, detail: string): void => {
    problems.push({ row: line, code, detail });
  };
  const word = folded(cells.word.trim());
  const [needs, excludes] = [wordsIn(cells.needs), wordsIn(cells.excludes)];
  // A single character stands in too many words to say anything.
  for (const one of [word, ...needs, ...excludes]) if ([...one].length < 2) note("RULE_WORD_SHORT", `"${one}"`);
  const item = items.get(cells.item);
  if (item === undefined) note("RULE_ITEM_UNKNOWN", cells.item);
  const weight = /^0\.\d{1,4}$/.test(cells.weight) ? Number(cells.weight) : Number.NaN;
  if (!(weight >= WEIGHT.least && weight <= WEIGHT.most))
    note("RULE_WEIGHT_WRONG", `${cells.weight}; ${WEIGHT.least} to ${WEIGHT.most} wanted`);
  const basis = BASES.find((one) => one === cells.basis);
  if (basis === undefined) note("RULE_BASIS_UNKNOWN", cells.basis);
  const contradiction = excludes.find((one) => word.includes(one) || (needs.length === 1 && needs[0]?.includes(one)));
  if (contradiction !== undefined) note("RULE_NEVER_APPLIES", `excludes its own word ${contradiction}`);
  if (problems.length > before || item === undefined || basis === undefined) return null;
  return { line, word, item, weight, needs, excludes, basis };
}

function wordsIn(cell: string): readonly string[] {
  return cell === "" ? [] : cell.split("|").map((one) => folded(one.trim()));
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
