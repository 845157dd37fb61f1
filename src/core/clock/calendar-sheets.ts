import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { BASES, noteDuplicates, readSheet } from "../catalogue/index.ts";
import type { CatalogueLimit, CatalogueProblem, RowReader, Sheet } from "../catalogue/index.ts";
import type { Calendar, CalendarDay, CalendarYear, Shift } from "./calendar.ts";
import { isIn } from "./timetable.ts";

/** Names of the sheets of a calendar folder. */
export const CALENDAR_FILES = ["years.csv", "days.csv", "shifts.csv"] as const;
export type CalendarFile = (typeof CALENDAR_FILES)[number];
/** Name of the file that says which version this is and where its days were read. */
export const CALENDAR_HEAD = "calendar.yaml";

/** The columns of each sheet, in the order an official sees them. */
export const CALENDAR_COLUMNS = {
  "years.csv": ["year", "status", "source_zh"],
  "days.csv": ["day", "kind", "name_zh", "name_en"],
  "shifts.csv": [
    "code",
    "hours",
    "name_zh",
    "name_en",
    "days",
    "from",
    "to",
    "season_from",
    "season_to",
    "valid_from",
    "valid_to",
    "source",
    "basis",
  ],
} as const satisfies Readonly<Record<CalendarFile, readonly string[]>>;

type Placed<T> = { readonly line: number; readonly row: T };

/**
 * Decides whether a folder of sheets is a calendar we may count by. Problems name file, row and rule, all in one pass: a day
 * of no known year, a day given twice, a festival by law alone in a published year, a gap between
 * years, two shifts of the same hours at the same time.
 * @req REQ-70
 */
export function parseCalendar(
  head: unknown,
  sheets: Readonly<Record<CalendarFile, Sheet>>,
): Result<Calendar, readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  const read = <T>(file: CalendarFile, key: string, make: (row: RowReader) => T): readonly Placed<T>[] => {
    noteDuplicates({ ...sheets[file], file }, key, problems);
    return readSheet({ ...sheets[file], file }, CALENDAR_COLUMNS[file], problems, (row) => ({
      line: row.line,
      row: make(row),
    }));
  };
  const version = versionOf(head, problems);
  const years = read("years.csv", "year", yearOf);
  const days = read("days.csv", "day", dayOfSheet);
  const shifts = read("shifts.csv", "code", shiftOf);
  checkYears(years, days, problems);
  checkShifts(shifts, problems);
  if (problems.length > 0) return err(problems);
  const plain = <T>(rows: readonly Placed<T>[]): readonly T[] => rows.map(({ row }) => row);
  return ok({
    version,
    years: plain(years).toSorted((a, b) => a.year - b.year),
    days: plain(days).toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    shifts: plain(shifts),
  });
}

/** Limits whose hours the calendar does not have on the day they come into force. Rows are not named: the sheets are apart. */
export function hoursProblems(limits: readonly CatalogueLimit[], calendar: Calendar): readonly CatalogueProblem[] {
  const names = new Set(calendar.shifts.map((shift) => shift.hours.split("@")[0]));
  return limits
    .filter((limit) => !names.has(limit.hours))
    .map((limit) => ({ file: "limits.csv", row: null, code: "HOURS_UNKNOWN", detail: `${limit.code} ${limit.hours}` }));
}

function versionOf(head: unknown, problems: CatalogueProblem[]): string {
  const version = typeof head === "object" && head !== null && "version" in head ? head.version : null;
  if (typeof version === "string" && /^cn@[1-9]\d*$/.test(version)) return version;
  problems.push({ file: CALENDAR_HEAD, row: null, code: "HEAD_SHAPE", detail: "version" });
  return "";
}

function yearOf(row: RowReader): CalendarYear {
  return {
    year: Number(row.shaped("year", /^\d{4}$/)),
    status: row.oneOf("status", ["published", "provisional"]),
    sourceZh: row.text("source_zh"),
  };
}

