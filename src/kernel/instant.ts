import type { Brand } from "./brand.ts";

/** A point in time, ISO 8601 UTC with milliseconds (`2026-11-22T05:18:17.123Z`): the same text in events, messages and API. */
export type Instant = Brand<"Instant">;

const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Milliseconds since 1970 as an Instant. */
export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString() as Instant;
}

/** Whether an unknown value is an Instant; a day that does not exist is not. */
export function isInstant(value: unknown): value is Instant {
  return typeof value === "string" && SHAPE.test(value) && !Number.isNaN(Date.parse(value));
}

export function epochMs(instant: Instant): number {
  return Date.parse(instant);
}

/** `instant` moved by `ms` milliseconds (negative: earlier). */
export function plusMs(instant: Instant, ms: number): Instant {
  return instantOf(epochMs(instant) + ms);
}

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export function msBetween(from: Instant, to: Instant): number {
  return epochMs(to) - epochMs(from);
}
