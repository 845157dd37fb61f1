/** One row of a sheet as read: its line in the file (the header is line 1) and its cells by column name. */
export type SheetRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> };

/** A sheet as read from a file, not yet checked. */
export type Sheet = {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly SheetRow[];
};

/** What is wrong with a file: where, by which rule, and the words that show it. `row` is null for the whole file. */
export type CatalogueProblem = {
  readonly file: string;
  readonly row: number | null;
  readonly code: CatalogueProblemCode;
  readonly detail: string;
};

export type CatalogueProblemCode =
  | "FILE_MISSING"
  | "FILE_UNREADABLE"
  | "FILE_EMPTY"
  | "DESK_UNKNOWN"
  | "UNIT_UNKNOWN"
  | "SHIFT_UNKNOWN"
  | "PARENT_CYCLE"
  | "CHECK_CHARACTER"
  | "PHONE_DIFFERS"
  | "PERIOD_OVERLAP"
  | "ROW_DUPLICATE"
  | "STEP_TO_ITSELF"
  | "DAY_FUTURE"
  | "LEAD_WRONG_SIDE"
  | "SUCCESSOR_UNFIT"
  | "COLUMN_MISSING"
  | "COLUMN_UNKNOWN"
  | "CELL_EMPTY"
  | "CELL_BLANKS"
  | "CODE_SHAPE"
  | "CODE_DUPLICATE"
  | "VALUE_UNKNOWN"
  | "DAY_UNKNOWN"
  | "PERIOD_REVERSED"
  | "HEAD_SHAPE"
  | "POLICIES_CONTRADICT"
  | "BASE_DIFFERS"
  | "FILE_UNKNOWN"
  | "VERSION_TAKEN"
  | "VERSION_TAKEN_THERE"
  | "VERSION_DIFFERS"
  | "DIGEST_DIFFERS"
  | "OVERRIDE_NO_DOCUMENT"
  | "OVERRIDE_UNKNOWN"
  | "OVERRIDE_EXISTS"
  | "OVERRIDE_BASIS"
  | "OVERRIDE_GAP"
  | "DOCUMENT_UNKNOWN"
  | "DOCUMENT_LATER"
  | "PART_THREE_ENDED"
  | "DANGER_LOST"
  | "LIMIT_URGENT"
  | "PLAN_DIFFERS"
  | "SOURCE_UNKNOWN"
  | "CLASS_UNKNOWN"
  | "CLASS_NAME_DIFFERS"
  | "CLASS_EMPTY"
  | "CLASS_PART_DIFFERS"
  | "CLASS_CLOSED"
  | "SIDE_NOT_OF_MODE"
  | "MODE_NOT_OF_PART"
  | "URGENCY_UNEXPLAINED"
  | "PART_THREE_NOT_URGENT"
  | "LEGAL_EYE_NEEDED"
  | "UNIT_KIND_UNKNOWN"
  | "UNIT_KIND_MISSING"
  | "UNIT_KIND_WRONG_SIDE"
  | "ITEM_UNKNOWN"
  | "ITEM_ENDED"
  | "GROUP_UNKNOWN"
  | "GROUP_EMPTY"
  | "GROUP_PARTS_DIFFER"
  | "GROUP_ITEM_UNREACHED"
  | "QUESTION_UNKNOWN"
  | "QUESTION_UNREACHABLE"
  | "QUESTION_LOOP"
  | "CRITERION_MISSING"
  | "CRITERION_NOT_IN_SOURCE"
  | "TWIN_UNGROUPED"
  | "EXCLUSION_BINDS_POLICE"
  | "PARENT_UNKNOWN"
  | "REGION_UNKNOWN"
  | "LIMIT_AMBIGUOUS"
  | "MARKS_UNKNOWN"
  | "HOURS_UNKNOWN"
  | "SHIFT_OVERLAP"
  | "YEAR_UNKNOWN";

