import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { PROGRAM_ROOT } from "../node/program-path.ts";

/** Node's own cache of stripped and compiled sources, by content; a folder that cannot be written is passed over. */
const FOLDER = join(PROGRAM_ROOT, ".liandong/compile-cache");

/**
 * How each node process is started. Without the cache every process loads the stripper of types (45 MB with its threads)
 * and strips each file again; without the bound its young generation grows by another 25 MB and more under load.
 * Measured after the start: 218 MB resident without both, 155 MB with both.
 */
export const NODE_ARGUMENTS: readonly string[] = ["--max-semi-space-size=4"];
export const NODE_ENVIRONMENT: Readonly<Record<string, string>> = { NODE_COMPILE_CACHE: FOLDER };

/** Fills the cache before the first node starts, so that the first start is like every later one. Never fails. */
export function primeCompileCache(): Promise<void> {
  if (existsSync(FOLDER)) return Promise.resolve();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(PROGRAM_ROOT, "src/main/cli.ts"), "--version"], {
      stdio: "ignore",
      env: { ...process.env, ...NODE_ENVIRONMENT },
    });
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
}
