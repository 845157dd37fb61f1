import type { Instant } from "../../kernel/index.ts";
import { epochMs, plusMs } from "../../kernel/index.ts";
import type { LinkageTimer } from "./command.ts";
import type { LinkagePolicy } from "./context.ts";
import type { LinkageTimerChange } from "./event.ts";
import type { Linkage, LinkagePart, LinkageRole, LinkageState } from "./linkage.ts";

type TimerException = "receipted" | "notReceipted" | "shown" | "signed";

type TimerRow = {
  readonly timer: LinkageTimer;
  readonly part: LinkagePart;
  readonly role: LinkageRole;
  readonly in: readonly LinkageState[];
  readonly unless?: TimerException;
  /** Counted from here; `set`: from the moment it starts to run. */
  readonly since: "set" | "openedAt" | "negotiatedAt";
  readonly after: keyof LinkagePolicy;
  /** Set again after it fired, for this long; absent: fires once. */
  readonly repeats?: keyof LinkagePolicy;
};

/** Section 9 as data. What happens when one fires stands in the tables of the kinds, as a row on `timer:…`. */
// biome-ignore format: a table is read one row a line
export const TIMERS = [
  { timer: "deliveryReceipt", part: "ordinary", role: "S", in: ["offered", "negotiating", "bound"], unless: "receipted", since: "set", after: "deliveryReceipt" },
  { timer: "answer", part: "ordinary", role: "R", in: ["offered"], since: "openedAt", after: "answer" }, { timer: "answerAtSender", part: "ordinary", role: "S", in: ["offered"], unless: "notReceipted", since: "set", after: "answerAtSender" },
  { timer: "decideReturned", part: "ordinary", role: "S", in: ["returned"], since: "set", after: "decideReturned" }, { timer: "negotiation", part: "ordinary", role: "S", in: ["negotiating"], since: "set", after: "negotiation" }, { timer: "arbiter", part: "ordinary", role: "S", in: ["held"], since: "negotiatedAt", after: "arbiter", repeats: "arbiterRepeat" },
  { timer: "confirm", part: "ordinary", role: "R", in: ["accepted?", "concluding?"], since: "set", after: "confirm" }, { timer: "answerOwed", part: "ordinary", role: "S", in: ["reopening", "bound"], since: "set", after: "answerOwed" }, { timer: "answerOwed", part: "ordinary", role: "R", in: ["concluding"], since: "set", after: "answerOwed" }, { timer: "answerOwed", part: "danger", role: "R", in: ["endReported"], since: "set", after: "answerOwed" }, { timer: "urgentLink", part: "danger", role: "S", in: ["pushed", "delivered"], unless: "receipted", since: "set", after: "urgentLink" },
  { timer: "deliveryReceipt", part: "none", role: "S", in: ["sent", "requested"], unless: "receipted", since: "set", after: "deliveryReceipt" },
  { timer: "deliveryReceipt", part: "partner", role: "S", in: ["pushed", "delivered"], unless: "receipted", since: "set", after: "deliveryReceipt" },
  { timer: "answerOwed", part: "partner", role: "S", in: ["pushed"], unless: "notReceipted", since: "set", after: "answerOwed", repeats: "answerOwed" },
  { timer: "answerOwed", part: "partner", role: "R", in: ["active"], unless: "shown", since: "set", after: "answerOwed", repeats: "answerOwed" },
  { timer: "answerOwed", part: "partner", role: "R", in: ["endReported"], since: "set", after: "answerOwed" },
  { timer: "answer", part: "partner", role: "R", in: ["active"], unless: "signed", since: "set", after: "answer" },
  { timer: "answerOwed", part: "none", role: "S", in: ["requested"], unless: "notReceipted", since: "set", after: "answerOwed" },
  { timer: "answerOwed", part: "none", role: "R", in: ["requested"], since: "set", after: "answerOwed" },
  { timer: "urgentReceipt", part: "danger", role: "S", in: ["pushed"], since: "set", after: "urgentReceipt", repeats: "urgentReceipt" },
  { timer: "urgentSeat", part: "danger", role: "R", in: ["active"], unless: "shown", since: "set", after: "urgentSeat" },
  { timer: "urgentSign", part: "danger", role: "S", in: ["delivered"], unless: "signed", since: "set", after: "urgentSignFirst", repeats: "urgentSign" },
  { timer: "urgentSign", part: "danger", role: "R", in: ["active"], unless: "signed", since: "set", after: "urgentSignFirst", repeats: "urgentSign" },
] as const satisfies readonly TimerRow[];

