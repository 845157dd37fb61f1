import { dayNumber, dayOf, weekdayOf } from "../../kernel/index.ts";
import type { DayNumber } from "../../kernel/index.ts";
import type { Day } from "../catalogue/index.ts";
import type { Calendar, Shift } from "./calendar.ts";
import { layTimetable } from "./timetable.ts";
import type { ShiftDays, Timetable } from "./timetable.ts";

/** A calendar ready to count with: built once for a version, then read by every clock. */
export type WorkCalendar = {
  readonly version: string;
  readonly days: ShiftDays;
  /** The timetable of hours such as `office@1`; null = this calendar does not know them. */
  readonly hours: (hours: string) => Timetable | null;
  /** The version of named hours (`office`) that a clock started on this day freezes; null = there is none. */
  readonly hoursOn: (name: string, day: Day) => string | null;
  /** Whether a day between two moments (milliseconds since 1970, both ends count) may still change. */
  readonly isProvisional: (fromMs: number, toMs: number) => boolean;
  /** Whether the arrangement of a day is published. */
  readonly isSure: (day: DayNumber) => boolean;
};

/** So many years before and after those of the sheet follow weekends alone, provisionally; beyond them nothing is counted. */
const MARGIN_YEARS = 20;
/**
 * The arrangement of a year may reach into the last days of the year before (2018-12-29 was made a working day by that of
 * 2019, and nothing before the 29th ever was): they stay provisional until it is published.
 */
const YEAR_END_IN_DOUBT = "12-25";

/** Builds the day table; timetables are laid when first asked for. */
export function openCalendar(calendar: Calendar): WorkCalendar {
  const years = calendar.years.map(({ year }) => year);
  const first = dayNumber(`${Math.min(...years) - MARGIN_YEARS}-01-01`);
  const last = dayNumber(`${Math.max(...years) + MARGIN_YEARS}-12-31`);
  const days: ShiftDays = { first, kinds: kindsOf(calendar, first, last) };
  const doubts = doubtsBefore(calendar, first, last);
  const laid = new Map<string, Timetable | null>();
  const within = (ms: number): number => Math.min(Math.max(dayOf(ms) - first, 0), last - first);
  return {
    version: calendar.version,
    days,
    hours: (hours) => {
      let timetable = laid.get(hours);
      if (timetable === undefined) {
        const shifts = calendar.shifts.filter((shift) => shift.hours === hours);
        timetable = shifts.length === 0 ? null : layTimetable(days, goingOn(shifts));
        laid.set(hours, timetable);
      }
      return timetable;
    },
    hoursOn: (name, day) => newest(calendar, name, day),
    isSure: (day) => day >= first && day <= last && doubts[day - first + 1] === doubts[day - first],
    isProvisional: (fromMs, toMs) => (doubts[within(toMs) + 1] ?? 0) > (doubts[within(fromMs)] ?? 0),
  };
}

/**
 * What any day is worked as: 0 = holiday, 1 to 5 = working day (a make-up working day is a 1), 6 and 7 = weekend. A day the calendar
 * does not reach is its weekday. @source nmg:2.1 @source yn:4.3.3
 */
export function dayKindsOf({ days: { first, kinds } }: Pick<WorkCalendar, "days">): (day: DayNumber) => number {
  return (day) => kinds[day - first] ?? weekdayOf(day);
}

function kindsOf(calendar: Calendar, first: DayNumber, last: DayNumber): Uint8Array {
  const kinds = new Uint8Array(last - first + 1);
  for (let i = 0; i < kinds.length; i++) kinds[i] = weekdayOf(first + i);
  for (const { day, kind } of calendar.days) kinds[dayNumber(day) - first] = kind === "workday" ? 1 : 0;
  return kinds;
}

/** Entry i: how many of the first i days may still change. */
function doubtsBefore(calendar: Calendar, first: DayNumber, last: DayNumber): Int32Array {
  const sure = new Uint8Array(last - first + 1);
  const published = new Set(calendar.years.filter((y) => y.status === "published").map((y) => y.year));
  for (const year of published) {
    const end = published.has(year + 1) ? dayNumber(`${year}-12-31`) : dayNumber(`${year}-${YEAR_END_IN_DOUBT}`) - 1;
    sure.fill(1, dayNumber(`${year}-01-01`) - first, end - first + 1);
  }
  const doubts = new Int32Array(sure.length + 1);
  for (let i = 0; i < sure.length; i++) doubts[i + 1] = (doubts[i] ?? 0) + 1 - (sure[i] ?? 0);
  return doubts;
}

/**
 * Hours that all have a last day go on after it for the clocks that froze them: a clock keeps its rule, and has to end some day.
 * @source nmg:2.2.5
 */
function goingOn(shifts: readonly Shift[]): readonly Shift[] {
  const last = shifts.reduce<Day | null>(
    (day, { validTo }) => (day === null || (validTo ?? day) > day ? validTo : day),
    "",
  );
  if (last === null || last === "" || shifts.some(({ validTo }) => validTo === null)) return shifts;
  return shifts.map((shift) => (shift.validTo === last ? { ...shift, validTo: null } : shift));
}

/** The newest version in force on a day; where all of them have ended, the newest that was. */
function newest(calendar: Calendar, name: string, day: Day): string | null {
  const begun = calendar.shifts.filter((shift) => shift.hours.startsWith(`${name}@`) && shift.validFrom <= day);
  const inForce = begun.filter(({ validTo }) => validTo === null || day <= validTo);
  const versions = (inForce.length > 0 ? inForce : begun).map(({ hours }) => Number(hours.slice(name.length + 1)));
  return versions.length === 0 ? null : `${name}@${Math.max(...versions)}`;
}
