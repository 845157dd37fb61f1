import { access } from "node:fs/promises";
import { join } from "node:path";
import { readRuleFile } from "../../classification/index.ts";
import { readCatalogue, readDirectory } from "../../storage/catalogue-files/index.ts";
import type { NodeConfig } from "../config/load.ts";
import { programPath } from "../node/program-path.ts";
import { placesOfProgram, townsOfProgram } from "../node/seed.ts";
import type { CatalogueFacts, FileProblem } from "./probe.ts";

const CUE_WORDS = "cue-words.csv";

/** Reads the catalogue, the directory of units and the cue words as a start would. */
export async function lookAtCatalogue({ folder, units }: NodeConfig["catalogue"]): Promise<CatalogueFacts> {
  const read = await readCatalogue(programPath(folder));
  if (!read.ok) return { folder, version: null, problems: read.error };
  const problems: FileProblem[] = [];
  const known = {
    catalogue: read.value,
    regions: await placesOfProgram(),
    towns: townsOfProgram(),
  };
  const directory = await readDirectory(programPath(units), known);
  if (!directory.ok) problems.push(...directory.error);
  const cues = await readRuleFile(join(programPath(folder), CUE_WORDS), read.value);
  // A catalogue without cue words suggests nothing, which is allowed.
  if (!cues.ok && cues.error.every((problem) => problem.code !== "RULE_FILE_MISSING"))
    problems.push(...cues.error.map((problem) => ({ file: CUE_WORDS, ...problem })));
  return { folder, version: read.value.head.version, problems };
}

export async function lookAtScreens(root: string): Promise<{ readonly folder: string; readonly built: boolean }> {
  const folder = join(root, "dist", "web");
  const built = await access(join(folder, "index.html")).then(
    () => true,
    () => false,
  );
  return { folder, built };
}
