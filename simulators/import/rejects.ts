import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { numberOf, parseObject, parseText } from "../client/json.ts";
import type { RejectCode } from "./record.ts";

/** A line that was not registered. Its text is left out: the file may be handed around. */
export type Reject = { readonly line: number; readonly code: RejectCode; readonly id: string | null };

/** Starts the file of rejects: empty, or with what a former run had settled up to its checkpoint. */
export function openRejects(path: string, keepUpTo: number): (reject: Reject) => void {
  const former = keepUpTo > 0 && existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const kept = former.filter((line) => {
    const at = numberOf(parseObject(parseText(line))["line"]);
    return at !== null && at <= keepUpTo;
  });
  writeFileSync(path, kept.map((line) => `${line}\n`).join(""));
  return (reject) => appendFileSync(path, `${JSON.stringify(reject)}\n`);
}
