import { basename } from "node:path";
import type { CatalogueProblem, CodeEntry } from "../../core/catalogue/index.ts";
import { parseRegions, parseUnits } from "../../core/directory/index.ts";
import type { Region, Unit } from "../../core/directory/index.ts";
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

/** Reads a sheet of divisions such as `catalogue/places/counties-15-53.csv`. */
export async function readRegions(path: string): Promise<Result<readonly Region[], readonly CatalogueProblem[]>> {
  const sheet = await readSheetFile(path, basename(path));
  return sheet.ok ? parseRegions(sheet.value) : sheet;
}
