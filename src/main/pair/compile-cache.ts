import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROGRAM_ROOT } from "../node/program-path.ts";
import { digestOfSources } from "./source-digest.ts";

/** Node's own cache of stripped and compiled sources, by content; a folder that cannot be written is passed over. */
const FOLDER = join(PROGRAM_ROOT, ".liandong/compile-cache");
const STAMP = join(FOLDER, "primed-from");
const SOURCES = ["src", "package-lock.json"];

/** Loaded once, these leave nothing for a node to strip: the program itself, and the thread that signs. */
const ENTRIES: readonly (readonly string[])[] = [["src/main/cli.ts", "--version"], ["src/keys/sm2-worker.ts"]];

/** Where a node process finds what was compiled before. */
export const CACHE_ENVIRONMENT: Readonly<Record<string, string>> = { NODE_COMPILE_CACHE: FOLDER };

/**
 * Fills the cache before the first node of these sources starts, so that the first start is like every later one: a process
 * that strips types keeps the stripper for good (30 MB and more). Never fails.
 */
export async function primeCompileCache(): Promise<void> {
  try {
    const digest = await digestOfSources(SOURCES);
    if (existsSync(STAMP) && (await readFile(STAMP, "utf8")) === digest) return;
    await Promise.all(ENTRIES.map(loadOnce));
    await writeFile(STAMP, digest);
  } catch {
    // A cache is only ever faster.
  }
}

function loadOnce([file = "", ...args]: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(PROGRAM_ROOT, file), ...args], {
      stdio: "ignore",
      env: { ...process.env, ...CACHE_ENVIRONMENT },
    });
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
}
