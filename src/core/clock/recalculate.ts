import type { ClockHead } from "./command.ts";
import { dayOf, epochMs } from "../../kernel/index.ts";
import type { Clock, ClockEvent, ClockId } from "./clock.ts";
import type { Due } from "./clock-parts.ts";
import { ceilingOf, sameDue } from "./decide.ts";
import { dueOf } from "./due.ts";
import type { WorkCalendar } from "./work-calendar.ts";

/** A due time that another calendar moves; `recalculatedEvent` makes the event of it. */
export type Recalculated = {
  readonly clockId: ClockId;
  readonly before: Due | null;
  readonly after: Due | null;
  readonly ceiling: Due | null;
  readonly calendarVersion: string;
};

/** What a new calendar does to open clocks. `unknown` = clocks whose hours it does not have: they keep their due time. */
export type Recalculation = { readonly moved: readonly Recalculated[]; readonly unknown: readonly ClockId[] };

/**
 * Which due times change when one calendar takes the place of another. Only days are counted anew: pauses, shares, owners and the
 * frozen policy with its hours stay. Stopped clocks are history and are left out. A child follows its parent, whichever stands
 * first: give families together. A clock that no changed day touches is not counted at all.
 * @source nmg:2.2.5 @req REQ-70
 */
export function recalculate(clocks: readonly Clock[], from: WorkCalendar, to: WorkCalendar): Recalculation {
  const window = changedDays(from, to);
  const moved: Recalculated[] = [];
  const unknown: ClockId[] = [];
  if (window === null) return { moved, unknown };
  const families = clocks.some((clock) => clock.parent !== null);
  const byId = families ? new Map(clocks.map((clock) => [clock.id, clock])) : null;
  const done = new Map<ClockId, Clock>();
  const count = (clock: Clock): Clock => {
    const ready = clock.status === "stopped" ? clock : done.get(clock.id);
    if (ready !== undefined) return ready;
    const above = clock.parent === null ? undefined : byId?.get(clock.parent);
    // What a parent that has stopped left as its limit stays the limit.
    const parent = above?.status === "stopped" ? undefined : above;
    const after = parent === undefined ? clock : { ...clock, ceiling: ceilingOf(count(parent), clock.granted, to) };
    const due = isTouched(clock, window) || parent !== undefined ? dueOf(after, to) : clock.due;
    if (due === undefined) unknown.push(clock.id);
    const next = due === undefined ? clock : { ...after, due };
    if (byId !== null) done.set(clock.id, next);
    if (due !== undefined && !(sameDue(due, clock.due) && sameDue(next.ceiling, clock.ceiling)))
      moved.push({
        clockId: clock.id,
        before: clock.due,
        after: due,
        ceiling: next.ceiling,
        calendarVersion: to.version,
      });
    return next;
  };
  for (const clock of clocks) count(clock);
  return { moved, unknown };
}

/** The event that puts one recalculated due time on record. */
export function recalculatedEvent(moved: Recalculated, head: ClockHead): ClockEvent {
  const { after, ceiling, calendarVersion } = moved;
  return { ...head, type: "ClockRecalculated", due: after, ceiling, calendarVersion };
}

/**
 * The same for one clock at a step of its own matter, whatever calendar it was counted by before; null = its due time stays, or the
 * calendar does not know its hours. `parent` = the clock it runs inside of, counted already. @source nmg:2.2.5
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

type Window = { readonly first: number; readonly last: number };

/** First and last day that are worked otherwise, or are sure now and were not (or the other way); null = none. */
function changedDays(from: WorkCalendar, to: WorkCalendar): Window | null {
  const first = Math.min(from.days.first, to.days.first);
  const last = Math.max(...[from, to].map(({ days }) => days.first + days.kinds.length - 1));
  const days = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((day) => differs(day, from, to));
  const [begin, end] = [days[0], days.at(-1)];
  return begin === undefined || end === undefined ? null : { first: begin, last: end };
}

function differs(day: number, from: WorkCalendar, to: WorkCalendar): boolean {
  return kindOn(day, from) !== kindOn(day, to) || from.isSure(day) !== to.isSure(day);
}

function kindOn(day: number, { days }: WorkCalendar): number {
  return days.kinds[day - days.first] ?? -1;
}

function isTouched(clock: Clock, window: Window): boolean {
  if (!clock.policy.unit.startsWith("working") || clock.due === null) return false;
  const start = clock.spans[clock.countedFrom]?.from ?? clock.startedAt;
  return dayOf(epochMs(start)) <= window.last && dayOf(epochMs(clock.due.at)) >= window.first;
}
