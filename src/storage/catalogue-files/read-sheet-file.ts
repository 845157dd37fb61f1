import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type { CatalogueProblem, Sheet } from "../../core/catalogue/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";

/**
 * What bytes a sheet may be written in: `utf8` with or without byte order mark; `chinese` also GB18030, which Excel and WPS on
 * Chinese Windows write when a sheet is saved as plain CSV.
 */
export type Encoding = "utf8" | "chinese";

/**
 * Reads one CSV file into a sheet named `file` in problems.
 * Errors: FILE_MISSING, FILE_UNREADABLE (not in the encoding, a workbook, broken quotes, a row longer or shorter than the header).
 */
export async function readSheetFile(
  path: string,
  file: string,
  encoding: Encoding = "utf8",
): Promise<Result<Sheet, readonly CatalogueProblem[]>> {
  const text = await readTextFile(path, file, encoding);
  return text.ok ? parseSheet(text.value, file) : text;
}

/** The text of a file; with `utf8` a byte that is not UTF-8 (a sheet saved as GBK) is an error, not a rubbish name. */
export async function readTextFile(
  path: string,
  file: string,
  encoding: Encoding = "utf8",
): Promise<Result<string, readonly CatalogueProblem[]>> {
  try {
    return textOfBytes(await readFile(path), file, encoding);
  } catch (error) {
    const gone = error instanceof Error && "code" in error && error.code === "ENOENT";
    return err([{ file, row: null, code: gone ? "FILE_MISSING" : "FILE_UNREADABLE", detail: messageOf(error) }]);
  }
}

/**
 * The text of bytes already read. Errors: FILE_UNREADABLE for what is not in the encoding, and with `chinese` for what a
 * spreadsheet program saved instead of CSV.
 */
export function textOfBytes(
  bytes: Uint8Array,
  file: string,
  encoding: Encoding = "utf8",
): Result<string, readonly CatalogueProblem[]> {
  const unreadable = (detail: string): Result<string, readonly CatalogueProblem[]> =>
    err([{ file, row: null, code: "FILE_UNREADABLE", detail }]);
  const strange = encoding === "chinese" ? whatItIs(bytes) : null;
  if (strange !== null) return unreadable(strange);
  try {
    return ok(encoding === "chinese" && !isUtf8(bytes) ? decoded(bytes, "gb18030") : decoded(bytes, "utf-8"));
  } catch (error) {
    return unreadable(messageOf(error));
  }
}

function decoded(bytes: Uint8Array, encoding: "utf-8" | "gb18030"): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

/** What a spreadsheet program may have saved instead of CSV, told so that a person can save it again; null = it may be a sheet. */
function whatItIs(bytes: Uint8Array): string | null {
  const begins = (...first: readonly number[]): boolean => first.every((byte, i) => bytes[i] === byte);
  if (begins(0x50, 0x4b, 0x03, 0x04) || begins(0xd0, 0xcf, 0x11, 0xe0))
    return "这是工作簿，请另存为“CSV UTF-8” / this is a workbook: save it as CSV UTF-8";
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff))
    return "这是 UTF-16（Unicode 文本），请另存为“CSV UTF-8” / this is UTF-16 text: save it as CSV UTF-8";
  return null;
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
