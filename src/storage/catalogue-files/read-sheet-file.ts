import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type { CatalogueProblem, Sheet } from "../../core/catalogue/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";

/**
 * Reads one CSV file (UTF-8, with or without byte order mark) into a sheet named `file` in problems.
 * Errors: FILE_MISSING, FILE_UNREADABLE (not UTF-8, broken quotes, a row longer or shorter than the header).
 */
export async function readSheetFile(path: string, file: string): Promise<Result<Sheet, readonly CatalogueProblem[]>> {
  const text = await readTextFile(path, file);
  return text.ok ? parseSheet(text.value, file) : text;
}

/** The text of a file; a byte that is not UTF-8 (a sheet saved as GBK) is an error, not a rubbish name. */
async function readTextFile(path: string, file: string): Promise<Result<string, readonly CatalogueProblem[]>> {
  try {
    return textOfBytes(await readFile(path), file);
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return err([{ file, row: null, code: missing ? "FILE_MISSING" : "FILE_UNREADABLE", detail: messageOf(error) }]);
  }
}

/** The text of bytes already read. Errors: FILE_UNREADABLE for what is not UTF-8. */
export function textOfBytes(bytes: Uint8Array, file: string): Result<string, readonly CatalogueProblem[]> {
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    return err([{ file, row: null, code: "FILE_UNREADABLE", detail: messageOf(error) }]);
  }
}

/** The sheet in a CSV text; `file` is its name in problems. Errors: FILE_UNREADABLE. */
export function parseSheet(text: string, file: string): Result<Sheet, readonly CatalogueProblem[]> {
  try {
    const records = parseRecords(text);
    const [header, ...rows] = records;
    if (header === undefined) return ok({ file, columns: [], rows: [] });
    const columns = header.record;
    return ok({
      file,
      columns,
      rows: rows.map(({ record, info }) => ({
        line: info.lines,
        cells: Object.fromEntries(columns.map((column, i) => [column, record[i] ?? ""])),
      })),
    });
  } catch (error) {
    return err([{ file, row: null, code: "FILE_UNREADABLE", detail: messageOf(error) }]);
  }
}

type CsvRecord = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

function parseRecords(text: string): readonly CsvRecord[] {
  return parse(text, { bom: true, info: true, skip_empty_lines: true }) as unknown as readonly CsvRecord[];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
