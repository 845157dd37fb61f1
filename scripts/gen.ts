/** `npm run gen` makes the generated files; with --check it only says which are stale (exit code 1). */
import { join } from "node:path";
import { driftOf, writeGenerated } from "./gen/drift.ts";
import { generators } from "./gen/generators.ts";

const root = join(import.meta.dirname, "..");

if (process.argv.includes("--check")) {
  for (const generator of generators) {
    const drift = await driftOf(root, generator);
    if (drift === null) continue;
    console.log(drift);
    process.exitCode = 1;
  }
} else {
  const written = await writeGenerated(root, generators);
  console.log(written.length === 0 ? "all generated files are up to date" : `written: ${written.join(", ")}`);
}
