import { type Options, readOptions } from "./options.ts";

/** Options as a command line would give them, at eight in the morning of a Friday. */
export function specimenOptions(...args: readonly string[]): Options {
  return readOptions(["--now", "2026-11-20 08:00:00", ...args], []).options;
}
