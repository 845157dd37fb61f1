import { err, ok } from "../../kernel/index.ts";
import type { ActorRef, Instant, Result } from "../../kernel/index.ts";
import { evolveClock } from "./clock.ts";
import type { Clock, ClockEvent, ClockId, ClockOwner, Due } from "./clock.ts";
import { allowedClockCommands } from "./command.ts";
import type { ClockCommand, ClockRefusal } from "./command.ts";
import { dueOf, responseOf } from "./due.ts";
import type { ClockPolicy } from "./limit.ts";
import { pendingMarks, timesBy } from "./marks.ts";
import type { WorkCalendar } from "./work-calendar.ts";

/** Who gives a command, when, by which cause. */
export type ClockHead = { readonly at: Instant; readonly by: ActorRef; readonly cause: string };

/** The id of the clock of one stage of one thing (an order, a request, a supervision). */
export function clockIdOf(subject: string, stage: string): ClockId {
  return `${subject}/${stage}` as ClockId;
}

/**
 * Starts a clock under a policy that is frozen with it, inside its parent's due time if it has one.
 * Errors: CLOCK_HOURS_UNKNOWN, CLOCK_NOT_IN_STATE (the parent has stopped).
 * @source nmg:2.2.5 @req REQ-70
 */
export function startClock(
  start: {
    readonly id: ClockId;
    readonly policy: ClockPolicy;
    readonly owner: ClockOwner;
    readonly parent: Clock | null;
  },
  head: ClockHead,
  calendar: WorkCalendar,
): Result<readonly ClockEvent[], ClockRefusal> {
  const { parent, policy } = start;
  if (parent?.status === "stopped") return err({ code: "CLOCK_NOT_IN_STATE", state: parent.status });
  const granted = parent?.extended ?? 0;
  const ceiling = parent === null ? null : ceilingOf(parent, granted, calendar);
  const event: ClockEvent = {
    ...head,
    type: "ClockStarted",
    clockId: start.id,
    parent: parent?.id ?? null,
    policy,
    owner: start.owner,
    ceiling,
    granted,
    due: null,
    calendarVersion: calendar.version,
  };
  return counted(null, event, calendar);
}

/** The due time of a parent as far as a child may use it: without the extensions that were not passed on. */
export function ceilingOf(parent: Clock, granted: number, calendar: WorkCalendar): Due | null {
  const total = parent.total - Math.max(parent.extended - granted, 0);
  return dueOf({ ...parent, total }, calendar) ?? null;
}

/**
 * What happens when `command` is given to `clock`. Refusals are values; a `mark` is never refused, a stale one says nothing.
 * Errors: CLOCK_NOT_IN_STATE (the table has no such row), CLOCK_NOT_PAUSABLE, CLOCK_HOURS_UNKNOWN, CLOCK_OWNER_SAME,
 * CLOCK_NOT_OF_PARENT, EXTENSION_PENDING, EXTENSION_NOT_ASKED, EXTENSION_TOO_LATE (asked after it was due), EXTENSION_TOO_LONG
 * (more than the policy leaves, or than was asked), EXTENSION_BY_SAME (nobody grants their own).
 * @source nmg:2.2.5 @req REQ-70
 */
export function decideClock(
  clock: Clock,
  command: ClockCommand,
  head: ClockHead,
  calendar: WorkCalendar,
): Result<readonly ClockEvent[], ClockRefusal> {
  if (!allowedClockCommands(clock.status).includes(command.type))
    return err({ code: "CLOCK_NOT_IN_STATE", state: clock.status });
  const base = { ...head, due: clock.due, calendarVersion: calendar.version };
  switch (command.type) {
    case "pause":
      if (!clock.policy.pausable) return err({ code: "CLOCK_NOT_PAUSABLE" });
      return counted(clock, { ...base, type: "ClockPaused", reason: command.reason }, calendar);
    case "awaitRequester":
      if (!clock.policy.pausable) return err({ code: "CLOCK_NOT_PAUSABLE" });
      return counted(clock, { ...base, type: "RequesterAwaited" }, calendar);
    case "resume":
      return counted(clock, { ...base, type: "ClockResumed" }, calendar);
    case "askExtension":
    case "approveExtension":
    case "refuseExtension":
      return extend(clock, command, head, calendar);
    case "changeOwner":
      if (command.owner === clock.owner) return err({ code: "CLOCK_OWNER_SAME" });
      return counted(
        clock,
        { ...base, type: "ClockOwnerChanged", owner: command.owner, policy: command.policy },
        calendar,
      );
    case "act":
      return ok(clock.ownerActed ? [] : [{ ...head, type: "ClockOwnerActed" }]);
    case "stop":
      return ok([
        { ...head, type: "ClockStopped", outcome: command.outcome, response: responseOf(clock, calendar, head.at) },
      ]);
    case "reopen":
      return counted(clock, { ...base, type: "ClockReopened", owner: command.owner, amount: command.amount }, calendar);
    case "followParent":
    case "passOn":
      return moveCeiling(clock, command, head, calendar);
    case "mark":
      return ok(marked(clock, command, head));
  }
}