/** Reads the cells of one row; every wrong cell is noted and a stand-in returned, so that one pass finds all. */
export type RowReader = {
  readonly line: number;
  /** Whether the sheet has this column. */
  readonly has: (column: string) => boolean;
  readonly text: (column: string) => string;
  readonly optional: (column: string) => string | null;
  readonly shaped: (column: string, shape: RegExp) => string;
  readonly oneOf: <T extends string>(column: string, values: readonly [T, ...T[]]) => T;
  readonly yes: (column: string) => boolean;
  /** Words divided by one blank, each understood by `understand` (null = it is none of ours). */
  readonly several: <T>(column: string, understand: (word: string) => T | null) => readonly T[];
  readonly day: (column: string) => string;
  readonly optionalDay: (column: string) => string | null;
  readonly problem: (code: CatalogueProblemCode, detail: string) => void;
};

/**
 * Reads all rows of one sheet with `make`. Columns must be exactly `columns`, in any order.
 * Problems are appended to `problems`; the rows returned are only to be trusted when none was.
 */
export function readSheet<T>(
  sheet: Sheet,
  columns: readonly string[],
  problems: CatalogueProblem[],
  make: (row: RowReader) => T,
): readonly T[] {
  const { file } = sheet;
  const missing = columns.filter((column) => !sheet.columns.includes(column));
  for (const column of missing) problems.push({ file, row: null, code: "COLUMN_MISSING", detail: column });
  for (const column of sheet.columns) {
    if (!columns.includes(column)) problems.push({ file, row: null, code: "COLUMN_UNKNOWN", detail: column });
  }
  if (missing.length > 0) return [];
  if (sheet.rows.length === 0) problems.push({ file, row: null, code: "FILE_EMPTY", detail: file });
  return sheet.rows.map((row) => make(readerOf(file, row, problems)));
}

function readerOf(file: string, row: SheetRow, problems: CatalogueProblem[]): RowReader {
  const problem = (code: CatalogueProblemCode, detail: string): void => {
    problems.push({ file, row: row.line, code, detail });
  };
  const cell = (column: string): string => {
    const value = row.cells[column] ?? "";
    if (value !== value.trim()) problem("CELL_BLANKS", `${column}: "${value}"`);
    return value;
  };
  const text = (column: string): string => {
    const value = cell(column);
    if (value === "") problem("CELL_EMPTY", column);
    return value;
  };
  const oneOf = <T extends string>(column: string, values: readonly [T, ...T[]]): T => {
    const value = text(column);
    const found = values.find((known) => known === value);
    if (found === undefined && value !== "") problem("VALUE_UNKNOWN", `${column}: ${value}`);
    return found ?? values[0];
  };
  const day = (column: string): string => {
    const value = text(column);
    if (value !== "" && !isDay(value)) problem("DAY_UNKNOWN", `${column}: ${value}`);
    return value;
  };
  return {
    line: row.line,
    has: (column) => row.cells[column] !== undefined,
    problem,
    text,
    oneOf,
    day,
    optional: (column) => (cell(column) === "" ? null : cell(column)),
    optionalDay: (column) => (cell(column) === "" ? null : day(column)),
    several: (column, understand) =>
      text(column)
        .split(" ")
        .flatMap((word) => {
          const found = understand(word);
          if (found === null) problem("VALUE_UNKNOWN", `${column}: ${word}`);
          return found === null ? [] : [found];
        }),
    yes: (column) => oneOf(column, ["no", "yes"]) === "yes",
    shaped: (column, shape) => {
      const value = text(column);
      if (value !== "" && !shape.test(value)) problem("CODE_SHAPE", `${column}: ${value}`);
      return value;
    },
  };
}

/** Whether a text is a day of the calendar, `yyyy-mm-dd`. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const longMonth = [1, 3, 5, 7, 8, 10, 12].includes(month);
  const length = month === 2 ? (leap ? 29 : 28) : longMonth ? 31 : 30;
  return day <= length;
}

/** Notes every value of `column` that occurs twice in the sheet. */
export function noteDuplicates(sheet: Sheet, column: string, problems: CatalogueProblem[]): void {
  const seen = new Set<string>();
  for (const { line, cells } of sheet.rows) {
    const value = cells[column] ?? "";
    if (seen.has(value)) problems.push({ file: sheet.file, row: line, code: "CODE_DUPLICATE", detail: value });
    seen.add(value);
  }
}
