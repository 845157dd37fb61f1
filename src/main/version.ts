import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROGRAM_ROOT } from "./node/program-path.ts";

function readVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(join(PROGRAM_ROOT, "package.json"), "utf8"));
  return typeof parsed === "object" && parsed !== null && "version" in parsed ? String(parsed.version) : "0";
}

/** Version of the program, as in package.json. */
export const VERSION: string = readVersion();
