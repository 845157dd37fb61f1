import { exhaustive, plusMs } from "../../kernel/index.ts";
import type { ActorRef, Brand, Instant, NodeCode, UnitCode } from "../../kernel/index.ts";
import type { ClockPolicy } from "./limit.ts";

/** One clock: what it measures (an order, a request, a supervision) and the stage, `…/reply`. */
export type ClockId = Brand<"ClockId">;

/** Who must act while the clock runs. */
export type ClockOwner = UnitCode | NodeCode;

export type ClockStatus = "running" | "paused" | "awaitingRequester" | "stopped";

/** What a clock calls out. `giveBack`: the owner did nothing in the time the policy leaves. */
export type ClockMark = "reminder" | "supervision" | "due" | "overdue" | "giveBack";

/** A time in which the clock ran for one owner; `to` null = it runs. */
export type ClockSpan = { readonly owner: ClockOwner; readonly from: Instant; readonly to: Instant | null };

/** When a clock is due, by which calendar, and whether a year in between is not yet published. */
export type Due = { readonly at: Instant; readonly provisional: boolean };

/** What was measured when the clock stopped. Whole minutes, rounded down; kept, never counted again. */
export type ClockResponse = {
  /** From start to stop by the wall clock. */
  readonly elapsedMinutes: number;
  /** The same without pauses. */
  readonly runningMinutes: number;
  /** Of these, those inside the hours of the policy. */
  readonly workedMinutes: number;
};

export type AskedExtension = {
  readonly amount: number;
  readonly reason: string;
  readonly by: ActorRef;
  readonly at: Instant;
};

/** One clock, folded from its events. @source nmg:2.2.5 @req REQ-70 */
export type Clock = {
  readonly id: ClockId;
  /** The clock this one runs inside of; null = none. */
  readonly parent: ClockId | null;
  readonly policy: ClockPolicy;
  /** Calendar by which `due` was counted last. */
  readonly calendarVersion: string;
  readonly status: ClockStatus;
  readonly startedAt: Instant;
  readonly owner: ClockOwner;
  readonly ownerSince: Instant;
  /** Whether the owner has done anything with it yet. */
  readonly ownerActed: boolean;
  readonly previousOwner: ClockOwner | null;
  /** Every time it ran, oldest first: shares of the owners are counted from these. */
  readonly spans: readonly ClockSpan[];
  /** Index of the first span that counts against the limit (a reopening may begin anew). */
  readonly countedFrom: number;
  /** Units of the limit, extensions included. */
  readonly total: number;
  readonly extended: number;
  readonly asked: AskedExtension | null;
  /** The parent's due time this clock may not pass; null = none, or the parent stands still. */
  readonly ceiling: Due | null;
  /** Units of the parent's extensions that were passed on to this clock, by its start or by decision. */
  readonly granted: number;
  /** null while a pause leaves it open. */
  readonly due: Due | null;
  readonly pauseReason: string | null;
  readonly stoppedAt: Instant | null;
  readonly outcome: "done" | "cancelled" | null;
  readonly response: ClockResponse | null;
  /** How often each mark was called out for the due time as it stands. */
  readonly marked: Readonly<Partial<Record<ClockMark, number>>>;
  readonly version: number;
};

type Counted = { readonly due: Due | null; readonly calendarVersion: string };

export type ClockEvent = { readonly at: Instant; readonly by: ActorRef; readonly cause: string } & (
  | ({
      readonly type: "ClockStarted";
      readonly clockId: ClockId;
      readonly parent: ClockId | null;
      readonly policy: ClockPolicy;
      readonly owner: ClockOwner;
      readonly ceiling: Due | null;
      readonly granted: number;
    } & Counted)
  | ({ readonly type: "ClockPaused"; readonly reason: string } & Counted)
  | ({ readonly type: "RequesterAwaited" } & Counted)
  | ({ readonly type: "ClockResumed" } & Counted)
  | { readonly type: "ExtensionAsked"; readonly amount: number; readonly reason: string }
  | ({ readonly type: "ExtensionApproved"; readonly amount: number } & Counted)
  | { readonly type: "ExtensionRefused"; readonly reason: string }
  | ({ readonly type: "ClockOwnerChanged"; readonly owner: ClockOwner; readonly policy: ClockPolicy | null } & Counted)
  | { readonly type: "ClockOwnerActed" }
  | { readonly type: "ClockStopped"; readonly outcome: "done" | "cancelled"; readonly response: ClockResponse }
  | ({ readonly type: "ClockReopened"; readonly owner: ClockOwner; readonly amount: number | null } & Counted)
  | ({ readonly type: "CeilingMoved"; readonly ceiling: Due | null; readonly granted: number } & Counted)
  | ({ readonly type: "ClockRecalculated"; readonly ceiling: Due | null } & Counted)
  | {
      readonly type: "ClockMarked";
      readonly mark: ClockMark;
      /** The instant it was set for; `at` is when it was noticed. */
      readonly setFor: Instant;
      /** 1, and for `overdue` how many periods have passed. */
      readonly times: number;
      readonly audience: "owner" | "desk" | "supervisor";
    }
);

