import { exhaustive } from "../../kernel/index.ts";
import type { ActorRef, Brand, Instant, Sealed } from "../../kernel/index.ts";
import type { ClockMark, RungLine } from "./clock-mark.ts";
import type { ClockPolicy } from "./limit.ts";
import type { AskedExtension, ClockResponse, Due } from "./clock-parts.ts";
import { closed, opened } from "./spans.ts";
import type { ClockOwner, ClockSpan } from "./spans.ts";
import { stillMarked } from "./still-marked.ts";

/** One clock of one stage of one thing. */
export type ClockId = Brand<"ClockId">;

/** Calendar version of a clock that runs and that no calendar has counted yet: every calendar comes after it. */
export const UNCOUNTED = "none@0";

export type ClockStatus = "running" | "paused" | "awaitingRequester" | "stopped";

/** Why a clock runs on: somebody says so, the requester has answered, was waited for long enough, it was paused long enough, there is danger, or it is judged anew as what may not wait. */
export type ResumeReason = "byPerson" | "answered" | "awaitOver" | "pauseOver" | "danger" | "judgedAnew";

/** One clock, folded from its events. @source nmg:2.2.5 @req REQ-70 */
export type Clock = {
  readonly id: ClockId;
  /** Id of what it measures: an order, a request, a supervision. It has at most one clock for each stage. */
  readonly subject: string;
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
  /** null while a pause leaves it open, and while no calendar can count it. */
  readonly due: Due | null;
  /** A code; the words stand in `pauseNote`. */
  readonly pauseReason: string | null;
  /** What was said of the pause, or what the requester is asked for. */
  readonly pauseNote: Sealed | null;
  /** Until when it stands still at most; null = it runs, or was paused before pauses had an end and no step has given it one yet. */
  readonly awaitUntil: Instant | null;
  /** When the end of a pause is called out; null = it is not paused, or by what always held. */
  readonly remindAt: Instant | null;
  /** The row of the sheet that fits what the matter was judged as while this clock stood still; absent or null = none. */
  readonly judged?: ClockPolicy | null;
  /** How often the requester was waited for within this limit. */
  readonly awaited: number;
  readonly stoppedAt: Instant | null;
  readonly outcome: "done" | "cancelled" | null;
  readonly response: ClockResponse | null;
  /** How often each mark was called out for the due time as it stands. */
  readonly marked: Readonly<Partial<Record<ClockMark, number>>>;
  /** Numbers by which its owner is or was rung because it does nothing, oldest first. */
  readonly rung: readonly RungLine[];
  readonly version: number;
};

type Counted = { readonly due: Due | null; readonly calendarVersion: string };

/** What a person said with a step, sealed; null = nothing. */
type Said = { readonly note: Sealed | null };

