import { pauseEnd, recountedEvent, STANDSTILL } from "../clock/index.ts";
import type { ClockId } from "../clock/index.ts";
import { emitClock } from "./draft.ts";
import type { Draft } from "./draft.ts";

/**
 * Due times follow the calendar of today: a year that was published since they were counted moves them before anything is said about
 * them, and when the node looks through its open requests. A parent goes first. Nobody's command moved them: the calendar did.
 * @source nmg:2.2.5
 */
export function recount(draft: Draft): void {
  const { clock, self } = draft.context;
  const head = { ...draft.head, by: { kind: "timer", id: "clock", node: self } } as const;
  const parentsFirst = [...draft.clocks.keys()].toSorted((a, b) => depth(draft, a) - depth(draft, b));
  for (const id of parentsFirst) {
    const counted = draft.clocks.get(id);
    if (counted === undefined || !isLater(clock.calendar.version, counted.calendarVersion)) continue;
    const parent = counted.parent === null ? undefined : draft.clocks.get(counted.parent);
    const event = recountedEvent(counted, parent ?? null, head, clock.calendar);
    if (event !== null) emitClock(draft, id, [event]);
  }
}

/**
 * A pause from before pauses had an end gets one, counted from the step that finds it; who paused it and why stays as it was said.
 * @source nmg:2.2.5
 */
export function endPauses(draft: Draft): void {
  const { head, context } = draft;
  for (const clock of draft.clocks.values()) {
    const { status, awaitUntil, pauseReason, pauseNote, due, calendarVersion } = clock;
    if (status !== "paused" || awaitUntil !== null || pauseReason === null) continue;
    const ends = pauseEnd(head.at, context.clock.standstill ?? STANDSTILL);
    const by = { kind: "timer", id: "clock", node: context.self } as const;
    const said = { reason: pauseReason, note: pauseNote, ...ends, due, calendarVersion };
    emitClock(draft, clock.id, [{ ...head, by, type: "ClockPaused", ...said }]);
  }
}

/** Whether a calendar comes after another (`cn@3` after `cn@2`): a node that has not seen the new one yet counts nothing back. */
function isLater(version: string, than: string): boolean {
  const [[name, edition], [other, before]] = [version.split("@"), than.split("@")];
  return name === other ? Number(edition) > Number(before) : true;
}

function depth({ clocks }: Draft, id: ClockId): number {
  return (clocks.get(id)?.parent ?? null) === null ? 0 : 1;
}
