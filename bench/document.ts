import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shownValue } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const FILE = join(import.meta.dirname, "../docs/benchmarks.md");
const BEGIN = "<!-- measured: written by npm run bench -- --document -->";
const END = "<!-- end of measured -->";

export type Measured = {
  readonly machine: string;
  readonly verdicts: readonly Verdict[];
  readonly quick: boolean;
  /** The questions that were asked. */
  readonly asked: readonly string[];
  readonly load: number;
};

/**
 * Puts a run's own figures into docs/benchmarks.md, so that none is copied by hand. A question that was not asked keeps the row of
 * the run that asked it last; each row says when it was measured.
 */
export function writeDocument(run: Measured): void {
  const text = readFileSync(FILE, "utf8");
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${FILE} has no place for the figures`);
  const known = rowsOf(text.slice(from, to));
  writeFileSync(FILE, `${text.slice(0, from)}${BEGIN}\n${tableOf(run, known)}\n${text.slice(to)}`);
}

/** The rows of a table of figures, by what they measure. */
export function rowsOf(table: string): ReadonlyMap<string, string> {
  const rows = table.split("\n").filter((line) => line.startsWith("| "));
  return new Map(rows.slice(2).map((line) => [line.split(" | ")[0]?.slice(2) ?? "", line]));
}

/** The head of the run, then a row for each figure: those of this run in place of older ones of the same name. */
export function tableOf(run: Measured, known: ReadonlyMap<string, string>, now: Date = new Date()): string {
  const { machine, verdicts, quick, asked, load } = run;
  const at = now.toISOString().slice(0, 16).replace("T", " ");
  const kind = `${quick ? "Short" : "Long"} run (${asked.join(", ")})`;
  const head = `Last: ${kind} at ${at} UTC: ${machine}. Load average at the end ${load.toFixed(1)}.`;
  const fresh = verdicts.map((v): [string, string] => {
    const sign = v.direction === "atLeast" ? "≥" : "≤";
    const value = `| ${sign} ${shownValue(v.limit, v.unit)} | **${shownValue(v.measured, v.unit)}** | ${v.passed ? "yes" : "**no**"} | ${at} | ${v.detail} |`;
    return [v.what, `| ${v.what} ${value}`];
  });
  return [
    head,
    "",
    "| measured | limit | value | within | at (UTC) | behind it |",
    "| --- | --- | --- | --- | --- | --- |",
    ...new Map([...known, ...fresh]).values(),
  ].join("\n");
}
