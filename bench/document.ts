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

/** Puts a run's own figures into docs/benchmarks.md, so that none is copied by hand. */
export function writeDocument(run: Measured): void {
  const text = readFileSync(FILE, "utf8");
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${FILE} has no place for the figures`);
  writeFileSync(FILE, `${text.slice(0, from)}${BEGIN}\n${tableOf(run)}\n${text.slice(to)}`);
}

function tableOf({ machine, verdicts, quick, asked, load }: Measured): string {
  const kind = `${quick ? "Short" : "Long"} run (${asked.join(", ")})`;
  const head = `${kind} of ${new Date().toISOString().slice(0, 10)}: ${machine}. Load average at the end ${load.toFixed(1)}.`;
  const rows = verdicts.map((v) => {
    const sign = v.direction === "atLeast" ? "≥" : "≤";
    return `| ${v.what} | ${sign} ${shownValue(v.limit, v.unit)} | **${shownValue(v.measured, v.unit)}** | ${v.passed ? "yes" : "**no**"} | ${v.detail} |`;
  });
  return [
    head,
    "",
    "| measured | limit | value | within | behind it |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}
