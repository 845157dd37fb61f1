import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayAndTime, daysBetween, dayText, epochMs, instantOf, plusMs, weekdayOf } from "../../kernel/index.ts";
import type { Instant, UnitCode } from "../../kernel/index.ts";
import type { Sheet } from "../catalogue/index.ts";
import {
  coverGaps,
  DUTY_SHIFT_COLUMNS,
  dutyDays,
  ESCALATION_COLUMNS,
  onDuty,
  parseDutyShifts,
  parseEscalations,
  parseRosters,
  ROSTER_COLUMNS,
} from "./index.ts";
import type { DayKind, DutyShift, DutyTurn, Gap } from "./index.ts";

const HOUR = 3_600_000;

/** A moment by the clock in Shanghai. */
const at = (text: string): Instant => plusMs(`${text.length === 19 ? `${text}.000` : text}Z` as Instant, -8 * HOUR);
const shift = (days: string, from: number, to: number, change: Partial<DutyShift> = {}): DutyShift => ({
  code: `s${days}-${from}-${to}`,
  nameZh: "班",
  nameEn: "shift",
  days,
  from,
  to,
  validFrom: "2026-01-01",
  validTo: null,
  ...change,
});
const turn = (of: DutyShift, order = 1): DutyTurn => ({
  shift: of,
  functionZh: "值班员",
  functionEn: "duty officer",
  phone: "000",
  order,
});
const DAY = turn(shift("1234567H", 8 * 60, 20 * 60));
const NIGHT = turn(shift("1234567H", 20 * 60, 32 * 60));
const OFFICE = turn(shift("12345", 9 * 60, 17 * 60), 2);

function gapsOf(turns: readonly DutyTurn[], from: Instant, to: Instant, dayKind: DayKind): readonly Gap[] {
  return coverGaps(turns, dutyDays(from, to, dayKind));
}

function sheetOf(columns: readonly string[], rows: readonly string[]): Sheet {
  return {
    file: "test.csv",
    columns,
    rows: rows.map((row, i) => ({
      line: i + 2,
      cells: Object.fromEntries(columns.map((column, c) => [column, row.split("|")[c] ?? ""])),
    })),
  };
}

describe("who is on duty", () => {
  const codes = (when: string, kind = weekdayOf): readonly string[] =>
    onDuty([OFFICE, DAY, NIGHT], at(when), kind).map((one) => one.shift.code);

  test("is told for any moment, in the order to ring; a night belongs to the day it began (yn:4.1.2)", () => {
    // 2026-11-20 is a Friday.
    expect(codes("2026-11-20T10:00:00")).toEqual([DAY.shift.code, OFFICE.shift.code]);
    expect(codes("2026-11-20T20:00:00")).toEqual([NIGHT.shift.code]);
    expect(codes("2026-11-21T07:59:59.999")).toEqual([NIGHT.shift.code]);
    expect(codes("2026-11-21T10:00:00")).toEqual([DAY.shift.code]);
  });

  test("follows the calendar of working days it is handed: nobody is in the office on a holiday", () => {
    expect(codes("2026-11-20T10:00:00", () => 0)).toEqual([DAY.shift.code]);
    expect(codes("2026-11-21T10:00:00", () => 1)).toEqual([DAY.shift.code, OFFICE.shift.code]);
  });

  test("counts a shift on the days it is in force only, its last night to the end", () => {
    const last = turn(shift("1234567H", 20 * 60, 32 * 60, { validTo: "2026-11-20" }));
    expect(onDuty([last], at("2026-11-21T07:00:00"), weekdayOf)).toHaveLength(1);
    expect(onDuty([last], at("2026-11-21T21:00:00"), weekdayOf)).toHaveLength(0);
  });
});

