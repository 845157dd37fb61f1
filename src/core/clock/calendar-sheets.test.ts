import { describe, expect, test } from "vitest";
import type { Sheet } from "../catalogue/index.ts";
import { CALENDAR_COLUMNS, hoursProblems, parseCalendar } from "./index.ts";
import type { CalendarFile } from "./index.ts";
import { SMALL } from "./small-calendar.test-data.ts";

const ROWS: Readonly<Record<CalendarFile, readonly string[]>> = {
  "years.csv": ["2025|published|通知", "2026|published|通知", "2027|provisional|放假办法"],
  "days.csv": [
    "2025-01-28|holiday|春节|Spring",
    "2025-01-26|workday|调休|Make-up",
    "2027-01-01|festival|元旦|New Year",
  ],
  "shifts.csv": [
    "a|office@1|上午|Morning|12345|08:30|12:00|||2025-01-01||yn:4.3.3|default",
    "b|office@1|下午|Afternoon|12345|14:30|18:00|05-01|09-30|2025-01-01||yn:4.3.3|default",
    "c|office@1|冬季下午|Winter|12345|14:00|17:30|10-01|04-30|2025-01-01||yn:4.3.3|default",
    "d|night@1|夜班|Night|1234567H|22:00|06:00|||2025-01-01||yn:4.3.3|default",
    "e|always@1|全天|All day|1234567H|00:00|24:00|||2025-01-01||yn:4.3.3|default",
  ],
};

function sheets(file?: CalendarFile, from = "", to = ""): Readonly<Record<CalendarFile, Sheet>> {
  const sheet = (name: CalendarFile): Sheet => {
    const columns: readonly string[] = CALENDAR_COLUMNS[name];
    if (name === file && !ROWS[name].some((row) => row.includes(from))) throw new Error(`not there: ${from}`);
    const rows = ROWS[name].map((row, i) => {
      const cells = (name === file ? row.replace(from, to) : row).split("|");
      return { line: i + 2, cells: Object.fromEntries(columns.map((column, c) => [column, cells[c] ?? ""])) };
    });
    return { file: name, columns, rows };
  };
  return { "years.csv": sheet("years.csv"), "days.csv": sheet("days.csv"), "shifts.csv": sheet("shifts.csv") };
}

function problems(file: CalendarFile, from: string, to: string): readonly string[] {
  const parsed = parseCalendar({ version: "cn@1" }, sheets(file, from, to));
  return parsed.ok ? [] : parsed.error.map((p) => `${p.file}:${p.row} ${p.code}`);
}

describe("a calendar is refused by file, row and rule", () => {
  test("a good one is read, days in order, a shift over midnight beyond 24 hours", () => {
    const parsed = parseCalendar({ version: "cn@3" }, sheets());
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    expect(parsed.value.version).toBe("cn@3");
    expect(parsed.value.days.map((day) => day.day)).toEqual(["2025-01-26", "2025-01-28", "2027-01-01"]);
    expect(parsed.value.shifts.map((shift) => [shift.from, shift.to])).toEqual([
      [510, 720],
      [870, 1_080],
      [840, 1_050],
      [1_320, 1_800],
      [0, 1_440],
    ]);
  });

  const cases: readonly [string, CalendarFile, string, string, string][] = [
    ["a day given twice", "days.csv", "2025-01-26", "2025-01-28", "days.csv:3 CODE_DUPLICATE"],
    ["a day that does not exist", "days.csv", "2025-01-26", "2025-02-29", "days.csv:3 DAY_UNKNOWN"],
    ["a day of no known year", "days.csv", "2025-01-26", "2031-01-26", "days.csv:3 YEAR_UNKNOWN"],
    ["a festival by law alone in a published year", "days.csv", "2027-01-01", "2026-01-01", "days.csv:4 VALUE_UNKNOWN"],
    ["a kind nobody knows", "days.csv", "workday", "halfday", "days.csv:3 VALUE_UNKNOWN"],
    ["a gap between years", "years.csv", "2026|", "2029|", "years.csv:3 YEAR_UNKNOWN"],
    ["two shifts of the same hours at the same time", "shifts.csv", "14:00|", "11:00|", "shifts.csv:4 SHIFT_OVERLAP"],
    ["seasons that meet", "shifts.csv", "10-01|", "09-30|", "shifts.csv:4 SHIFT_OVERLAP"],
    ["half a season", "shifts.csv", "05-01|09-30", "05-01|", "shifts.csv:3 CELL_EMPTY"],
    ["days in disorder", "shifts.csv", "12345|08", "54321|08", "shifts.csv:2 CODE_SHAPE"],
    ["hours without a version", "shifts.csv", "a|office@1", "a|office", "shifts.csv:2 CODE_SHAPE"],
    ["a time that does not exist", "shifts.csv", "08:30", "25:30", "shifts.csv:2 CODE_SHAPE"],
    ["a period reversed", "shifts.csv", "2025-01-01||", "2025-01-01|2024-01-01|", "shifts.csv:2 PERIOD_REVERSED"],
  ];
  test.each(cases)("%s", (_what, file, from, to, problem) => {
    expect(problems(file, from, to)).toContain(problem);
  });

  test("without a version it is nobody's calendar", () => {
    expect(parseCalendar({}, sheets())).toMatchObject({ error: [{ file: "calendar.yaml", code: "HEAD_SHAPE" }] });
  });

  test("limits must name hours that there are", () => {
    const limits = [
      { code: "x", hours: "office" },
      { code: "y", hours: "nowhere" },
    ] as never;
    expect(hoursProblems(limits, SMALL).map((p) => `${p.code} ${p.detail}`)).toEqual(["HOURS_UNKNOWN y nowhere"]);
  });
});
