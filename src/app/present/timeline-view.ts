import type { ActorRef, Sealed } from "../../kernel/index.ts";
import type { ClockEvent } from "../../core/clock/index.ts";
import type { LinkageEvent } from "../../core/linkage/index.ts";
import { CASE_TABLE } from "../../core/case/index.ts";
import type { TimelineRow } from "../ports/store.ts";
import type { TimelineLine } from "./cards.ts";
import type { Show } from "./door.ts";

/** Clause behind an event of the case: that of the table row whose verb makes it. */
const CLAUSE: Readonly<Record<string, string>> = {
  CaseRegistered: "nmg:2.2.1",
  CaseReceived: "nmg:2.2.1",
  CaseHandedOver: "nmg:2.2.1",
  CaseInformed: "yn:3.3",
  CaseStoodDown: "nmg:2.2.1",
  CaseResultReceived: "nmg:2.3.1",
  CaseAmended: clauseOf("amend"),
  CaseJudged: clauseOf("judge"),
  CaseAccepted: clauseOf("accept"),
  CaseGuided: clauseOf("guide"),
  CaseAnswered: clauseOf("answer"),
  OrderOpened: clauseOf("dispatch"),
  OrderEnded: clauseOf("dispatch"),
  InitialResponseRecorded: clauseOf("recordInitialResponse"),
  CaseConcluded: clauseOf("conclude"),
  CaseCalledBack: clauseOf("callBack"),
  CaseRated: clauseOf("rate"),
  CaseClosed: clauseOf("close"),
  CaseReopened: clauseOf("reopen"),
};

/** Time limits are supervised by it. */
const CLOCK_CLAUSE = "nmg:2.2.5";

function clauseOf(verb: (typeof CASE_TABLE)[number]["verb"]): string {
  return CASE_TABLE.find((r) => r.verb === verb)?.clause ?? "";
}

/** What a clock does because of another line of the history: that line says it. */
export const SILENT_CLOCK_EVENTS: readonly ClockEvent["type"][] = [
  "ClockStarted",
  "ClockStopped",
  "ClockReopened",
  "ClockOwnerChanged",
  "ClockOwnerActed",
  "ClockRungOn",
  "CeilingMoved",
];

/** Sealed references anywhere in an event body. */
export function refsIn(body: unknown): readonly Sealed[] {
  const found: Sealed[] = [];
  gatherRefs(body, found);
  return found;
}

function gatherRefs(value: unknown, found: Sealed[]): void {
  if (typeof value !== "object" || value === null) return;
  if (isSealed(value)) found.push(value);
  else for (const member of Object.values(value)) gatherRefs(member, found);
}

function isSealed(value: object): value is Sealed {
  return "field" in value && "version" in value && "commitment" in value;
}

/** Who is behind a line: `nameOf` knows the display names of accounts, `peerOf` the desk at the other end of a linkage. */
export type Behind = {
  readonly nameOf: (by: ActorRef) => string | null;
  readonly peerOf: (linkageId: string) => string | null;
};

/** One stored event as a line, with the references in it. */
export function timelineLine(
  row: TimelineRow,
  refs: readonly Sealed[],
  show: Show,
  { nameOf, peerOf }: Behind,
): TimelineLine {
  const texts = [...new Map(refs.map((r) => [r.field, r])).values()].map((r) => ({
    field: r.field,
    view: show(r),
  }));
  const base = { at: row.at, stream: row.stream, streamId: row.streamId, type: row.type, texts };
  if (row.stream === "linkage") {
    const event = parseLinkageEvent(row.body);
    const by = event.cause.by ?? {
      kind: event.cause.via === "timer" ? "timer" : "node",
      id: event.cause.type,
      node: event.cause.via === "message" ? (peerOf(event.cause.because ?? row.streamId) ?? "") : "",
    };
    return {
      ...base,
      saidAt: event.cause.saidAt ?? null,
      by: { ...by, name: event.cause.by === null ? null : nameOf(event.cause.by) },
      cause: event.cause.id ?? event.cause.type,
      source: `linkage ${event.section} ${event.rule}`,
      from: event.from,
      to: event.to,
      details: {
        sent: event.sent.map((s) => s.type),
        received: event.received,
        ...(event.facts.progressStage === undefined ? {} : { stage: event.facts.progressStage }),
        // Which push an urgent linkage is at, and which has been on a screen, from here on.
        ...(event.facts.k === undefined ? {} : { pushNo: event.facts.k }),
        ...(event.facts.kShown === undefined ? {} : { shownPushNo: event.facts.kShown }),
        ...(typeof event.facts.withdrawReason === "string" ? { withdrawn: event.facts.withdrawReason } : {}),
        ...event.legacyGrounds,
      },
    };
  }
  const { by, cause, ...rest } = parseOwnEvent(row.body);
  return {
    ...base,
    saidAt: null,
    by: { ...by, name: nameOf(by) },
    cause,
    source: row.stream === "clock" ? CLOCK_CLAUSE : (CLAUSE[row.type] ?? null),
    from: null,
    to: null,
    details: codesOnly(rest),
  };
}

type OwnEvent = { readonly by: ActorRef; readonly cause: string } & Readonly<Record<string, unknown>>;

/** Stored events were ours when written; a row that does not say who and why is damaged: it throws. */
function parseOwnEvent(body: unknown): OwnEvent {
  if (typeof body !== "object" || body === null || !("by" in body) || !("cause" in body))
    throw new Error("a stored event without by and cause");
  return body as OwnEvent;
}

function parseLinkageEvent(body: unknown): LinkageEvent {
  if (typeof body !== "object" || body === null || !("cause" in body) || !("sent" in body))
    throw new Error("a stored event of a linkage without cause");
  return body as LinkageEvent;
}

const FRAME: ReadonlySet<string> = new Set(["at", "type", "caseId", "requestNo", "home", "self", "sealed"]);

/** Codes and numbers of an event; references are shown as texts, ids of the frame are left out. */
function codesOnly(rest: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(rest).filter(
      ([key, value]) => !FRAME.has(key) && !(typeof value === "object" && value !== null && refsIn(value).length > 0),
    ),
  );
}
