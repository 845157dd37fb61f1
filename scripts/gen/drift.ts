import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Generator } from "./generator.ts";

/** Writes what differs; resolves to the files that were written. */
export async function writeGenerated(root: string, generators: readonly Generator[]): Promise<readonly string[]> {
  const written: string[] = [];
  for (const generator of generators) {
    const text = await generator.make(root);
    const path = join(root, generator.file);
    if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    written.push(generator.file);
  }
  return written;
}

/** How the committed file differs from what would be made now, or null. Nothing is written. */
export async function driftOf(root: string, generator: Generator): Promise<string | null> {
  const text = await generator.make(root);
  const path = join(root, generator.file);
  if (!existsSync(path)) return `${generator.file} is missing: npm run gen`;
  const committed = readFileSync(path, "utf8");
  if (committed === text) return null;
  const [now, then] = [text.split("\n"), committed.split("\n")];
  const line = now.findIndex((one, index) => one !== then[index]);
  const at = line < 0 ? now.length : line;
  return `${generator.file}:${at + 1} is stale: npm run gen\n    committed: ${then[at] ?? "(end)"}\n    made now:  ${now[at] ?? "(end)"}`;
}
