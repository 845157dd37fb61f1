import { dayOf, startOfDay } from "../../kernel/index.ts";
import type { LimitUnit } from "../catalogue/index.ts";
import type { Timetable } from "./timetable.ts";
import type { WorkCalendar } from "./work-calendar.ts";

/**
 * Time as one kind of limit counts it: a count that only grows. Every rule about pauses, shares and owners is arithmetic on
 * it, whatever the unit.
 */
export type Measure = {
  /** What has passed up to a moment (milliseconds since 1970). */
  readonly upTo: (ms: number) => number;
  /** The first moment at which `count` has passed. */
  readonly reaches: (count: number) => number;
  /** One unit of the limit in this count. */
  readonly perUnit: number;
  /** The count from which a clock started at this moment runs: day limits leave out the day of the start. */
  readonly startsAt: (ms: number) => number;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * How a unit is counted, or null when the calendar does not know the hours.
 * - natural minutes and hours: time itself; natural days: midnights of Shanghai after the day of the start.
 * - working minutes and hours: time inside the shifts.
 * - working days: closings of business after the day of the start; a day counts when the clock runs as it closes. So five
 *   working days begin on the next working day and end as the fifth closes, and a day that closes during a pause is lost.
 */
export function measureOf(unit: LimitUnit, calendar: WorkCalendar, hours: string): Measure | null {
  if (unit === "naturalMinutes") return natural(MINUTE);
  if (unit === "naturalHours") return natural(HOUR);
  if (unit === "naturalDays") return MIDNIGHTS;
  const timetable = calendar.hours(hours);
  if (timetable === null) return null;
  if (unit === "workingDays") return closings(timetable);
  return working(timetable, unit === "workingMinutes" ? MINUTE : HOUR);
}

function natural(perUnit: number): Measure {
  const same = (ms: number): number => ms;
  return { upTo: same, reaches: same, startsAt: same, perUnit };
}

const MIDNIGHTS: Measure = { upTo: dayOf, reaches: startOfDay, startsAt: (ms) => dayOf(ms) + 1, perUnit: 1 };

function working(table: Timetable, perUnit: number): Measure {
  const { starts, ends, workedBefore } = table;
  const upTo = (ms: number): number => {
    const i = countUpTo(starts, ms) - 1;
    if (i < 0) return 0;
    return (workedBefore[i] ?? 0) + Math.min(ms, ends[i] ?? 0) - (starts[i] ?? 0);
  };
  return {
    upTo,
    reaches: (count) => {
      // The first span at whose end enough is done; at a border the end of the earlier span, not the start of the next.
      const i = countBelow(workedBefore, count) - 1;
      const start = i < 0 ? starts[0] : starts[i];
      if (start === undefined) throw new RangeError("beyond the calendar");
      return start + count - (workedBefore[Math.max(i, 0)] ?? 0);
    },
    startsAt: upTo,
    perUnit,
  };
}

function closings(table: Timetable): Measure {
  return {
    upTo: (ms) => countUpTo(table.closings, ms),
    reaches: (count) => {
      const closing = table.closings[count - 1];
      if (closing === undefined) throw new RangeError("beyond the calendar");
      return closing;
    },
    // The closing of the first day is left out even where its night shift ends on the next.
    startsAt: (ms) => countUpTo(table.closingDays, dayOf(ms)),
    perUnit: 1,
  };
}

/** How many of the sorted values are at most `value`. */
function countUpTo(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the sorted values are below `value`. */
function countBelow(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
