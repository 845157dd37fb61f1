import { msBetween, plusMs } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import type { Clock, ClockMark } from "./clock.ts";
import type { PolicyMark } from "./limit.ts";

const MINUTE = 60_000;

/** A mark still to be called out: when, for whom, and how many times it will then have been. */
export type PendingMark = {
  readonly mark: ClockMark;
  readonly at: Instant;
  readonly times: number;
  readonly audience: PolicyMark["audience"];
};

/**
 * The marks a clock waits for. None after it stopped; none of the due time while a pause leaves that open. A reminder that would
 * come before the clock began is left out. Natural time, by the policy. @source nmg:2.2.5
 */
export function pendingMarks(clock: Clock): readonly PendingMark[] {
  if (clock.status === "stopped") return [];
  const pending: PendingMark[] = [];
  const began = clock.spans[clock.countedFrom]?.from ?? clock.startedAt;
  for (const rule of clock.policy.marks) {
    const at = clock.due === null ? null : nextOf(clock, rule, clock.due.at);
    if (at !== null && at > began)
      pending.push({ mark: rule.mark, at, times: (clock.marked[rule.mark] ?? 0) + 1, audience: rule.audience });
  }
  const minutes = clock.policy.giveBackMinutes;
  if (minutes !== null && clock.status === "running" && !clock.ownerActed && clock.marked.giveBack === undefined) {
    const since = clock.spans.findLast((span) => span.to === null)?.from ?? clock.ownerSince;
    pending.push({ mark: "giveBack", at: plusMs(since, minutes * MINUTE), times: 1, audience: "desk" });
  }
  return pending;
}

function nextOf(clock: Clock, rule: PolicyMark, due: Instant): Instant | null {
  const times = clock.marked[rule.mark] ?? 0;
  if (rule.mark === "overdue") return plusMs(due, (times + 1) * rule.minutes * MINUTE);
  if (times > 0) return null;
  return rule.mark === "due" ? due : plusMs(due, -rule.minutes * MINUTE);
}

/** How many times a mark has come due by `at`: after a long silence `overdue` is called out once, with the periods that passed. */
export function timesBy(clock: Clock, pending: PendingMark, at: Instant): number {
  const rule = clock.policy.marks.find((one) => one.mark === pending.mark);
  if (pending.mark !== "overdue" || rule === undefined || clock.due === null) return pending.times;
  return Math.max(Math.floor(msBetween(clock.due.at, at) / (rule.minutes * MINUTE)), pending.times);
}

/** A durable timer of a clock to set (again) or to cancel; its kind is the mark. */
export type ClockTimerChange = { readonly set: ClockMark; readonly dueAt: Instant } | { readonly cancel: ClockMark };

/**
 * What a step does to the timers of a clock. `fired` = the timer that brought the step about: it is gone from the table, so it
 * is set again when its mark is still to come (it fired early, or it repeats).
 */
export function planClockTimers(
  before: Clock | null,
  after: Clock,
  fired: ClockMark | null,
): readonly ClockTimerChange[] {
  const was = new Map((before === null ? [] : pendingMarks(before)).map((p) => [p.mark, p.at]));
  const is = new Map(pendingMarks(after).map((p) => [p.mark, p.at]));
  const changes: ClockTimerChange[] = [];
  for (const [mark, at] of is) if (mark === fired || was.get(mark) !== at) changes.push({ set: mark, dueAt: at });
  for (const mark of was.keys()) if (!is.has(mark) && mark !== fired) changes.push({ cancel: mark });
  return changes;
}
