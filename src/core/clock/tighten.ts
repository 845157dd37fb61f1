import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { evolveClock } from "./clock.ts";
import type { Clock, ClockEvent } from "./clock.ts";
import type { ClockHead, ClockRefusal } from "./command.ts";
import { dueOf } from "./due.ts";
import type { ClockPolicy } from "./limit.ts";
import type { WorkCalendar } from "./work-calendar.ts";

/**
 * Another row of the sheet fits a matter that was judged anew: it counts from the moment when that was known, and only where it ends
 * no later than the old one, so that no judgement ever gives a matter more time. While a clock stands still nobody knows which of the
 * two ends first: that is decided when it runs on. Extensions of the old row ended with it. The same row with another number is an edit
 * of the sheet, which never reaches a running clock. Errors: CLOCK_HOURS_UNKNOWN.
 * @source nmg:2.2.5 @req REQ-70
 */
export function tightened(
  clock: Clock,
  policy: ClockPolicy,
  head: ClockHead,
  calendar: WorkCalendar,
): Result<readonly ClockEvent[], ClockRefusal> {
  if (policy.limit === clock.policy.limit) return ok(judgedAs(clock, null, head));
  const event = { ...head, type: "ClockTightened", policy, due: null, calendarVersion: calendar.version } as const;
  const due = dueOf(evolveClock(clock, event), calendar);
  if (due === undefined) return err({ code: "CLOCK_HOURS_UNKNOWN", hours: policy.hours });
  if (clock.status !== "running") return ok(judgedAs(clock, policy, head));
  const old = dueOf(clock, calendar);
  const fits = due?.at !== undefined && (old?.at === undefined || due.at <= old.at);
  return ok(fits ? [{ ...event, due }] : judgedAs(clock, null, head));
}

/** What a clock that was judged while it stood still runs on by. Never refused: a limit that cannot be counted leaves the old one. */
export function afterStanding(
  before: Clock,
  resumed: readonly ClockEvent[],
  head: ClockHead,
  calendar: WorkCalendar,
): readonly ClockEvent[] {
  const judged = before.judged ?? null;
  if (judged === null) return resumed;
  const clock = resumed.reduce<Clock>((state, event) => evolveClock(state, event), before);
  try {
    const then = tightened(clock, judged, head, calendar);
    return then.ok ? [...resumed, ...then.value] : resumed;
  } catch {
    // A limit that leads out of the calendar: nothing keeps a clock from running on.
    return resumed;
  }
}

function judgedAs({ judged = null }: Clock, policy: ClockPolicy | null, head: ClockHead): readonly ClockEvent[] {
  return judged?.limit === policy?.limit ? [] : [{ ...head, type: "ClockJudged", policy }];
}
