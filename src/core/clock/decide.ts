import { err, isInstant, msBetween, ok, plusMs } from "../../kernel/index.ts";
import type { Instant, Result } from "../../kernel/index.ts";
import { evolveClock, UNCOUNTED } from "./clock.ts";
import type { Clock, ClockEvent, ClockId } from "./clock.ts";
import type { ClockOwner } from "./spans.ts";
import type { Due } from "./clock-parts.ts";
import { allowedClockCommands } from "./command.ts";
import type { ClockCommand, ClockHead, ClockRefusal } from "./command.ts";
import { dueOf, responseOf } from "./due.ts";
import type { ClockPolicy } from "./limit.ts";
import { pendingMarks, timesBy } from "./marks.ts";
import { STANDSTILL, STANDSTILL_DAY_MS } from "./standstill.ts";
import type { Standstill } from "./standstill.ts";
import { afterStanding, tightened } from "./tighten.ts";
import type { WorkCalendar } from "./work-calendar.ts";

/**
 * Starts a clock under a policy that is frozen with it, inside its parent's due time if it has one.
 * Errors: CLOCK_HOURS_UNKNOWN, CLOCK_NOT_IN_STATE (the parent has stopped).
 * @source nmg:2.2.5 @req REQ-70
 */
export function startClock(
  start: {
    readonly id: ClockId;
    readonly subject: string;
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
    subject: start.subject,
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
 * CLOCK_AWAITED_ENOUGH (the requester was waited for as often as one limit may), CLOCK_NOT_OF_PARENT, EXTENSION_PENDING, EXTENSION_NOT_ASKED, EXTENSION_TOO_LATE (asked after it was due), EXTENSION_TOO_LONG
 * (more than the policy leaves, or than was asked), EXTENSION_MOVES_NOTHING (the limit of the parent stands before it),
 * EXTENSION_BY_SAME (nobody grants their own), EXTENSION_NOT_OWN (nobody takes back what another asked for).
 * @source nmg:2.2.5 @req REQ-70
 */
export function decideClock(
  clock: Clock,
  command: ClockCommand,
  head: ClockHead,
  calendar: WorkCalendar,
  standstill: Standstill = STANDSTILL,
): Result<readonly ClockEvent[], ClockRefusal> {
  if (!allowedClockCommands(clock.status).includes(command.type))
    return err({ code: "CLOCK_NOT_IN_STATE", state: clock.status });
  const base = { ...head, due: clock.due, calendarVersion: calendar.version };
  switch (command.type) {
    case "pause":
      if (!clock.policy.pausable) return err({ code: "CLOCK_NOT_PAUSABLE" });
      return counted(
        clock,
        {
          ...base,
          type: "ClockPaused",
          reason: command.reason,
          note: command.note ?? null,
          ...pauseEnd(head.at, standstill),
        },
        calendar,
      );
    case "awaitRequester":
      if (!clock.policy.pausable) return err({ code: "CLOCK_NOT_PAUSABLE" });
      if (!mayAwait(clock, standstill)) return err({ code: "CLOCK_AWAITED_ENOUGH", most: standstill.awaitTimes });
      return counted(
        clock,
        { ...base, type: "RequesterAwaited", until: command.until ?? null, note: command.note ?? null },
        calendar,
      );
    case "resume": {
      const event = {
        ...base,
        type: "ClockResumed",
        why: command.why ?? "byPerson",
        note: command.note ?? null,
      } as const;
      const ran = resumed(clock, event, calendar);
      return ran.ok ? ok(afterStanding(clock, ran.value, head, calendar)) : ran;
    }
    case "askExtension":
    case "approveExtension":
    case "refuseExtension":
    case "withdrawExtension":
      return extend(clock, command, head, calendar);
    case "changeOwner":
      if (command.owner === clock.owner) return err({ code: "CLOCK_OWNER_SAME" });
      return counted(
        clock,
        { ...base, type: "ClockOwnerChanged", owner: command.owner, policy: command.policy },
        calendar,
      );
    case "judgedAnew":
      return tightened(clock, command.policy, head, calendar);
    case "act":
      return ok(clock.ownerActed ? [] : [{ ...head, type: "ClockOwnerActed" }]);
    case "ringOn": {
      const { unit, line, level, last } = command;
      return ok([{ ...head, type: "ClockRungOn", unit, line, level, last }]);
    }
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
      return marked(clock, command, head, calendar);
  }
}

/** Whether the requester may be waited for once more within this limit. @source nmg:2.2.5 */
export function mayAwait({ awaited }: Pick<Clock, "awaited">, { awaitTimes }: Standstill = STANDSTILL): boolean {
  return awaited < awaitTimes;
}

/** When a pause that begins now ends by itself, and when that is called out. @source nmg:2.2.5 */
export function pauseEnd(
  at: Instant,
  { pauseDays, remindDays }: Standstill,
): { readonly until: Instant; readonly remindAt: Instant } {
  const until = plusMs(at, pauseDays * STANDSTILL_DAY_MS);
  return { until, remindAt: plusMs(until, -Math.min(remindDays, pauseDays) * STANDSTILL_DAY_MS) };
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

/**
 * What runs on by itself is never refused: where the calendar cannot count it now, its due time is open and `UNCOUNTED` says so until a
 * usable calendar is there. @source nmg:2.2.1
 */
function resumed(
  clock: Clock,
  event: ClockEvent & { readonly type: "ClockResumed" },
  calendar: WorkCalendar,
): Result<readonly ClockEvent[], ClockRefusal> {
  if (event.why === "byPerson") return counted(clock, event, calendar);
  try {
    const told = counted(clock, event, calendar);
    const countable =
      told.ok && told.value.every((one) => !("due" in one) || one.due === null || isInstant(one.due.at));
    if (countable) return told;
  } catch {
    // The calendar of now is out of order: that is told to the operator by who asked.
  }
  return ok([{ ...event, due: null, calendarVersion: UNCOUNTED }]);
}

function extend(
  clock: Clock,
  command: ClockCommand & { type: "askExtension" | "approveExtension" | "refuseExtension" | "withdrawExtension" },
  head: ClockHead,
  calendar: WorkCalendar,
): Result<readonly ClockEvent[], ClockRefusal> {
  const { asked, policy } = clock;
  if (command.type === "askExtension") {
    if (asked !== null) return err({ code: "EXTENSION_PENDING" });
    if (clock.due !== null && clock.due.at < head.at) return err({ code: "EXTENSION_TOO_LATE" });
    const left = policy.extensionMax - clock.extended;
    if (command.amount > left || command.amount < 1) return err({ code: "EXTENSION_TOO_LONG", left });
    return asks(clock, command, head, calendar);
  }
  if (asked === null) return err({ code: "EXTENSION_NOT_ASKED" });
  const note = command.note ?? null;
  if (command.type === "refuseExtension")
    return ok([{ ...head, type: "ExtensionRefused", reason: command.reason, note }]);
  const own = asked.by.kind === head.by.kind && asked.by.id === head.by.id && asked.by.node === head.by.node;
  if (command.type === "withdrawExtension")
    return own ? ok([{ ...head, type: "ExtensionWithdrawn", note }]) : err({ code: "EXTENSION_NOT_OWN" });
  if (own) return err({ code: "EXTENSION_BY_SAME" });
  const amount = command.amount ?? asked.amount;
  if (amount > asked.amount || amount < 1) return err({ code: "EXTENSION_TOO_LONG", left: asked.amount });
  const event: ClockEvent = {
    ...head,
    type: "ExtensionApproved",
    amount,
    note,
    due: clock.due,
    calendarVersion: calendar.version,
  };
  return counted(clock, event, calendar);
}

/** An extension that its parent's limit would swallow is refused when it is asked for, not granted in vain. */
function asks(
  clock: Clock,
  { amount, reason, note = null }: ClockCommand & { type: "askExtension" },
  head: ClockHead,
  calendar: WorkCalendar,
): Result<readonly ClockEvent[], ClockRefusal> {
  const wanted = dueOf({ ...clock, total: clock.total + amount }, calendar);
  if (wanted === undefined) return err({ code: "CLOCK_HOURS_UNKNOWN", hours: clock.policy.hours });
  if (clock.due !== null && wanted !== null && msBetween(clock.due.at, wanted.at) <= 0)
    return err({ code: "EXTENSION_MOVES_NOTHING" });
  return ok([{ ...head, type: "ExtensionAsked", amount, reason, note, wanted }]);
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

function marked(
  clock: Clock,
  command: ClockCommand & { type: "mark" },
  head: ClockHead,
  calendar: WorkCalendar,
): Result<readonly ClockEvent[], ClockRefusal> {
  const pending = pendingMarks(clock).find((one) => one.mark === command.mark);
  if (pending === undefined || pending.at > head.at) return ok([]);
  const { mark, at: setFor, audience } = pending;
  if (mark === "awaitOver" || mark === "pauseOver")
    return decideClock(clock, { type: "resume", why: mark }, head, calendar);
  return ok([{ ...head, type: "ClockMarked", mark, setFor, times: timesBy(clock, pending, head.at), audience }]);
}