function dayOfSheet(row: RowReader): CalendarDay {
  return {
    day: row.day("day"),
    kind: row.oneOf("kind", ["holiday", "workday", "festival"]),
    nameZh: row.text("name_zh"),
    nameEn: row.text("name_en"),
  };
}

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const SEASON_DAY = /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

function shiftOf(row: RowReader): Shift {
  const from = minutesOf(row.shaped("from", CLOCK_TIME));
  const to = minutesOf(row.shaped("to", /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/));
  const [seasonFrom, seasonTo] = [row.optional("season_from"), row.optional("season_to")];
  if ((seasonFrom === null) !== (seasonTo === null)) row.problem("CELL_EMPTY", "season_from season_to");
  const season = seasonFrom === null || seasonTo === null ? null : seasonOf(row);
  const validFrom = row.day("valid_from");
  const validTo = row.optionalDay("valid_to");
  if (validTo !== null && validTo < validFrom) row.problem("PERIOD_REVERSED", `${validFrom} ${validTo}`);
  return {
    code: row.shaped("code", /^[a-z][A-Za-z0-9-]*$/),
    hours: row.shaped("hours", /^[a-z][A-Za-z0-9-]*@[1-9]\d*$/),
    nameZh: row.text("name_zh"),
    nameEn: row.text("name_en"),
    days: row.shaped("days", /^(?=.)1?2?3?4?5?6?7?H?$/),
    from,
    to: to > from ? to : to + 1_440,
    season,
    validFrom,
    validTo,
    source: row.text("source"),
    basis: row.oneOf("basis", BASES),
  };
}

function seasonOf(row: RowReader): { readonly from: string; readonly to: string } {
  return { from: row.shaped("season_from", SEASON_DAY), to: row.shaped("season_to", SEASON_DAY) };
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function checkYears(
  years: readonly Placed<CalendarYear>[],
  days: readonly Placed<CalendarDay>[],
  problems: CatalogueProblem[],
): void {
  const status = new Map(years.map(({ row }) => [row.year, row.status]));
  for (const { line, row } of years) {
    const first = years.every((other) => other.row.year >= row.year);
    if (!first && !status.has(row.year - 1))
      problems.push({ file: "years.csv", row: line, code: "YEAR_UNKNOWN", detail: `${row.year - 1}` });
  }
  for (const { line, row } of days) {
    const of = status.get(Number(row.day.slice(0, 4)));
    if (of === undefined) problems.push({ file: "days.csv", row: line, code: "YEAR_UNKNOWN", detail: row.day });
    // Days of a year not yet published may be entered as they become known; the law gives way to an arrangement.
    else if (of === "published" && row.kind === "festival")
      problems.push({ file: "days.csv", row: line, code: "VALUE_UNKNOWN", detail: `${row.kind} ${row.day}` });
  }
}

function checkShifts(shifts: readonly Placed<Shift>[], problems: CatalogueProblem[]): void {
  shifts.forEach(({ line, row }, i) => {
    const clash = shifts.slice(0, i).find((other) => clashes(other.row, row));
    if (clash !== undefined)
      problems.push({ file: "shifts.csv", row: line, code: "SHIFT_OVERLAP", detail: `${row.code} ${clash.row.code}` });
  });
}

function clashes(a: Shift, b: Shift): boolean {
  return (
    a.hours === b.hours &&
    [...a.days].some((day) => b.days.includes(day)) &&
    a.from < b.to &&
    b.from < a.to &&
    (a.validTo === null || b.validFrom <= a.validTo) &&
    (b.validTo === null || a.validFrom <= b.validTo) &&
    seasonsMeet(a.season, b.season)
  );
}

function seasonsMeet(a: Shift["season"], b: Shift["season"]): boolean {
  if (a === null || b === null) return true;
  return isIn(a, b.from) || isIn(a, b.to) || isIn(b, a.from);
}
