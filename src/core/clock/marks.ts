import { msBetween, plusMs } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import type { Clock } from "./clock.ts";
import type { ClockMark } from "./clock-mark.ts";
import { STANDSTILL, STANDSTILL_DAY_MS } from "./standstill.ts";
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
 * come before the clock began is left out. While it stands still, the end of that, and of a pause a reminder before. Natural time, by the policy. @source nmg:2.2.5
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
  pending.push(...endsOf(clock));
  const minutes = clock.policy.giveBackMinutes;
  if (minutes !== null && clock.status === "running" && !clock.ownerActed && clock.marked.giveBack === undefined) {
    const since = clock.spans.findLast((span) => span.to === null)?.from ?? clock.ownerSince;
    pending.push({ mark: "giveBack", at: plusMs(since, minutes * MINUTE), times: 1, audience: "desk" });
  }
  return pending;
}

function endsOf({ status, awaitUntil: until, remindAt, marked }: Clock): readonly PendingMark[] {
  if (until === null) return [];
  if (status === "awaitingRequester") return [{ mark: "awaitOver", at: until, times: 1, audience: "owner" }];
  if (status !== "paused") return [];
  const over: PendingMark = { mark: "pauseOver", at: until, times: 1, audience: "owner" };
  const soon = remindAt ?? plusMs(until, -STANDSTILL.remindDays * STANDSTILL_DAY_MS);
  return marked.pauseEnds === undefined ? [{ mark: "pauseEnds", at: soon, times: 1, audience: "desk" }, over] : [over];
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

/** The mark that comes next; null = the clock waits for none. */
export function nextMark(clock: Clock): PendingMark | null {
  return pendingMarks(clock).reduce<PendingMark | null>(
    (first, one) => (first === null || one.at < first.at ? one : first),
    null,
  );
}

/** What a step does to the one durable timer of a clock: set it, moving it if it stands, or cancel it. */
export type ClockTimerChange = { readonly setFor: Instant } | "cancel";

/**
 * A clock has one timer, for the mark that comes next: each mark called out sets it for the one after. `fired` = the timer brought
 * this step about and is gone from the table; it is set again when a mark is still to come (it fired early, or there are more).
 * null = the timer stays as it is.
 */
export function planClockTimer(before: Clock | null, after: Clock, fired: boolean): ClockTimerChange | null {
  const was = before === null ? null : (nextMark(before)?.at ?? null);
  const is = nextMark(after)?.at ?? null;
  if (is !== null) return fired || was !== is ? { setFor: is } : null;
  return was === null || fired ? null : "cancel";
}
