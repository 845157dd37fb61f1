import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Sizes in bytes of the server's log files at one moment, by file name. */
export type ServerLogMark = ReadonlyMap<string, number>;

const TAIL_CHARS = 8_000;

function readLogs(pgdata: string): ReadonlyMap<string, Buffer> {
  const folder = join(pgdata, "log");
  try {
    return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  } catch {
    return new Map();
  }
}

/** Where the server's log stands before a start. */
export function markServerLog(pgdata: string): ServerLogMark {
  return new Map([...readLogs(pgdata)].map(([name, bytes]) => [name, bytes.length]));
}

/** The end of what the server logged since `mark`: its standard error falls silent long before it may fail. */
export function readServerLogSince(pgdata: string, mark: ServerLogMark): string {
  return [...readLogs(pgdata)]
    .map(([name, bytes]) => bytes.subarray(mark.get(name) ?? 0).toString("utf8"))
    .join("")
    .slice(-TAIL_CHARS);
}