export type ClockEvent = { readonly at: Instant; readonly by: ActorRef; readonly cause: string } & (
  | ({
      readonly type: "ClockStarted";
      readonly clockId: ClockId;
      readonly subject: string;
      readonly parent: ClockId | null;
      readonly policy: ClockPolicy;
      readonly owner: ClockOwner;
      readonly ceiling: Due | null;
      readonly granted: number;
    } & Counted)
  | ({
      readonly type: "ClockPaused";
      readonly reason: string;
      readonly until?: Instant;
      readonly remindAt?: Instant;
    } & Said &
      Counted)
  | ({ readonly type: "RequesterAwaited"; readonly until: Instant | null } & Said & Counted)
  | ({ readonly type: "ClockResumed"; readonly why: ResumeReason } & Said & Counted)
  | ({
      readonly type: "ExtensionAsked";
      readonly amount: number;
      readonly reason: string;
      readonly wanted: Due | null;
    } & Said)
  | ({ readonly type: "ExtensionApproved"; readonly amount: number } & Said & Counted)
  | ({ readonly type: "ExtensionRefused"; readonly reason: string } & Said)
  | ({ readonly type: "ExtensionWithdrawn" } & Said)
  | ({ readonly type: "ClockOwnerChanged"; readonly owner: ClockOwner; readonly policy: ClockPolicy | null } & Counted)
  /** The matter was judged anew and another row of the sheet ends no later. */
  | ({ readonly type: "ClockTightened"; readonly policy: ClockPolicy } & Counted)
  /** The matter was judged anew while the clock stands still: which row ends first is known when it runs on. null = no other row fits any more. */
  | { readonly type: "ClockJudged"; readonly policy: ClockPolicy | null }
  | { readonly type: "ClockOwnerActed" }
  | ({ readonly type: "ClockRungOn" } & RungLine)
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

/** What of a clock that stands still is gone once it does not. */
const RUNNING = {
  pauseReason: null,
  pauseNote: null,
  awaitUntil: null,
  remindAt: null,
} as const satisfies Partial<Clock>;

function born(event: ClockEvent & { type: "ClockStarted" }): Clock {
  return {
    id: event.clockId,
    subject: event.subject,
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
    ...RUNNING,
    awaited: 0,
    stoppedAt: null,
    outcome: null,
    response: null,
    marked: {},
    rung: [],
    version: 1,
  };
}

function change(state: Clock, event: Exclude<ClockEvent, { type: "ClockStarted" }>): Partial<Clock> {
  switch (event.type) {
    case "ClockPaused":
      return {
        ...counted(event),
        status: "paused",
        pauseReason: event.reason,
        remindAt: event.remindAt ?? null,
        ...paused(state, event, event.until),
      };
    case "RequesterAwaited":
      return {
        ...counted(event),
        status: "awaitingRequester",
        awaited: state.awaited + 1,
        ...paused(state, event, event.until),
      };
    case "ClockResumed":
      return { ...counted(event), ...RUNNING, status: "running", spans: opened(state, state.owner, event.at) };
    case "ExtensionAsked":
      return { ownerActed: true, asked: askedBy(event) };
    case "ExtensionApproved":
      return {
        ...counted(event),
        asked: null,
        total: state.total + event.amount,
        extended: state.extended + event.amount,
      };
    case "ExtensionRefused":
    case "ExtensionWithdrawn":
      return { asked: null };
    case "ClockOwnerChanged":
      return { ...counted(event), ...ownerChanged(state, event) };
    case "ClockTightened":
      return { ...counted(event), ...tightened(state, event) };
    case "ClockJudged":
      return { judged: event.policy };
    case "ClockOwnerActed":
      return { ownerActed: true };
    case "ClockRungOn":
      return { rung: [...state.rung, lineOf(event)] };
    case "ClockStopped":
      return {
        status: "stopped",
        stoppedAt: event.at,
        outcome: event.outcome,
        response: event.response,
        asked: null,
        judged: null,
        ...RUNNING,
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

function lineOf({ unit, line, level, last }: RungLine): RungLine {
  return { unit, line, level, last };
}

function counted(event: Counted): Counted {
  return { due: event.due, calendarVersion: event.calendarVersion };
}

/** Who pauses a clock has done something with the matter. */
function paused(
  state: Clock,
  { at, note }: Pick<ClockEvent, "at"> & Said,
  until: Instant | null = null,
): Partial<Clock> {
  const { pauseEnds: _, ...marked } = state.marked;
  return { ownerActed: true, pauseNote: note, awaitUntil: until, marked, spans: closed(state, at) };
}

function askedBy({ amount, reason, note, wanted, by, at }: ClockEvent & { type: "ExtensionAsked" }): AskedExtension {
  return { amount, reason, note, wanted, by, at };
}

function ownerChanged(state: Clock, event: ClockEvent & { type: "ClockOwnerChanged" }): Partial<Clock> {
  const { giveBack: _, ...marked } = state.marked;
  return {
    owner: event.owner,
    ownerSince: event.at,
    ownerActed: false,
    previousOwner: state.owner,
    marked,
    rung: [],
    spans: state.status === "running" ? opened({ spans: closed(state, event.at) }, event.owner, event.at) : state.spans,
    ...(event.policy === null ? {} : { policy: event.policy, total: event.policy.amount + state.extended }),
  };
}

/** The new row counts from now, without what the old one was extended by. */
function tightened(state: Clock, { policy, at }: ClockEvent & { type: "ClockTightened" }): Partial<Clock> {
  return {
    policy,
    total: policy.amount,
    extended: 0,
    asked: null,
    judged: null,
    countedFrom: state.spans.length,
    ...(state.status === "running" ? { spans: opened({ spans: closed(state, at) }, state.owner, at) } : {}),
  };
}

function reopened(state: Clock, event: ClockEvent & { type: "ClockReopened" }): Partial<Clock> {
  return {
    status: "running",
    ...RUNNING,
    stoppedAt: null,
    outcome: null,
    response: null,
    owner: event.owner,
    ownerSince: event.at,
    ownerActed: false,
    previousOwner: state.owner === event.owner ? state.previousOwner : state.owner,
    spans: opened(state, event.owner, event.at),
    ...(event.amount === null ? {} : { total: event.amount, countedFrom: state.spans.length, extended: 0, awaited: 0 }),
  };
}
