import { epochMs, instantOf } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import { dayAndTime, dayText, startOfDay } from "./day.ts";
import type { DayKind, DayNumber } from "./day.ts";
import type { DutyShift, DutyTurn } from "./turn.ts";

/** A time in which nobody of a unit is on duty; `to` is not in it. */
export type Gap = { readonly from: Instant; readonly to: Instant };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** Who of a unit is on duty at a moment, in the order to ring them. Shifts begun the day before count until they end. @req REQ-34 */
export function onDuty(turns: readonly DutyTurn[], at: Instant, dayKind: DayKind): readonly DutyTurn[] {
  const { day, ms } = dayAndTime(at);
  const minute = ms / MINUTE_MS;
  return turns
    .filter(
      ({ shift }) =>
        (begins(shift, day, dayKind) && shift.from <= minute && minute < shift.to) ||
        (shift.to > DAY_MINUTES && begins(shift, day - 1, dayKind) && minute < shift.to - DAY_MINUTES),
    )
    .toSorted((a, b) => a.order - b.order);
}

/**
 * When nobody is on duty between two moments, in order and apart from each other. An alarm is raised while a gap still lies ahead:
 * ask with `from` = now. @source nmg:2.1 @source nmg:4.3 @req REQ-04 @req REQ-83
 */
export function coverGaps(turns: readonly DutyTurn[], from: Instant, to: Instant, dayKind: DayKind): readonly Gap[] {
  const [first, last] = [dayAndTime(from).day, dayAndTime(to).day];
  const spans: (readonly [number, number])[] = [];
  for (let day = first - 1; day <= last; day++) {
    const midnight = startOfDay(day);
    for (const { shift } of turns) {
      if (!begins(shift, day, dayKind)) continue;
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

function begins(shift: DutyShift, day: DayNumber, dayKind: DayKind): boolean {
  const kind = dayKind(day);
  if (!shift.days.includes(kind === 0 ? "H" : String(kind))) return false;
  const text = dayText(day);
  return shift.validFrom <= text && (shift.validTo === null || text <= shift.validTo);
}
