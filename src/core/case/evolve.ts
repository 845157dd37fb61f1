import { exhaustive, plusMs } from "../../kernel/index.ts";
import type { Instant, NodeCode, Sealed } from "../../kernel/index.ts";
import type { StampedFact } from "../linkage/index.ts";
import type { Case } from "./case.ts";
import type { CaseEvent } from "./event.ts";

/** An order on a copy that is only offered here (a danger part) does not change what the copy is called. */
const ACTING: readonly Case["status"][] = ["registered", "accepted", "handling"];

/** Folds one event. Replaying all events of a case gives exactly the stored row. */
export function evolveCase(state: Case | null, event: CaseEvent): Case {
  if (event.type === "CaseRegistered" || event.type === "CaseReceived") return born(state, event);
  if (state === null) throw new Error(`${event.type} before the case was born`);
  return { ...state, ...change(state, event), version: state.version + 1, changedAt: event.at };
}

function born(state: Case | null, event: CaseEvent & { type: "CaseRegistered" | "CaseReceived" }): Case {
  if (state !== null) throw new Error(`${event.type} on a case that exists`);
  const received = event.type === "CaseReceived";
  return {
    ...event.facts,
    id: event.caseId,
    requestNo: event.requestNo,
    home: event.home,
    self: event.self,
    version: 1,
    status: received ? event.status : "registered",
    origin: received ? "linkage" : "intake",
    firstReceiver: event.firstReceiver,
    registeredAt: received ? event.registeredAt : event.at,
    registeredBy: event.by,
    receivedAt: event.at,
    danger: event.danger,
    dangerHere: false,
    verdict: null,
    sealed: withSealed({}, event.sealed),
    notes: event.sealed.filter((s) => s.field.startsWith("note.")).length,
    initialResponse: null,
    ...(received && event.said !== undefined ? { said: event.said } : {}),
    conclusion: null,
    callbacks: [],
    rating: null,
    closedAs: null,
    orders: [],
    changedAt: event.at,
  };
}

function withSealed(known: Case["sealed"], news: readonly Sealed[]): Case["sealed"] {
  const all = { ...known };
  for (const s of news) all[s.field] = s;
  return all;
}

function change(state: Case, event: Exclude<CaseEvent, { type: "CaseRegistered" | "CaseReceived" }>): Partial<Case> {
  switch (event.type) {
    case "CaseOffered":
      return { status: "offered" };
    case "CaseAmended":
      return amended(state, event);
    case "CaseDoubtful":
      return { sealed: withSealed(state.sealed, event.sealed) };
    case "CaseTold":
      return toldBy(state, event);
    case "CaseJudged":
      return { verdict: event.verdict, danger: state.danger || event.danger };
    case "DangerTaken":
      return { danger: true, dangerHere: true };
    case "CompletionOwed":
    case "CompletionMade":
    case "PushOwed":
    case "PushMade":
      return stillOwed(event);
    case "CallMade":
      return {};
    case "CaseAccepted":
      return { status: state.orders.some((o) => o.open) ? "handling" : "accepted" };
    case "InitialResponseRecorded":
      return { initialResponse: event.entry };
    case "OrderOpened":
      return {
        status: ACTING.includes(state.status) ? "handling" : state.status,
        orders: [...state.orders, { id: event.orderId, kind: event.kind, unit: event.unit, open: true }],
      };
    case "OrderEnded":
      return orderEnded(state, event);
    case "CaseHandedOver":
      return { status: "handedOver", ...nothingSince(state) };
    case "CaseInformed":
      return { status: "handedOver", closedAs: null };
    case "CaseStoodDown":
      return { status: "stoodDown" };
    case "CaseResultReceived":
      return resultReceived(state, event);
    case "CaseConcluded":
      return {
        status: "concluded",
        conclusion: { resolution: event.resolution, result: event.result, at: event.at, by: "self" },
      };
    case "CaseAnswered":
      return {
        status: "concluded",
        conclusion: { resolution: "answeredAtOnce", result: event.answer, at: event.at, by: "self" },
      };
    case "CaseGuided":
      return {
        status: "closed",
        closedAs: "guided",
        conclusion: { resolution: "guided", result: event.guidance, at: event.at, by: "self" },
      };
    case "CaseCalledBack":
      return {
        callbacks: [...state.callbacks, event.callback],
        rating:
          event.callback.outcome === "reached"
            ? { satisfaction: event.callback.satisfaction, solved: event.callback.solved }
            : state.rating,
      };
    case "CaseRated":
      return { rating: { satisfaction: event.satisfaction, solved: event.solved } };
    case "CaseClosed":
      return {
        status: "closed",
        dangerHere: false,
        closedAs: event.as,
        rating: event.rating ?? state.rating,
        ...nothingSince(state),
      };
    case "CaseReopened":
      return reopened(state);
    default:
      return exhaustive(event);
  }
}

