import { dayAndTime, dayText, epochMs, instantOf, startOfDay } from "../../kernel/index.ts";
import type { DayNumber, Instant } from "../../kernel/index.ts";
import type { DutyShift, DutyTurn } from "./turn.ts";

/**
 * What a day is worked as: 1 to 5 = working day, 6 and 7 = weekend, 0 = holiday; a make-up working day is a 1. The calendar of
 * working days says so (`dayKindsOf` in core/clock).
 */
export type DayKind = (day: DayNumber) => number;

/** A time in which nobody of a unit is on duty; `to` is not in it. */
export type Gap = { readonly from: Instant; readonly to: Instant };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** Who of a unit is on duty at a moment, in the order to ring them. Shifts begun the day before count until they end. @req REQ-34 */
export function onDuty(turns: readonly DutyTurn[], at: Instant, dayKind: DayKind): readonly DutyTurn[] {
  const { day, ms } = dayAndTime(at);
  const minute = ms / MINUTE_MS;
  const [today, yesterday] = [dayText(day), dayText(day - 1)];
  const [sign, signBefore] = [signOf(dayKind(day)), signOf(dayKind(day - 1))];
  return turns
    .filter(
      ({ shift }) =>
        (shift.from <= minute && minute < shift.to && begins(shift, sign, today)) ||
        (minute < shift.to - DAY_MINUTES && begins(shift, signBefore, yesterday)),
    )
    .toSorted((a, b) => a.order - b.order);
}

/** The day (YYYY-MM-DD) on which the run of a shift began that holds at a moment: a night belongs to the evening before. */
export function shiftDay(shift: DutyShift, at: Instant): string {
  const { day, ms } = dayAndTime(at);
  return dayText(shift.from <= ms / MINUTE_MS ? day : day - 1);
}

/** The days a roster is laid over between two moments: the one before too, because its night reaches into the first. */
export type DutyDays = {
  readonly from: Instant;
  readonly to: Instant;
  readonly days: readonly { readonly midnight: number; readonly text: string; readonly sign: string }[];
};

/** Lays out the days once, for as many rosters as one likes. */
export function dutyDays(from: Instant, to: Instant, dayKind: DayKind): DutyDays {
  const [first, last] = [dayAndTime(from).day - 1, dayAndTime(to).day];
  const days = Array.from({ length: last - first + 1 }, (_, i) => {
    const day = first + i;
    return { midnight: startOfDay(day), text: dayText(day), sign: signOf(dayKind(day)) };
  });
  return { from, to, days };
}

/**
 * When nobody is on duty between two moments, in order and apart from each other. An alarm is raised while a gap still lies ahead:
 * ask from now on. @source nmg:2.1 @source nmg:4.3 @req REQ-04 @req REQ-83
 */
export function coverGaps(turns: readonly DutyTurn[], { from, to, days }: DutyDays): readonly Gap[] {
  const spans: (readonly [number, number])[] = [];
  for (const { midnight, text, sign } of days) {
    for (const { shift } of turns) {
      if (!begins(shift, sign, text)) continue;
      spans.push([midnight + shift.from * MINUTE_MS, midnight + shift.to * MINUTE_MS]);
    }
  }
  spans.sort(([a], [b]) => a - b);
  const gaps: Gap[] = [];
  const end = epochMs(to);
  let covered = epochMs(from);
  for (const [start, stop] of spans) {
    if (covered >= end) break;
    if (start > covered) gaps.push({ from: instantOf(covered), to: instantOf(Math.min(start, end)) });
    covered = Math.max(covered, stop);
  }
  if (covered < end) gaps.push({ from: instantOf(covered), to });
  return gaps;
}

function begins(shift: DutyShift, sign: string, text: string): boolean {
  return shift.days.includes(sign) && shift.validFrom <= text && (shift.validTo === null || text <= shift.validTo);
}

function signOf(kind: number): string {
  return kind === 0 ? "H" : String(kind);
}
