import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import {
  CATALOGUE_FILES,
  EVERYDAY_FILE,
  HEAD_FILE,
  overlayCatalogue,
  parseHead,
  readEverydayWords,
  validateCatalogue,
} from "../../core/catalogue/index.ts";
import type {
  Catalogue,
  CatalogueFile,
  CatalogueHead,
  CatalogueProblem,
  EverydayWord,
  Sheet,
} from "../../core/catalogue/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { digestOfFiles, readFolderFiles } from "./folder-files.ts";
import type { FolderFiles } from "./folder-files.ts";
import { parseSheet, textOfBytes } from "./read-sheet-file.ts";

/** A catalogue with the files it was read from and the digest that names them; `base` is null when it stands alone. */
export type CheckedCatalogue = {
  readonly catalogue: Catalogue;
  readonly files: FolderFiles;
  readonly digest: string;
  readonly base: CheckedCatalogue | null;
};

/** Where the base of a folder comes from, by its version (`nmg-2022-89@4`). */
export type BaseOf = (version: string) => Promise<Result<CheckedCatalogue, readonly CatalogueProblem[]>>;

type Problems = readonly CatalogueProblem[];

/** Reads a catalogue folder such as `catalogue/nmg-2022-89`; see `readCatalogueFolder`. */
export async function readCatalogue(folder: string): Promise<Result<Catalogue, Problems>> {
  const read = await readCatalogueFolder(folder);
  return read.ok ? ok(read.value.catalogue) : read;
}

/**
 * Reads and checks a catalogue folder. A folder whose head names a `base` holds the head and the rows it changes; all others
 * come from the base: by default the sibling folder. Problems name the file inside the folder.
 * Errors: everything core/catalogue refuses, FILE_MISSING, FILE_UNREADABLE, FILE_UNKNOWN.
 */
export async function readCatalogueFolder(
  folder: string,
  baseOf: BaseOf = siblingOf(folder),
): Promise<Result<CheckedCatalogue, Problems>> {
  const files = await readFolderFiles(folder);
  if (!files.ok) return files;
  const head = headOf(files.value);
  if (!head.ok) return head;
  if (head.value.id !== basename(folder)) {
    const detail = `id is not the folder's name: ${head.value.id}`;
    return err([{ file: HEAD_FILE, row: null, code: "HEAD_SHAPE", detail }]);
  }
  const base = head.value.base === null ? ok(null) : await baseOf(head.value.base);
  return base.ok ? catalogueOfFiles(files.value, base.value) : base;
}

/** The folder beside this one in which a base is looked for. */
export function siblingOf(folder: string, above: readonly string[] = []): BaseOf {
  return async (version) => {
    const base = version.slice(0, version.indexOf("@"));
    const chain = [...above, basename(folder)];
    // A folder that rests on itself, also by way of others, would be read for ever.
    if (chain.includes(base))
      return err([{ file: HEAD_FILE, row: null, code: "HEAD_SHAPE", detail: `base: ${[...chain, base].join(" > ")}` }]);
    const next = join(dirname(folder), base);
    return readCatalogueFolder(next, siblingOf(next, chain));
  };
}

/** Checks files that lie in memory (as kept in a database) over the base their head names. */
export function catalogueOfFiles(
  files: FolderFiles,
  base: CheckedCatalogue | null,
): Result<CheckedCatalogue, Problems> {
  const head = headOf(files);
  if (!head.ok) return head;
  const sheets = sheetsOf(files, base !== null);
  if (!sheets.ok) return sheets;
  const catalogue =
    base === null
      ? validateCatalogue({ head: head.value, sheets: sheets.value })
      : overlayCatalogue(base.catalogue, head.value, sheets.value);
  if (!catalogue.ok) return catalogue;
  const said = files.get(EVERYDAY_FILE);
  const everyday = said === undefined ? ok([]) : everydayWordsOf(said, catalogue.value);
  if (!everyday.ok) return everyday;
  return ok({ catalogue: catalogue.value, files, digest: digestOfFiles(files, base?.digest ?? null), base });
}

/** The words of callers as kept, held against the items. */
export function everydayWordsOf(
  bytes: Uint8Array,
  catalogue: Pick<Catalogue, "items">,
): Result<readonly EverydayWord[], Problems> {
  const text = textOfBytes(bytes, EVERYDAY_FILE);
  const sheet = text.ok ? parseSheet(text.value, EVERYDAY_FILE) : text;
  return sheet.ok ? readEverydayWords(sheet.value, catalogue.items) : sheet;
}

/** The head among the files of a folder. */
export function headOf(files: FolderFiles): Result<CatalogueHead, Problems> {
  const bytes = files.get(HEAD_FILE);
  if (bytes === undefined) return err([{ file: HEAD_FILE, row: null, code: "FILE_MISSING", detail: HEAD_FILE }]);
  const text = textOfBytes(bytes, HEAD_FILE);
  if (!text.ok) return text;
  let raw: unknown;
  try {
    raw = parse(text.value);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return err([{ file: HEAD_FILE, row: null, code: "FILE_UNREADABLE", detail }]);
  }
  return parseHead(raw);
}

/** Sheets beside the rules, read by others. */
const OTHER_SHEETS: readonly string[] = ["cue-words.csv", EVERYDAY_FILE];

/** Every sheet of the folder; one that nobody reads is told, not passed over (an overlay's names are judged by the core). */
function sheetsOf(
  files: FolderFiles,
  isOverlay: boolean,
): Result<Readonly<Partial<Record<CatalogueFile, Sheet>>>, Problems> {
  const sheets: Record<string, Sheet> = {};
  const problems: CatalogueProblem[] = [];
  for (const [file, bytes] of files) {
    if (!file.endsWith(".csv") || OTHER_SHEETS.includes(file)) continue;
    if (!isOverlay && !CATALOGUE_FILES.some((name) => name === file))
      problems.push({ file, row: null, code: "FILE_UNKNOWN", detail: file });
    const text = textOfBytes(bytes, file);
    const sheet = text.ok ? parseSheet(text.value, file) : text;
    if (sheet.ok) sheets[file] = sheet.value;
    else problems.push(...sheet.error);
  }
  return problems.length > 0 ? err(problems) : ok(sheets);
}
