import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PROGRAM_ROOT } from "../node/program-path.ts";

/** One digest of all files under `paths` (folders or single .json files, relative to the program). */
export async function digestOfSources(paths: readonly string[]): Promise<string> {
  const hash = createHash("sm3");
  for (const path of paths) {
    for (const file of await filesOf(path)) hash.update(file).update(await readFile(join(PROGRAM_ROOT, file)));
  }
  return hash.digest("hex");
}

async function filesOf(path: string): Promise<readonly string[]> {
  if (path.endsWith(".json")) return [path];
  const found = await readdir(join(PROGRAM_ROOT, path), { recursive: true, withFileTypes: true });
  return found
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name).slice(PROGRAM_ROOT.length + 1))
    .sort();
}
