import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { evolveClock } from "./clock.ts";
import type { Clock, ClockEvent } from "./clock.ts";
import type { ClockHead, ClockRefusal } from "./command.ts";
import { dueOf } from "./due.ts";
import type { ClockPolicy } from "./limit.ts";
import { opened } from "./spans.ts";
import type { WorkCalendar } from "./work-calendar.ts";

/**
 * Another row of the sheet fits a matter that was judged anew: it counts from the moment when that was known, and only where it ends
 * no later than the old one, so that no judgement ever gives a matter more time. Extensions of the old row ended with it. The same row with
 * another number is an edit of the sheet, which never reaches a running clock. Errors: CLOCK_HOURS_UNKNOWN.
 * @source nmg:2.2.5 @req REQ-70
 */
export function tightened(
  clock: Clock,
  policy: ClockPolicy,
  head: ClockHead,
  calendar: WorkCalendar,
): Result<readonly ClockEvent[], ClockRefusal> {
  if (policy.limit === clock.policy.limit) return ok([]);
  const event = { ...head, type: "ClockTightened", policy, due: null, calendarVersion: calendar.version } as const;
  const after = evolveClock(clock, event);
  const due = dueOf(after, calendar);
  if (due === undefined) return err({ code: "CLOCK_HOURS_UNKNOWN", hours: policy.hours });
  const [old, next] = [clock, after].map((one) => dueOf(asIfRunning(one, head), calendar));
  const fits = next?.at !== undefined && (old?.at === undefined || next.at <= old.at);
  return ok(fits ? [{ ...event, due }] : []);
}

/** What stands still has no due time; two rows are held against each other as if it ran on now. */
function asIfRunning(clock: Clock, { at }: ClockHead): Clock {
  if (clock.status === "running") return clock;
  return { ...clock, spans: opened(clock, clock.owner, at) };
}
