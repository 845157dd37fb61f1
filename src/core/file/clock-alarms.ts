import type { Clock, ClockEvent } from "../clock/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import type { FileAlarm, FileAlarmKind } from "./file-alarm.ts";

/** Marks of clocks. They stand below every other mark, whatever their level: danger comes first. */
export const CLOCK_ALARMS = [
  "deadlineNear",
  "deadlinePassed",
  "notTakenUp",
  "extensionAsked",
  "pauseEnds",
] as const satisfies readonly FileAlarmKind[];

/** Those of them that wait for a person's decision: they stand before the others, and no number of others may hide one. @source nmg:2.2.5 */
export const DECISION_ALARMS = ["extensionAsked"] as const satisfies readonly ClockAlarmKind[];

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
  if (event.type === "ExtensionAsked") {
    const asked = { act: "raise", kind: "extensionAsked", subject, level: 1, dial: null } as const;
    return [...cleared, { ...asked, audience: "supervisor" }];
  }
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
  if (mark === "pauseEnds") return mark;
  return mark === "due" || mark === "overdue" ? "deadlinePassed" : "deadlineNear";
}

/** Supervision rings above the reminder, each overdue period above the one before: a mark rings again only when its level rises. */
function levelOf({ mark, times }: Marked): number {
  if (mark === "supervision") return 2;
  return mark === "overdue" ? times + 1 : 1;
}

/** Whether the mark of an owner that does nothing with its order stands. @source yn:4.1.2 */
export function isNotTakenUp(clock: Clock): boolean {
  return stands(clock, "notTakenUp");
}

function stands({ status, marked, ownerActed, asked }: Clock, kind: ClockAlarmKind): boolean {
  if (status === "stopped") return false;
  const passed = marked.due !== undefined || marked.overdue !== undefined;
  switch (kind) {
    case "deadlineNear":
      return !passed && (marked.reminder !== undefined || marked.supervision !== undefined);
    case "deadlinePassed":
      return passed;
    case "notTakenUp":
      return marked.giveBack !== undefined && !ownerActed;
    case "extensionAsked":
      return asked !== null;
    case "pauseEnds":
      return status === "paused" && marked.pauseEnds !== undefined;
  }
}
