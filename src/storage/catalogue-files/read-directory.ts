import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Catalogue, CatalogueProblem, Sheet } from "../../core/catalogue/index.ts";
import { DIRECTORY_SHEETS, parseDirectory } from "../../core/directory/index.ts";
import type { DirectoryEntry, DirectorySheet } from "../../core/directory/index.ts";
import type { Region } from "../../core/places/index.ts";
import { err } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import type { TownBook } from "./read-places.ts";
import { readSheetFile } from "./read-sheet-file.ts";
import type { Encoding } from "./read-sheet-file.ts";

/** Where a directory's sheets lie: `units-150100.csv` and `served-150100.csv` side by side, or `units.csv` and so on in a folder. */
export type DirectoryFiles = { readonly folder: string; readonly suffix: string };

/** The name of the file of a sheet. */
export function directoryFile({ suffix }: Pick<DirectoryFiles, "suffix">, sheet: DirectorySheet): string {
  return `${sheet}${suffix}.csv`;
}

/**
 * Which files a path means: a folder with `units.csv`, or one sheet of units with the sheets of the same ending beside it
 * (`units-150100.csv` → `-150100`). A file with another name stands alone.
 */
export async function directoryFiles(path: string): Promise<DirectoryFiles> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return { folder: path, suffix: "" };
  const suffix = /^units(.*)\.csv$/.exec(basename(path))?.[1];
  return { folder: dirname(path), suffix: suffix ?? `/${basename(path)}` };
}

/** What the sheets are held against. */
export type KnownToFiles = {
  readonly catalogue: Catalogue;
  readonly regions: readonly Region[];
  readonly towns?: TownBook;
  /** The day on which somebody checks them, `yyyy-mm-dd`. */
  readonly today?: string;
};

/** Where no sheet holds the towns of a county, nobody can say that one does not exist. */
function isTownIn(towns: TownBook, code: string): boolean {
  return towns.townsOf(code).length === 0 || towns.nameOf(code) !== null;
}

/**
 * Reads a unit directory such as `catalogue/demo/units-150100.csv` with the sheets beside it. Only the units must be there.
 * Errors: FILE_MISSING, FILE_UNREADABLE and everything core/directory refuses, of all sheets at once.
 */
export async function readDirectory(
  path: string,
  known: KnownToFiles,
  encoding: Encoding = "utf8",
): Promise<Result<readonly DirectoryEntry[], readonly CatalogueProblem[]>> {
  const files = await directoryFiles(path);
  const alone = files.suffix.startsWith("/");
  const names = Object.keys(DIRECTORY_SHEETS).filter(isDirectorySheet);
  const sheets: Partial<Record<DirectorySheet, Sheet>> = {};
  const problems: CatalogueProblem[] = [];
  for (const name of alone ? (["units"] as const) : names) {
    const file = alone ? files.suffix.slice(1) : directoryFile(files, name);
    const sheet = await readSheetFile(join(files.folder, file), file, encoding);
    if (sheet.ok) sheets[name] = sheet.value;
    else if (name === "units" || sheet.error.some((problem) => problem.code !== "FILE_MISSING"))
      problems.push(...sheet.error);
  }
  const { units } = sheets;
  if (units === undefined || problems.length > 0) return err(problems);
  const regions = new Set<string>(known.regions.map((region) => region.code));
  const { catalogue, towns, today } = known;
  return parseDirectory(
    { ...sheets, units },
    {
      catalogue,
      regions,
      ...(today === undefined ? {} : { today }),
      ...(towns === undefined ? {} : { isTown: (code) => isTownIn(towns, code) }),
    },
  );
}

function isDirectorySheet(name: string): name is DirectorySheet {
  return name in DIRECTORY_SHEETS;
}
