import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_LINKAGE_POLICY, LINKAGE_TABLES, TIMERS } from "../../src/core/linkage/index.ts";
import type { LinkageRole, Row } from "../../src/core/linkage/index.ts";
import type { Generator } from "./generator.ts";
import { codes, table } from "./markdown.ts";

const FILE = "docs/protocol/linkage.md";

/** docs/protocol/linkage.md: prose by hand, the tables between their marks from the tables that decide. */
export const linkageGenerator: Generator = {
  name: "linkage",
  file: FILE,
  make: (root) => fillMarks(readFileSync(join(root, FILE), "utf8"), linkageParts()),
};

/** Replaces what stands between `<!-- table NAME -->` and `<!-- end NAME -->`. A mark that nothing fills, or a part without a mark, throws. */
export function fillMarks(text: string, parts: Readonly<Record<string, readonly string[]>>): string {
  const filled = new Set<string>();
  const made = text.replace(
    /(<!-- table ([\w-]+) -->\n)[\s\S]*?(<!-- end \2 -->)/g,
    (_, begin: string, name: string, end: string) => {
      const lines = parts[name];
      if (lines === undefined) throw new Error(`no table is called ${name}`);
      filled.add(name);
      return `${begin}\n${lines.join("\n")}\n\n${end}`;
    },
  );
  const missing = Object.keys(parts).filter((name) => !filled.has(name));
  if (missing.length > 0) throw new Error(`no mark for ${missing.join(", ")}`);
  return made;
}

export function linkageParts(): Readonly<Record<string, readonly string[]>> {
  return {
    "hand-over-sender": rowsOf(LINKAGE_TABLES.clear ?? [], "S"),
    "hand-over-receiver": rowsOf(LINKAGE_TABLES.clear ?? [], "R"),
    "urgent-sender": rowsOf(LINKAGE_TABLES.urgent ?? [], "S"),
    "urgent-receiver": rowsOf(LINKAGE_TABLES.urgent ?? [], "R"),
    "joint-sender": rowsOf(LINKAGE_TABLES.joint ?? [], "S"),
    "joint-receiver": rowsOf(LINKAGE_TABLES.joint ?? [], "R"),
    "notice-sender": rowsOf(LINKAGE_TABLES.notice ?? [], "S"),
    "notice-receiver": rowsOf(LINKAGE_TABLES.notice ?? [], "R"),
    "support-sender": rowsOf(LINKAGE_TABLES.support ?? [], "S"),
    "support-receiver": rowsOf(LINKAGE_TABLES.support ?? [], "R"),
    timers: timerRows(),
  };
}

function rowsOf(rows: readonly Row[], role: LinkageRole): readonly string[] {
  return table(
    ["row", "from", "on", "if", "refused with, unless", "to", "sends", "alarms", "noted"],
    rows
      .filter((row) => row.role === role)
      .map((row) => [
        row.id,
        row.from.map((state) => (state === "-" ? "(born)" : state)).join(", "),
        `\`${row.on}\``,
        (row.when ?? []).join(", "),
        (row.guards ?? []).join(", "),
        row.to,
        codes(row.sends),
        codes(row.alarms),
        row.noted ?? "",
      ]),
  );
}

type TimerRow = (typeof TIMERS)[number] & {
  readonly unless?: string;
  readonly repeats?: keyof typeof DEFAULT_LINKAGE_POLICY;
};

function timerRows(): readonly string[] {
  return table(
    ["timer", "at", "runs in", "not while", "counted from", "after", "repeats every"],
    TIMERS.map((row: TimerRow) => [
      row.timer,
      row.role,
      row.in.join(", "),
      row.unless ?? "",
      row.since === "set" ? "the moment it starts to run" : row.since,
      durationOf(DEFAULT_LINKAGE_POLICY[row.after]),
      row.repeats === undefined ? "" : durationOf(DEFAULT_LINKAGE_POLICY[row.repeats]),
    ]),
  );
}

function durationOf(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1_000} s`;
}
