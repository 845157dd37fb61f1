import { dayNumber, dayText, startOfDay } from "../../kernel/index.ts";
import type { DayNumber } from "../../kernel/index.ts";
import type { Shift } from "./calendar.ts";

/**
 * When work is done by one set of hours, over the whole calendar: spans of work as milliseconds since 1970, in order and
 * apart from each other, the work done before each, and the moment each working day closes. Arrays are read only.
 */
export type Timetable = {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Milliseconds worked before the span of the same index; one more entry than spans, the last = all. */
  readonly workedBefore: Float64Array;
  /** Close of business of every working day that has a shift: the end of the last one that begins on it. */
  readonly closings: Float64Array;
  /** The day (days since 1970) each closing belongs to. */
  readonly closingDays: Float64Array;
};

/** What a day is worked as: 0 = holiday, 1 to 5 = working day, 6 and 7 = weekend. A make-up working day is a 1. */
export type ShiftDays = { readonly first: DayNumber; readonly kinds: Uint8Array };

const MINUTE = 60_000;

/** Lays the shifts over all days. Spans that touch or overlap, over midnight too, become one: nothing is counted twice. */
export function layTimetable({ first, kinds }: ShiftDays, shifts: readonly Shift[]): Timetable {
  const lines = shifts.map(lineOf);
  const starts: number[] = [];
  const ends: number[] = [];
  const closings: number[] = [];
  const closingDays: number[] = [];
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i] ?? 0;
    const day = first + i;
    const mmdd = dayText(day).slice(5);
    const midnight = startOfDay(day);
    let close = Number.NEGATIVE_INFINITY;
    for (const line of lines) {
      if (!isWorked(line, kind, day, mmdd)) continue;
      addSpan(starts, ends, midnight + line.from, midnight + line.to);
      close = Math.max(close, midnight + line.to);
    }
    if (close >= midnight && kind >= 1 && kind <= 5) {
      closings.push(close);
      closingDays.push(day);
    }
  }
  return {
    ...packed(starts, ends),
    closings: Float64Array.from(closings),
    closingDays: Float64Array.from(closingDays),
  };
}

type Line = {
  readonly kinds: ReadonlySet<number>;
  readonly from: number;
  readonly to: number;
  readonly season: Shift["season"];
  readonly firstDay: DayNumber;
  readonly lastDay: DayNumber;
};

function lineOf(shift: Shift): Line {
  return {
    kinds: new Set([...shift.days].map((sign) => (sign === "H" ? 0 : Number(sign)))),
    from: shift.from * MINUTE,
    to: shift.to * MINUTE,
    season: shift.season,
    firstDay: dayNumber(shift.validFrom),
    lastDay: shift.validTo === null ? Number.POSITIVE_INFINITY : dayNumber(shift.validTo),
  };
}

function isWorked(line: Line, kind: number, day: DayNumber, mmdd: string): boolean {
  return (
    line.kinds.has(kind) &&
    line.firstDay <= day &&
    day <= line.lastDay &&
    (line.season === null || isIn(line.season, mmdd))
  );
}

/** Whether `mm-dd` lies in a season, which may pass the turn of the year. */
export function isIn(season: { readonly from: string; readonly to: string }, mmdd: string): boolean {
  return season.from <= season.to ? season.from <= mmdd && mmdd <= season.to : mmdd >= season.from || mmdd <= season.to;
}

function addSpan(starts: number[], ends: number[], start: number, end: number): void {
  let at = starts.length;
  // Shifts come nearly in order: only those of the same day and one over midnight can lie later.
  while (at > 0 && (starts[at - 1] ?? 0) > start) at--;
  starts.splice(at, 0, start);
  ends.splice(at, 0, end);
}

function packed(
  starts: readonly number[],
  ends: readonly number[],
): Pick<Timetable, "starts" | "ends" | "workedBefore"> {
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < starts.length; i++) {
    const [start, end, last] = [starts[i] ?? 0, ends[i] ?? 0, to.length - 1];
    if (last >= 0 && start <= (to[last] ?? 0)) to[last] = Math.max(to[last] ?? 0, end);
    else {
      from.push(start);
      to.push(end);
    }
  }
  const workedBefore = new Float64Array(from.length + 1);
  for (let i = 0; i < from.length; i++) workedBefore[i + 1] = (workedBefore[i] ?? 0) + (to[i] ?? 0) - (from[i] ?? 0);
  return { starts: Float64Array.from(from), ends: Float64Array.from(to), workedBefore };
}
