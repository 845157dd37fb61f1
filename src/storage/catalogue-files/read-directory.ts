import { basename } from "node:path";
import type { CatalogueProblem, CodeEntry } from "../../core/catalogue/index.ts";
import { parseUnits } from "../../core/directory/index.ts";
import type { Unit } from "../../core/directory/index.ts";
import type { Result } from "../../kernel/index.ts";
import { readSheetFile } from "./read-sheet-file.ts";

/** Reads a unit directory such as `catalogue/demo/units-150100.csv` against the catalogue's unit kinds. */
export async function readUnits(
  path: string,
  unitKinds: readonly CodeEntry[],
): Promise<Result<readonly Unit[], readonly CatalogueProblem[]>> {
  const sheet = await readSheetFile(path, basename(path));
  return sheet.ok ? parseUnits(sheet.value, unitKinds) : sheet;
}