/** Whether a timer that fired is still wanted; a stale one changes nothing. */
export function isRunning(linkage: Linkage, timer: LinkageTimer): boolean {
  const row = runningRow(linkage, timer);
  return row !== null && !isSpent(linkage, row);
}

/** Timers to set and cancel, and how often each has fired since it was set. */
export type TimerPlan = { readonly changes: readonly LinkageTimerChange[]; readonly fired: Linkage["fired"] };

/** What a step does to the timers: newly wanted ones are set, unwanted ones cancelled, the one that fired repeats if its row says so. */
export function planTimers(
  before: Linkage | null,
  after: Linkage,
  firedNow: LinkageTimer | null,
  at: Instant,
  policy: LinkagePolicy,
): TimerPlan {
  const changes: LinkageTimerChange[] = [];
  const fired: Partial<Record<LinkageTimer, number>> = { ...after.fired };
  for (const timer of TIMER_NAMES) {
    const was = before === null ? null : runningRow(before, timer);
    const is = runningRow(after, timer);
    if (is === null) {
      if (was !== null && before !== null && timer !== firedNow && !isSpent(before, was))
        changes.push({ cancel: timer });
      if (was !== null) delete fired[timer];
    } else if (timer === firedNow) {
      fired[timer] = (fired[timer] ?? 0) + 1;
      if (is.repeats !== undefined)
        changes.push({ set: timer, dueAt: plusMs(at, repeatAfter(is, fired[timer] ?? 1, policy)) });
    } else if (was === null || before === null || epoch(before, is) !== epoch(after, is)) {
      delete fired[timer];
      changes.push({ set: timer, dueAt: dueAt(after, is, at, policy) });
    }
  }
  return { changes, fired };
}

const ROWS: readonly TimerRow[] = TIMERS;
const TIMER_NAMES: readonly LinkageTimer[] = [...new Set(ROWS.map((r) => r.timer))];

function runningRow(linkage: Linkage, timer: LinkageTimer): TimerRow | null {
  return (
    ROWS.find(
      (r) =>
        r.timer === timer &&
        r.role === linkage.role &&
        r.part === linkage.part &&
        r.in.includes(linkage.state) &&
        !excepted(linkage, r),
    ) ?? null
  );
}

// A timer that fires once has nothing left to cancel, and a second firing of it says nothing new.
function isSpent(linkage: Linkage, row: TimerRow): boolean {
  return row.repeats === undefined && (linkage.fired[row.timer] ?? 0) > 0;
}

function excepted(l: Linkage, row: TimerRow): boolean {
  if (row.unless === undefined) return false;
  switch (row.unless) {
    case "receipted":
      return l.receipted >= l.awaitedSeq;
    // Without a receipt the timer starts when the link alarm was raised: a dead link may not stop the dispute from moving on.
    case "notReceipted":
      return l.receipted < l.awaitedSeq && !l.deliveryAlarmed;
    case "shown":
      return l.kShown >= l.k || l.kUnseated >= l.k;
    case "signed":
      return l.signedAt !== null;
  }
}

/** A timer of the same name starts anew when this changes: a new push, a new binding message, the receipt at last. */
function epoch(l: Linkage, row: TimerRow): string {
  if (row.unless === undefined) return row.role === "S" && row.in.length > 1 ? l.state : "";
  switch (row.unless) {
    case "receipted":
      return `${l.awaitedSeq}`;
    case "notReceipted":
      return `${l.receipted >= l.awaitedSeq}`;
    case "shown":
      return `${l.k}`;
    case "signed":
      return "";
  }
}

function dueAt(l: Linkage, row: TimerRow, at: Instant, policy: LinkagePolicy): Instant {
  if (row.since === "set") return plusMs(at, policy[row.after]);
  const from = (row.since === "openedAt" ? l.openedAt : l.negotiatedAt) ?? at;
  const due = plusMs(from, policy[row.after]);
  return epochMs(due) > epochMs(at) ? due : at;
}

// Unsigned: level 1 after the first time, level 2 when the full time has passed since the push, then every full time.
function repeatAfter(row: TimerRow, firings: number, policy: LinkagePolicy): number {
  const full = policy[row.repeats ?? row.after];
  return row.timer === "urgentSign" && firings === 1 ? Math.max(full - policy[row.after], 0) : full;
}
