import { parseArgs } from "node:util";
import type { Encoding } from "./gb18030.ts";
import { readLocalTime } from "./local-time.ts";

/** What both systems are started with; docs/legacy.md, section 1. */
export type Options = {
  readonly port: number;
  readonly controlPort: number;
  readonly peer: string | null;
  readonly bugs: readonly string[];
  readonly seed: number;
  readonly chance: number;
  readonly lateMs: number;
  readonly retryMs: number;
  readonly encoding: Encoding;
  readonly stateFile: string | null;
  readonly startAt: number | null;
};

const COMMON = {
  port: { type: "string", default: "0" },
  "control-port": { type: "string", default: "0" },
  peer: { type: "string" },
  bug: { type: "string", default: "" },
  seed: { type: "string", default: "1" },
  chance: { type: "string", default: "1" },
  "late-seconds": { type: "string", default: "4" },
  "retry-seconds": { type: "string", default: "300" },
  encoding: { type: "string", default: "utf8" },
  state: { type: "string" },
  now: { type: "string" },
} as const;

/** Reads a command line; `own` are the options of one system alone, each with a value. Throws for what it does not know. */
export function readOptions(
  args: readonly string[],
  own: readonly string[],
): { readonly options: Options; readonly own: { readonly [name: string]: string | undefined } } {
  const extra = Object.fromEntries(own.map((name) => [name, { type: "string" as const }]));
  const values: { readonly [name: string]: string | boolean | undefined } = parseArgs({
    args: [...args],
    options: { ...extra, ...COMMON },
  }).values;
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
  const number = (name: string): number => {
    const value = Number(text(name));
    if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} must be a number from 0: ${text(name)}`);
    return value;
  };
  const encoding = text("encoding");
  if (encoding !== "utf8" && encoding !== "gb18030") throw new Error(`--encoding is utf8 or gb18030: ${encoding}`);
  const start = text("now");
  return {
    own: Object.fromEntries(own.map((name) => [name, text(name)])),
    options: {
      port: number("port"),
      controlPort: number("control-port"),
      peer: text("peer")?.replace(/\/$/, "") ?? null,
      bugs: (text("bug") ?? "").split(",").filter((name) => name !== ""),
      seed: number("seed"),
      chance: number("chance"),
      lateMs: number("late-seconds") * 1000,
      retryMs: number("retry-seconds") * 1000,
      encoding,
      stateFile: text("state") ?? null,
      startAt: start === undefined ? null : readLocalTime(start),
    },
  };
}
