import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import {
  CATALOGUE_FILES,
  HEAD_FILE,
  overlayCatalogue,
  parseHead,
  validateCatalogue,
} from "../../core/catalogue/index.ts";
import type { Catalogue, CatalogueFile, CatalogueProblem, OverlaySheets, Sheet } from "../../core/catalogue/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { readSheetFile, readTextFile } from "./read-sheet-file.ts";

/**
 * Reads a catalogue folder such as `catalogue/nmg-2022-89`. A folder whose head names a `base` holds the head and the rows it
 * changes; all others come from the sibling folder of the base. Problems name the file inside the folder.
 * Errors: everything core/catalogue refuses, FILE_MISSING, FILE_UNREADABLE, FILE_UNKNOWN.
 */
export async function readCatalogue(folder: string): Promise<Result<Catalogue, readonly CatalogueProblem[]>> {
  const raw = await readHead(folder);
  if (!raw.ok) return raw;
  const head = parseHead(raw.value);
  if (!head.ok) return head;
  if (head.value.id !== basename(folder)) {
    return err([
      { file: HEAD_FILE, row: null, code: "HEAD_SHAPE", detail: `id is not the folder's name: ${head.value.id}` },
    ]);
  }
  const { base } = head.value;
  if (base === null) return readSheets(folder, raw.value);
  const rows = await readCatalogue(join(dirname(folder), base.slice(0, base.indexOf("@"))));
  if (!rows.ok) return rows;
  const sheets = await readOverlaySheets(folder);
  return sheets.ok ? overlayCatalogue(rows.value, head.value, sheets.value) : sheets;
}

async function readHead(folder: string): Promise<Result<unknown, readonly CatalogueProblem[]>> {
  const text = await readTextFile(join(folder, HEAD_FILE), HEAD_FILE);
  if (!text.ok) return text;
  try {
    return ok(parse(text.value));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return err([{ file: HEAD_FILE, row: null, code: "FILE_UNREADABLE", detail }]);
  }
}

/** Sheets beside the rules, read by others. */
const OTHER_SHEETS = ["cue-words.csv"];

/** Names of the sheets in a folder: a misspelt one must be told, not passed over. */
async function sheetNames(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".csv") && !OTHER_SHEETS.includes(name)).toSorted();
}

async function readOverlaySheets(folder: string): Promise<Result<OverlaySheets, readonly CatalogueProblem[]>> {
  const sheets: Record<string, Sheet> = {};
  const unreadable: CatalogueProblem[] = [];
  for (const file of await sheetNames(folder)) {
    const sheet = await readSheetFile(join(folder, file), file);
    if (sheet.ok) sheets[file] = sheet.value;
    else unreadable.push(...sheet.error);
  }
  return unreadable.length > 0 ? err(unreadable) : ok(sheets);
}

async function readSheets(folder: string, head: unknown): Promise<Result<Catalogue, readonly CatalogueProblem[]>> {
  const sheets: Partial<Record<CatalogueFile, Sheet>> = {};
  const unreadable = (await sheetNames(folder))
    .filter((name) => !CATALOGUE_FILES.some((file) => file === name))
    .map((file): CatalogueProblem => ({ file, row: null, code: "FILE_UNKNOWN", detail: file }));
  for (const file of CATALOGUE_FILES) {
    const sheet = await readSheetFile(join(folder, file), file);
    if (sheet.ok) sheets[file] = sheet.value;
    else unreadable.push(...sheet.error);
  }
  return unreadable.length > 0 ? err(unreadable) : validateCatalogue({ head, sheets });
}