function resultReceived(state: Case, event: CaseEvent & { type: "CaseResultReceived" }): Partial<Case> {
  return {
    status: event.owesCallback ? "concluded" : event.takenBack === true ? "handling" : state.status,
    conclusion: { resolution: event.resolution, result: event.result, at: event.at, by: "peer" },
  };
}

/** What was said of the result before, and what units replied before, says nothing of the next one. */
function reopened({ callbacks, orders: known }: Case): Partial<Case> {
  const orders = known.map(({ id, kind, unit, open }) => ({ id, kind, unit, open }));
  return {
    status: "accepted",
    conclusion: null,
    closedAs: null,
    rating: null,
    callbacksBefore: callbacks.length,
    orders,
  };
}

type Owed = CaseEvent & { type: "CompletionOwed" | "CompletionMade" | "PushOwed" | "PushMade" };

/** What a danger still lacks: the government's half, and a desk to push to. */
function stillOwed(event: Owed): Partial<Case> {
  switch (event.type) {
    case "CompletionOwed":
      return { completion: { missing: event.missing, no: event.no } };
    case "CompletionMade":
      return { completion: null };
    case "PushOwed":
      return { pushesOwed: event.no };
    case "PushMade":
      return { pushesOwed: 0 };
  }
}

function amended(state: Case, event: CaseEvent & { type: "CaseAmended" }): Partial<Case> {
  return {
    ...event.facts,
    ...saidBy(state, event),
    danger: state.danger || event.danger,
    sealed: withSealed(state.sealed, event.sealed),
    notes: state.notes + event.sealed.filter((s) => s.field.startsWith("note.")).length,
    ...learnedClosed(state, event.by.node, [
      ...event.sealed.map(({ field }) => field),
      ...(Object.keys(event.facts).length > 0 || (event.danger && !state.danger) ? [null] : []),
    ]),
  };
}

/** What a person here has changed was said here and now; never before what it replaces, whatever the clocks say. */
function saidBy(state: Case, { facts, at, by }: CaseEvent & { type: "CaseAmended" }): Partial<Case> {
  const names = STAMPED.filter((name) => facts[name] !== undefined && facts[name] !== state[name]);
  if (names.length === 0) return {};
  const stamps = names.map((name) => [name, { at: notBefore(at, state.said?.[name]?.at), by: by.node }] as const);
  return { said: { ...state.said, ...Object.fromEntries(stamps) } };
}

const STAMPED = [
  "channel",
  "place",
  "requestKind",
  "field",
  "requesterType",
  "confidential",
] as const satisfies readonly StampedFact[];

function notBefore(at: Instant, known: Instant | undefined): Instant {
  return known === undefined || at > known ? at : plusMs(known, 1);
}

/** No hand-over of a closed copy takes a word: what it learns is kept for whoever takes the matter up again. */
function learnedClosed(state: Case, from: NodeCode, fields: readonly (string | null)[]): Partial<Case> {
  if (state.status !== "closed" || fields.length === 0) return {};
  return { sinceClosed: [...(state.sinceClosed ?? []), ...fields.map((field) => ({ field, from }))] };
}

function nothingSince({ sinceClosed }: Case): Partial<Case> {
  return sinceClosed === undefined ? {} : { sinceClosed: [] };
}

function toldBy(state: Case, { told, from, at, said: stamps }: CaseEvent & { type: "CaseTold" }): Partial<Case> {
  const said = Object.fromEntries(told.map(({ name, value }) => [name, { value, by: from, at }]));
  return {
    ...Object.fromEntries(told.filter((t) => t.counts).map(({ name, value }) => [name, value])),
    told: { ...state.told, ...said },
    ...(stamps === undefined ? {} : { said: { ...state.said, ...stamps } }),
    ...learnedClosed(state, from, told.some((t) => t.counts) ? [null] : []),
  };
}

/** The own danger part ends with the last officers' order. */
function orderEnded(
  state: Case,
  { orderId: id, as }: Pick<CaseEvent & { type: "OrderEnded" }, "orderId" | "as">,
): Partial<Case> {
  const ended = { open: false, ...(as === "replied" ? { replied: true as const } : {}) };
  const orders = state.orders.map((o) => (o.id === id ? { ...o, ...ended } : o));
  const was = state.orders.find((o) => o.id === id)?.kind === "police";
  return { orders, dangerHere: state.dangerHere && !(was && !orders.some((o) => o.kind === "police" && o.open)) };
}
