import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { assemble, collectRows, rowsToCheck } from "./assemble.ts";
import type { ReadFile } from "./assemble.ts";
import type { Catalogue, CatalogueHead } from "./catalogue.ts";
import { crossCheck } from "./cross-check.ts";
import { CATALOGUE_COLUMNS, CATALOGUE_FILES } from "./files.ts";
import type { RawCatalogue } from "./files.ts";
import { HEAD_FILE, parseHead } from "./head.ts";
import { noteDuplicates, readSheet } from "./sheet.ts";
import type { CatalogueProblem } from "./sheet.ts";
import { checkStandingOrder } from "./standing-order.ts";

/**
 * Decides whether a folder of sheets is a catalogue we may judge by. Every problem names file, row (line of the sheet) and
 * rule; all are found in one pass (rules over several sheets only once every sheet is there). A head with a `base` is
 * refused here (BASE_DIFFERS): read the base and use `overlayCatalogue`.
 * @req REQ-08 @req REQ-20
 */
export function validateCatalogue(raw: RawCatalogue): Result<Catalogue, readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  const head = parseHead(raw.head);
  problems.push(...(head.ok ? [...standsAlone(head.value), ...checkStandingOrder(head.value.policies)] : head.error));
  const rows = collectRows(readerOfSheets(raw, problems), null);
  if (CATALOGUE_FILES.every((file) => raw.sheets[file] !== undefined))
    crossCheck(rowsToCheck(rows), head.ok ? head.value : null, problems);
  if (!head.ok || problems.length > 0) return err(problems);
  return ok(assemble(rows, head.value, null, []));
}

function standsAlone(head: CatalogueHead): readonly CatalogueProblem[] {
  return head.base === null ? [] : [{ file: HEAD_FILE, row: null, code: "BASE_DIFFERS", detail: head.base }];
}

function readerOfSheets(raw: RawCatalogue, problems: CatalogueProblem[]): ReadFile {
  for (const file of CATALOGUE_FILES) {
    if (raw.sheets[file] === undefined) problems.push({ file, row: null, code: "FILE_MISSING", detail: file });
  }
  return (file, make) => {
    const sheet = raw.sheets[file];
    if (sheet === undefined) return [];
    noteDuplicates({ ...sheet, file }, file === "clauses.csv" ? "key" : "code", problems);
    return readSheet({ ...sheet, file }, CATALOGUE_COLUMNS[file], problems, (row) => ({
      line: row.line,
      row: make(row),
    }));
  };
}
