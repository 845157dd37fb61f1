import { epochMs, instantOf } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** Days since 1970-01-01 in Asia/Shanghai (UTC+8, no daylight saving since 1991). */
export type DayNumber = number;

/**
 * What a day is worked as: 1 to 5 = working day, 6 and 7 = weekend, 0 = holiday; a make-up working day is a 1. The calendar of
 * working days knows it; without one `weekdayOf` stands in, which knows no holidays.
 */
export type DayKind = (day: DayNumber) => number;

/** The day a moment lies in and the milliseconds since its midnight. */
export function dayAndTime(at: Instant): { readonly day: DayNumber; readonly ms: number } {
  const local = epochMs(at) + SHANGHAI_MS;
  const day = Math.floor(local / DAY_MS);
  return { day, ms: local - day * DAY_MS };
}

/** The moment a day begins, in milliseconds since 1970 UTC. */
export function startOfDay(day: DayNumber): number {
  return day * DAY_MS - SHANGHAI_MS;
}

/** The day as `yyyy-mm-dd`. */
export function dayText(day: DayNumber): string {
  return instantOf(day * DAY_MS).slice(0, 10);
}

/** Days from one `yyyy-mm-dd` to a later one; negative when it is earlier. */
export function daysBetween(from: string, to: string): number {
  const midnight = (day: string): number => dayAndTime(`${day}T00:00:00.000Z` as Instant).day;
  return midnight(to) - midnight(from);
}

/** 1 = Monday to 7 = Sunday. */
export function weekdayOf(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
