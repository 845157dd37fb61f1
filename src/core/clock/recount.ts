import type { ClockHead } from "./command.ts";
import type { Clock, ClockEvent } from "./clock.ts";
import { ceilingOf, sameDue } from "./decide.ts";
import { dueOf } from "./due.ts";
import type { WorkCalendar } from "./work-calendar.ts";

/**
 * The event by which a clock is due by another calendar than the one it was counted by; null = its due time stays, it has stopped and
 * is history, or the calendar does not know its hours: then it keeps its due time. Only days are counted anew: pauses, shares, owners and
 * the frozen policy with its hours stay. `parent` = the clock it runs inside of, counted already. @source nmg:2.2.5 @req REQ-70
 */
export function recountedEvent(
  clock: Clock,
  parent: Clock | null,
  head: ClockHead,
  calendar: WorkCalendar,
): ClockEvent | null {
  if (clock.status === "stopped" || clock.calendarVersion === calendar.version) return null;
  const ceiling =
    parent === null || parent.status === "stopped" ? clock.ceiling : ceilingOf(parent, clock.granted, calendar);
  const due = dueOf({ ...clock, ceiling }, calendar);
  if (due === undefined || (sameDue(due, clock.due) && sameDue(ceiling, clock.ceiling))) return null;
  return { ...head, type: "ClockRecalculated", due, ceiling, calendarVersion: calendar.version };
}
