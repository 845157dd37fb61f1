import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { numberOf, parseObject, parseText, textOf } from "../client/json.ts";

/** How far a file was imported into a node: every line up to `line` is settled. */
export type Checkpoint = {
  readonly node: string;
  readonly file: string;
  readonly line: number;
  readonly totals: Totals;
};
export type Totals = { readonly registered: number; readonly known: number; readonly rejected: number };

/** Whether every line of the file was rejected: a run that brought nothing in has not done what it was asked. */
export function nothingTaken({ registered, known, rejected }: Totals): boolean {
  return rejected > 0 && registered + known === 0;
}

export const NO_TOTALS: Totals = { registered: 0, known: 0, rejected: 0 };
const HEAD_BYTES = 65_536;

/** Tells one file from another: its size and its first bytes. A file that changed starts again from its first line. */
export function fingerprintOf(path: string): string {
  const handle = openSync(path, "r");
  try {
    const { size } = fstatSync(handle);
    const head = Buffer.alloc(Math.min(HEAD_BYTES, size));
    readSync(handle, head, 0, head.length, 0);
    return createHash("sha256").update(`${size}\n`).update(head).digest("hex").slice(0, 32);
  } finally {
    closeSync(handle);
  }
}

/** The checkpoint of exactly this file and node, or null. */
export function loadCheckpoint(path: string, node: string, file: string): Checkpoint | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return null;
  }
  const row = parseObject(parseText(text));
  const totals = parseObject(row["totals"]);
  const line = numberOf(row["line"]);
  if (textOf(row["node"]) !== node || textOf(row["file"]) !== file || line === null) return null;
  const count = (name: string): number => numberOf(totals[name]) ?? 0;
  return {
    node,
    file,
    line,
    totals: { registered: count("registered"), known: count("known"), rejected: count("rejected") },
  };
}

/** Written beside and renamed, so that a cut never leaves half a checkpoint. */
export function saveCheckpoint(path: string, checkpoint: Checkpoint): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(checkpoint)}\n`);
  renameSync(`${path}.new`, path);
}

export function dropCheckpoint(path: string): void {
  rmSync(path, { force: true });
}

/** Settled lines that arrive in any order; `line` is the last one before which none is missing. */
export type Frontier = { readonly settle: (line: number, totals: Totals) => void; readonly at: () => Settled };
type Settled = { readonly line: number; readonly totals: Totals };

export function createFrontier(start: Settled): Frontier {
  const ahead = new Map<number, Totals>();
  let settled = start;
  return {
    settle: (line, totals) => {
      ahead.set(line, totals);
      for (let next = ahead.get(settled.line + 1); next !== undefined; next = ahead.get(settled.line + 1)) {
        ahead.delete(settled.line + 1);
        settled = { line: settled.line + 1, totals: plus(settled.totals, next) };
      }
    },
    at: () => settled,
  };
}

export function plus(a: Totals, b: Totals): Totals {
  return { registered: a.registered + b.registered, known: a.known + b.known, rejected: a.rejected + b.rejected };
}