/** An event together with the due time that follows from it. */
function counted(
  clock: Clock | null,
  event: ClockEvent & { readonly due: Due | null },
  calendar: WorkCalendar,
): Result<readonly ClockEvent[], ClockRefusal> {
  const after = evolveClock(clock, event);
  const due = dueOf(after, calendar);
  if (due === undefined) return err({ code: "CLOCK_HOURS_UNKNOWN", hours: after.policy.hours });
  return ok([{ ...event, due }]);
}

function extend(
  clock: Clock,
  command: ClockCommand & { type: "askExtension" | "approveExtension" | "refuseExtension" },
  head: ClockHead,
  calendar: WorkCalendar,
): Result<readonly ClockEvent[], ClockRefusal> {
  const { asked, policy } = clock;
  if (command.type === "askExtension") {
    if (asked !== null) return err({ code: "EXTENSION_PENDING" });
    if (clock.due !== null && clock.due.at < head.at) return err({ code: "EXTENSION_TOO_LATE" });
    const left = policy.extensionMax - clock.extended;
    if (command.amount > left || command.amount < 1) return err({ code: "EXTENSION_TOO_LONG", left });
    return ok([{ ...head, type: "ExtensionAsked", amount: command.amount, reason: command.reason }]);
  }
  if (asked === null) return err({ code: "EXTENSION_NOT_ASKED" });
  if (command.type === "refuseExtension") return ok([{ ...head, type: "ExtensionRefused", reason: command.reason }]);
  if (asked.by.kind === head.by.kind && asked.by.id === head.by.id && asked.by.node === head.by.node)
    return err({ code: "EXTENSION_BY_SAME" });
  const amount = command.amount ?? asked.amount;
  if (amount > asked.amount || amount < 1) return err({ code: "EXTENSION_TOO_LONG", left: asked.amount });
  const event: ClockEvent = {
    ...head,
    type: "ExtensionApproved",
    amount,
    due: clock.due,
    calendarVersion: calendar.version,
  };
  return counted(clock, event, calendar);
}

function moveCeiling(
  clock: Clock,
  command: ClockCommand & { type: "followParent" | "passOn" },
  head: ClockHead,
  calendar: WorkCalendar,
): Result<readonly ClockEvent[], ClockRefusal> {
  const { parent } = command;
  if (clock.parent !== parent.id) return err({ code: "CLOCK_NOT_OF_PARENT" });
  // What a parent that has stopped left as its limit stays the limit.
  if (parent.status === "stopped")
    return command.type === "followParent" ? ok([]) : err({ code: "CLOCK_NOT_IN_STATE", state: parent.status });
  const more = command.type === "passOn" ? command.amount : 0;
  const left = parent.extended - clock.granted;
  if (command.type === "passOn" && (more < 1 || more > left)) return err({ code: "EXTENSION_TOO_LONG", left });
  const granted = Math.min(clock.granted + more, parent.extended);
  const ceiling = ceilingOf(parent, granted, calendar);
  if (more === 0 && granted === clock.granted && sameDue(ceiling, clock.ceiling)) return ok([]);
  return counted(
    clock,
    { ...head, type: "CeilingMoved", ceiling, granted, due: clock.due, calendarVersion: calendar.version },
    calendar,
  );
}

/** Whether two due times say the same. */
export function sameDue(a: Due | null, b: Due | null): boolean {
  return a?.at === b?.at && a?.provisional === b?.provisional;
}

function marked(clock: Clock, command: ClockCommand & { type: "mark" }, head: ClockHead): readonly ClockEvent[] {
  const pending = pendingMarks(clock).find((one) => one.mark === command.mark);
  if (pending === undefined || pending.at > head.at) return [];
  const { mark, at: setFor, audience } = pending;
  return [{ ...head, type: "ClockMarked", mark, setFor, times: timesBy(clock, pending, head.at), audience }];
}
