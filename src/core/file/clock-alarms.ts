import type { Clock, ClockEvent } from "../clock/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import type { FileAlarm, FileAlarmKind } from "./file.ts";

/** Marks of clocks. They stand below every other mark, whatever their level: danger comes first. */
export const CLOCK_ALARMS = [
  "deadlineNear",
  "deadlinePassed",
  "notTakenUp",
] as const satisfies readonly FileAlarmKind[];

type ClockAlarmKind = (typeof CLOCK_ALARMS)[number];

type Marked = ClockEvent & { readonly type: "ClockMarked" };

/**
 * The marks on screens that a clock's event raises, and those that end with it: all of them when the clock stops, and each when what
 * it says is no longer so. What is called out to a unit is a notice to it and no mark of the desk.
 * @source nmg:2.2.5
 */
export function clockAlarms(
  before: Clock | null,
  after: Clock,
  event: ClockEvent,
  self: NodeCode,
): readonly FileAlarm[] {
  const subject = after.id;
  const ended = CLOCK_ALARMS.filter((kind) => before !== null && stands(before, kind) && !stands(after, kind));
  const cleared = ended.map((kind): FileAlarm => ({ act: "clear", kind, subject }));
  if (event.type !== "ClockMarked" || isForUnit(event, after, self)) return cleared;
  const audience = event.audience === "owner" ? "desk" : event.audience;
  return [...cleared, { act: "raise", kind: kindOf(event), subject, level: levelOf(event), dial: null, audience }];
}

/** Whether a mark is told to the unit that must act, not to this desk. */
export function isForUnit(event: Marked, clock: Clock, self: NodeCode): boolean {
  return event.audience === "owner" && clock.owner !== self;
}

function kindOf({ mark }: Marked): ClockAlarmKind {
  if (mark === "giveBack") return "notTakenUp";
  return mark === "due" || mark === "overdue" ? "deadlinePassed" : "deadlineNear";
}

/** Supervision rings above the reminder, each overdue period above the one before: a mark rings again only when its level rises. */
function levelOf({ mark, times }: Marked): number {
  if (mark === "supervision") return 2;
  return mark === "overdue" ? times + 1 : 1;
}

function stands({ status, marked, ownerActed }: Clock, kind: ClockAlarmKind): boolean {
  if (status === "stopped") return false;
  const passed = marked.due !== undefined || marked.overdue !== undefined;
  switch (kind) {
    case "deadlineNear":
      return !passed && (marked.reminder !== undefined || marked.supervision !== undefined);
    case "deadlinePassed":
      return passed;
    case "notTakenUp":
      return marked.giveBack !== undefined && !ownerActed;
  }
}
