import { epochMs, instantOf } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import type { Clock } from "./clock.ts";
import type { ClockOwner, ClockSpan } from "./spans.ts";
import type { ClockResponse, Due } from "./clock-parts.ts";
import { measureOf } from "./measure.ts";
import type { Measure } from "./measure.ts";
import type { WorkCalendar } from "./work-calendar.ts";

const MINUTE = 60_000;

/** What a due time follows from: the rule, the units it allows, and when the clock ran. */
export type Ledger = Pick<Clock, "policy" | "total" | "spans" | "countedFrom" | "ceiling">;

/**
 * When the clock is due: the moment at which it has run for all its units, not later than its ceiling. null = it stands still
 * before that. `undefined` = the calendar does not know the hours, so nothing was counted.
 */
export function dueOf(ledger: Ledger, calendar: WorkCalendar): Due | null | undefined {
  const measure = measureOf(ledger.policy.unit, calendar, ledger.policy.hours);
  if (measure === null) return undefined;
  const reached = reachedAt(ledger, measure);
  if (reached === null) return null;
  const own: Due = { at: instantOf(reached), provisional: isProvisional(ledger, calendar, reached) };
  const { ceiling } = ledger;
  if (ceiling === null || ceiling.at >= own.at) return own;
  // What lies behind the ceiling today may come before it when a year is published.
  return { at: ceiling.at, provisional: ceiling.provisional || own.provisional };
}

function reachedAt(ledger: Ledger, measure: Measure): number | null {
  let left = ledger.total * measure.perUnit;
  let floor: number | null = null;
  for (const { from, to } of ledger.spans.slice(ledger.countedFrom)) {
    const fromMs = epochMs(from);
    floor ??= measure.startsAt(fromMs);
    const base: number = Math.max(measure.upTo(fromMs), floor);
    if (to === null) return measure.reaches(base + left);
    const passed = Math.max(measure.upTo(epochMs(to)) - base, 0);
    if (passed >= left) return measure.reaches(base + left);
    left -= passed;
  }
  return null;
}

function isProvisional(ledger: Ledger, calendar: WorkCalendar, dueMs: number): boolean {
  const first = ledger.spans[ledger.countedFrom];
  const counts = ledger.policy.unit.startsWith("working");
  return counts && first !== undefined && calendar.isProvisional(epochMs(first.from), dueMs);
}

/**
 * Units that have passed by `at`, in the unit of the limit (a fraction for time units); null when the calendar does not know the
 * hours. Never counts a pause.
 */
export function passedUnits(ledger: Ledger, calendar: WorkCalendar, at: Instant): number | null {
  const measure = measureOf(ledger.policy.unit, calendar, ledger.policy.hours);
  if (measure === null) return null;
  let passed = 0;
  let floor: number | null = null;
  for (const { from, to } of ledger.spans.slice(ledger.countedFrom)) {
    const fromMs = epochMs(from);
    floor ??= measure.startsAt(fromMs);
    const base: number = Math.max(measure.upTo(fromMs), floor);
    passed += Math.max(measure.upTo(epochMs(endOf(to, at))) - base, 0);
  }
  return passed / measure.perUnit;
}

/** How long one owner had the clock running. Milliseconds. */
export type OwnerShare = { readonly owner: ClockOwner; readonly runningMs: number; readonly workedMs: number };

/**
 * The share of each owner up to `at`, in the order they first had it: time the clock ran for them, and how much of it lay inside
 * the hours of the policy. The shares add up to what the whole clock ran.
 */
export function sharesOf(
  clock: Pick<Clock, "policy" | "spans">,
  calendar: WorkCalendar,
  at: Instant,
): readonly OwnerShare[] {
  const shares = new Map<ClockOwner, OwnerShare>();
  for (const span of clock.spans) {
    const had = shares.get(span.owner) ?? { owner: span.owner, runningMs: 0, workedMs: 0 };
    const { runningMs, workedMs } = lengthOf(span, clock.policy.hours, calendar, at);
    shares.set(span.owner, {
      ...had,
      runningMs: had.runningMs + runningMs,
      workedMs: had.workedMs + workedMs,
    });
  }
  return [...shares.values()];
}

/** What is kept when a clock stops. */
export function responseOf(
  clock: Pick<Clock, "policy" | "spans" | "startedAt">,
  calendar: WorkCalendar,
  at: Instant,
): ClockResponse {
  const shares = sharesOf(clock, calendar, at);
  const whole = (ms: number): number => Math.floor(ms / MINUTE);
  return {
    elapsedMinutes: Math.max(whole(epochMs(at) - epochMs(clock.startedAt)), 0),
    runningMinutes: whole(shares.reduce((sum, share) => sum + share.runningMs, 0)),
    workedMinutes: whole(shares.reduce((sum, share) => sum + share.workedMs, 0)),
  };
}

function lengthOf(
  span: ClockSpan,
  hours: string,
  calendar: WorkCalendar,
  at: Instant,
): { readonly runningMs: number; readonly workedMs: number } {
  const [from, to] = [epochMs(span.from), epochMs(endOf(span.to, at))];
  const measure = measureOf("workingMinutes", calendar, hours);
  return {
    runningMs: Math.max(to - from, 0),
    workedMs: measure === null ? 0 : Math.max(measure.upTo(to) - measure.upTo(from), 0),
  };
}

function endOf(to: Instant | null, at: Instant): Instant {
  return to === null || to > at ? at : to;
}
