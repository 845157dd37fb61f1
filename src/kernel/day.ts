import { epochMs } from "./instant.ts";
import type { Instant } from "./instant.ts";

/** A calendar day as the number of days since 1970-01-01, in Asia/Shanghai (UTC+8, no daylight saving since 1991). */
export type DayNumber = number;

export const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** The day a moment lies in; `ms` = milliseconds since 1970, UTC. */
export function dayOf(ms: number): DayNumber {
  return Math.floor((ms + SHANGHAI_MS) / DAY_MS);
}

/** The moment (milliseconds since 1970, UTC) at which a day begins in Shanghai. */
export function startOfDay(day: DayNumber): number {
  return day * DAY_MS - SHANGHAI_MS;
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The number of a day `yyyy-mm-dd`; days before March count with the year before, so that leap days come last. */
export function dayNumber(day: string): DayNumber {
  const [y = 0, month = 0, date = 0] = day.split("-").map(Number);
  const year = month <= 2 ? y - 1 : y;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The day `yyyy-mm-dd` of a number: the inverse of `dayNumber`. */
export function dayText(day: DayNumber): string {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted + (shifted < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** The day a moment lies in and the milliseconds since its midnight. */
export function dayAndTime(at: Instant): { readonly day: DayNumber; readonly ms: number } {
  const day = dayOf(epochMs(at));
  return { day, ms: epochMs(at) - startOfDay(day) };
}

/** The day `yyyy-mm-dd` a moment lies in. */
export function shanghaiDay(at: Instant): string {
  return dayText(dayOf(epochMs(at)));
}

/** The same as `yymmdd`. */
export function shanghaiYymmdd(at: Instant): string {
  return shanghaiDay(at).slice(2).replaceAll("-", "");
}

/** Days from one `yyyy-mm-dd` to a later one; negative when it is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}
