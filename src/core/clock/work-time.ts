import { epochMs, instantOf } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import type { LimitUnit } from "../catalogue/index.ts";
import { measureOf } from "./measure.ts";
import type { WorkCalendar } from "./work-calendar.ts";

/** A length of time in one unit, by one set of hours (`office@1`). */
export type LimitLength = { readonly amount: number; readonly unit: LimitUnit; readonly hours: string };

/**
 * The moment a limit of this length ends that begins at `from`; nothing is paused. Nothing added is `from` itself. Null when the
 * calendar does not know the hours; throws beyond its last year. @source yn:4.3.3 @req REQ-70
 */
export function addLimit(calendar: WorkCalendar, from: Instant, length: LimitLength): Instant | null {
  const measure = measureOf(length.unit, calendar, length.hours);
  if (measure === null) return null;
  if (length.amount <= 0) return from;
  return instantOf(measure.reaches(measure.startsAt(epochMs(from)) + length.amount * measure.perUnit));
}

/** Milliseconds of work by these hours between two moments, 0 when `to` is not later; null when the hours are unknown. */
export function workedMsBetween(calendar: WorkCalendar, hours: string, from: Instant, to: Instant): number | null {
  const measure = measureOf("workingMinutes", calendar, hours);
  return measure === null ? null : Math.max(measure.upTo(epochMs(to)) - measure.upTo(epochMs(from)), 0);
}

/** The moment at which `ms` milliseconds of work by these hours are done after `from`; null when the hours are unknown. */
export function addWorkedMs(calendar: WorkCalendar, hours: string, from: Instant, ms: number): Instant | null {
  const measure = measureOf("workingMinutes", calendar, hours);
  if (measure === null) return null;
  return ms <= 0 ? from : instantOf(measure.reaches(measure.upTo(epochMs(from)) + ms));
}