describe("gaps in cover (nmg:2.1, REQ-04)", () => {
  test("are none where the shifts meet, and everything where nobody has a turn", () => {
    const [from, to] = [at("2026-11-20T09:30:00"), at("2026-11-27T09:30:00")];
    expect(gapsOf([DAY, NIGHT], from, to, weekdayOf)).toEqual([]);
    expect(gapsOf([], from, to, weekdayOf)).toEqual([{ from, to }]);
  });

  test("are found before they begin: a roster that ends on Friday leaves the weekend open", () => {
    const until = turn(shift("1234567H", 0, 1_440, { validTo: "2026-11-20" }));
    expect(gapsOf([until, OFFICE], at("2026-11-19T12:00:00"), at("2026-11-23T12:00:00"), weekdayOf)).toEqual([
      { from: at("2026-11-21T00:00:00"), to: at("2026-11-23T09:00:00") },
    ]);
  });

  test("and turns part every moment between them: a moment is in a gap exactly when nobody is on duty", () => {
    const anyTurn = fc
      .record({
        days: fc.subarray([..."1234567H"], { minLength: 1 }).map((days) => days.join("")),
        from: fc.integer({ min: 0, max: 1_439 }),
        length: fc.integer({ min: 1, max: 1_440 }),
        validTo: fc.option(fc.constantFrom("2026-11-18", "2026-11-22")),
      })
      .map(({ days, from, length, validTo }) => turn(shift(days, from, from + length, { validTo })));
    const start = at("2026-11-17T03:00:00");
    fc.assert(
      fc.property(
        fc.array(anyTurn, { maxLength: 5 }),
        fc.integer({ min: 1, max: 168 }),
        fc.array(fc.nat()),
        (turns, hours, probes) => {
          const kind = (day: number): number => (day % 5 === 0 ? 0 : weekdayOf(day));
          const gaps = gapsOf(turns, start, plusMs(start, hours * HOUR), kind);
          const edges = gaps.flatMap((gap) => [epochMs(gap.from), epochMs(gap.to)]);
          expect(edges).toEqual(edges.toSorted((a, b) => a - b));
          expect(new Set(edges).size).toBe(edges.length);
          for (const probe of [...probes.map((n) => epochMs(start) + (n % (hours * HOUR))), ...edges.slice(0, -1)]) {
            const inGap = gaps.some((gap) => epochMs(gap.from) <= probe && probe < epochMs(gap.to));
            expect(onDuty(turns, instantOf(probe), kind).length === 0).toBe(inGap);
          }
        },
      ),
    );
  });
});

describe("days in Shanghai", () => {
  test("begin eight hours before those of UTC", () => {
    expect(dayText(dayAndTime("2026-11-21T16:00:00.000Z" as Instant).day)).toBe("2026-11-22");
    expect(dayText(dayAndTime("2026-11-21T15:59:59.999Z" as Instant).day)).toBe("2026-11-21");
    expect(weekdayOf(dayAndTime(at("2026-11-22T12:00:00")).day)).toBe(7);
    expect([daysBetween("2026-02-27", "2026-03-01"), daysBetween("2026-03-01", "2026-02-27")]).toEqual([2, -2]);
  });
});

describe("sheets of duty are refused by row and rule", () => {
  const shifts = parseDutyShifts(
    sheetOf(DUTY_SHIFT_COLUMNS, [
      "day|白班|Day|1234567H|08:00|20:00|2026-01-01|",
      "night|夜班|Night|1234567H|20:00|08:00|2026-01-01|",
    ]),
  );
  if (!shifts.ok) throw new Error("shifts");
  const units = new Set(["u-1", "u-2"]);
  const codesOf = (read: { ok: boolean; error?: readonly { code: string }[] }): readonly string[] =>
    read.ok ? [] : (read.error ?? []).map((problem) => problem.code);

  test("a night shift ends the next morning", () => {
    expect(shifts.value.map(({ from, to }) => [from, to])).toEqual([
      [480, 1_200],
      [1_200, 1_920],
    ]);
  });

  test.each([
    ["hours that are no time", "day|白班|Day|12345|8:00|20:00|2026-01-01|", "CODE_SHAPE"],
    ["days out of order", "day|白班|Day|54321|08:00|20:00|2026-01-01|", "CODE_SHAPE"],
    ["a period that ends before it begins", "day|白班|Day|1|08:00|20:00|2026-02-01|2026-01-01", "PERIOD_REVERSED"],
    ["a day a spreadsheet rewrote", "day|白班|Day|1|08:00|20:00|2026/2/1|", "DAY_UNKNOWN"],
  ])("a shift with %s", (_name, row, code) => {
    expect(codesOf(parseDutyShifts(sheetOf(DUTY_SHIFT_COLUMNS, [row])))).toEqual([code]);
  });

  test("a turn of an unknown unit or shift, and one without a number", () => {
    const read = parseRosters(
      sheetOf(ROSTER_COLUMNS, [
        "u-9|day|值班员|officer|000-1|1",
        "u-1|dusk|值班员|officer|000-1|1",
        "u-1|day|值班员|officer||1",
      ]),
      shifts.value,
      units,
    );
    expect(codesOf(read)).toEqual(["UNIT_UNKNOWN", "SHIFT_UNKNOWN", "CELL_EMPTY"]);
  });

  test("an escalation to an unknown unit, and the same step twice; else steps come in order", () => {
    const rows = ["u-1|2||值班领导|000-2|10", "u-1|1|u-2|值班员|000-1|5"];
    const read = parseEscalations(sheetOf(ESCALATION_COLUMNS, rows), units);
    expect(read.ok && read.value.get("u-1" as UnitCode)?.map((step) => [step.step, step.to, step.phone])).toEqual([
      [1, "u-2", "000-1"],
      [2, null, "000-2"],
    ]);
    const wrong = parseEscalations(sheetOf(ESCALATION_COLUMNS, [...rows, "u-1|1|u-9|值班员|000-1|5"]), units);
    expect(codesOf(wrong)).toEqual(["UNIT_UNKNOWN", "CODE_DUPLICATE"]);
  });
});