/** Folds one event; replaying all of them gives the stored value. */
export function evolveClock(state: Clock | null, event: ClockEvent): Clock {
  if (event.type === "ClockStarted") return born(event);
  if (state === null) throw new Error(`${event.type} before the clock was started`);
  const next: Clock = { ...state, ...change(state, event), version: state.version + 1 };
  return next.due?.at === state.due?.at ? next : { ...next, marked: stillMarked(next, event.at) };
}

function born(event: ClockEvent & { type: "ClockStarted" }): Clock {
  return {
    id: event.clockId,
    parent: event.parent,
    policy: event.policy,
    calendarVersion: event.calendarVersion,
    status: "running",
    startedAt: event.at,
    owner: event.owner,
    ownerSince: event.at,
    ownerActed: false,
    previousOwner: null,
    spans: [{ owner: event.owner, from: event.at, to: null }],
    countedFrom: 0,
    total: event.policy.amount,
    extended: 0,
    asked: null,
    ceiling: event.ceiling,
    granted: event.granted,
    due: event.due,
    pauseReason: null,
    stoppedAt: null,
    outcome: null,
    response: null,
    marked: {},
    version: 1,
  };
}

function change(state: Clock, event: Exclude<ClockEvent, { type: "ClockStarted" }>): Partial<Clock> {
  switch (event.type) {
    case "ClockPaused":
      return { ...counted(event), status: "paused", pauseReason: event.reason, ...paused(state, event.at) };
    case "RequesterAwaited":
      return { ...counted(event), status: "awaitingRequester", ...paused(state, event.at) };
    case "ClockResumed":
      return { ...counted(event), status: "running", pauseReason: null, spans: opened(state, state.owner, event.at) };
    case "ExtensionAsked":
      return { ownerActed: true, asked: { amount: event.amount, reason: event.reason, by: event.by, at: event.at } };
    case "ExtensionApproved":
      return {
        ...counted(event),
        asked: null,
        total: state.total + event.amount,
        extended: state.extended + event.amount,
      };
    case "ExtensionRefused":
      return { asked: null };
    case "ClockOwnerChanged":
      return { ...counted(event), ...ownerChanged(state, event) };
    case "ClockOwnerActed":
      return { ownerActed: true };
    case "ClockStopped":
      return {
        status: "stopped",
        stoppedAt: event.at,
        outcome: event.outcome,
        response: event.response,
        asked: null,
        pauseReason: null,
        spans: closed(state, event.at),
      };
    case "ClockReopened":
      return { ...counted(event), ...reopened(state, event) };
    case "CeilingMoved":
      return { ...counted(event), ceiling: event.ceiling, granted: event.granted };
    case "ClockRecalculated":
      return { ...counted(event), ceiling: event.ceiling };
    case "ClockMarked":
      return { marked: { ...state.marked, [event.mark]: event.times } };
    default:
      return exhaustive(event);
  }
}

function counted(event: Counted): Counted {
  return { due: event.due, calendarVersion: event.calendarVersion };
}

/** Who pauses a clock has done something with the matter. */
function paused(state: Clock, at: Instant): Partial<Clock> {
  return { ownerActed: true, spans: closed(state, at) };
}

function ownerChanged(state: Clock, event: ClockEvent & { type: "ClockOwnerChanged" }): Partial<Clock> {
  const { giveBack: _, ...marked } = state.marked;
  return {
    owner: event.owner,
    ownerSince: event.at,
    ownerActed: false,
    previousOwner: state.owner,
    marked,
    spans: state.status === "running" ? opened({ spans: closed(state, event.at) }, event.owner, event.at) : state.spans,
    ...(event.policy === null ? {} : { policy: event.policy, total: event.policy.amount + state.extended }),
  };
}

function reopened(state: Clock, event: ClockEvent & { type: "ClockReopened" }): Partial<Clock> {
  return {
    status: "running",
    stoppedAt: null,
    outcome: null,
    response: null,
    owner: event.owner,
    ownerSince: event.at,
    ownerActed: false,
    previousOwner: state.owner === event.owner ? state.previousOwner : state.owner,
    spans: opened(state, event.owner, event.at),
    ...(event.amount === null ? {} : { total: event.amount, countedFrom: state.spans.length, extended: 0 }),
  };
}

/** A clock set back may name a moment before the span began: it then ends where it began. */
function closed(state: Pick<Clock, "spans">, at: Instant): readonly ClockSpan[] {
  return state.spans.map((span) => (span.to === null ? { ...span, to: at < span.from ? span.from : at } : span));
}

function opened(state: Pick<Clock, "spans">, owner: ClockOwner, at: Instant): readonly ClockSpan[] {
  const last = state.spans.at(-1)?.to ?? at;
  return [...state.spans, { owner, from: at < last ? last : at, to: null }];
}

/** When the due time moves, a mark whose new moment is still to come is called out again; one that has passed is not said twice. */
function stillMarked(next: Clock, at: Instant): Clock["marked"] {
  const { due, marked, policy } = next;
  if (due === null) return marked;
  const before = (mark: string): number => {
    const ahead = mark === "reminder" || mark === "supervision";
    return ahead ? (policy.marks.find((rule) => rule.mark === mark)?.minutes ?? 0) : 0;
  };
  const kept = Object.entries(marked).filter(
    ([mark]) => mark === "giveBack" || plusMs(due.at, -before(mark) * 60_000) <= at,
  );
  return Object.fromEntries(kept);
}
