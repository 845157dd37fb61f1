import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import { CATALOGUE_FILES, HEAD_FILE, overlayHead, parseHead, validateCatalogue } from "../../core/catalogue/index.ts";
import type { Catalogue, CatalogueFile, CatalogueProblem, Sheet } from "../../core/catalogue/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { readSheetFile, readTextFile } from "./read-sheet-file.ts";

/**
 * Reads a catalogue folder such as `catalogue/nmg-2022-89`. A folder whose head names a `base` holds the head only; its rows come
 * from the sibling folder of the base. Problems name the file inside the folder.
 * Errors: everything core/catalogue refuses, FILE_MISSING, FILE_UNREADABLE.
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
  return rows.ok ? overlayHead(rows.value, head.value) : rows;
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

async function readSheets(folder: string, head: unknown): Promise<Result<Catalogue, readonly CatalogueProblem[]>> {
  const sheets: Partial<Record<CatalogueFile, Sheet>> = {};
  const unreadable: CatalogueProblem[] = [];
  for (const file of CATALOGUE_FILES) {
    const sheet = await readSheetFile(join(folder, file), file);
    if (sheet.ok) sheets[file] = sheet.value;
    else unreadable.push(...sheet.error);
  }
  return unreadable.length > 0 ? err(unreadable) : validateCatalogue({ head, sheets });
}
