import type { Case } from "../core/case/index.ts";
import { evolveClock } from "../core/clock/index.ts";
import type { Clock, ClockEvent, ClockId, ClockPolicy } from "../core/clock/index.ts";
import type { Linkage, LinkageMessage } from "../core/linkage/index.ts";
import type { Order } from "../core/order/index.ts";
import type { Commit, StoredEvent, StreamWrite, TimerChange } from "../app/ports/store.ts";
import type {
  CaseId,
  CommandId,
  Instant,
  LinkageId,
  MessageId,
  NodeCode,
  OrderId,
  RegionCode,
  RequestNo,
  UnitCode,
} from "../kernel/index.ts";
import { instantOf, msBetween } from "../kernel/index.ts";
import { parseLinkage } from "./cases/parse.ts";

/** Builders for storage tests only: small, valid, the same on every run. Nothing of the program imports them. */

export const HOME = "150100" as RegionCode;
export const SELF = "hotline-150100" as NodeCode;
export const PEER = "police-150100" as NodeCode;

/** 2026-11-22T00:00:00Z plus seconds. */
export function second(n: number): Instant {
  return instantOf(Date.UTC(2026, 10, 22) + n * 1_000);
}

/** UUIDs in the shape of version 7 that grow with `n`; `series` keeps the kinds apart. */
function uuid(series: number, n: number): string {
  const tail = `${series.toString(16).padStart(2, "0")}${n.toString(16).padStart(10, "0")}`;
  return `01900000-0000-7000-8000-${tail}`;
}

export const caseIdOf = (n: number): CaseId => uuid(1, n) as CaseId;
export const orderIdOf = (n: number): OrderId => uuid(2, n) as OrderId;
export const linkageIdOf = (n: number): LinkageId => uuid(3, n) as LinkageId;
export const messageIdOf = (n: number): MessageId => uuid(4, n) as MessageId;
export const commandIdOf = (n: number): CommandId => uuid(5, n) as CommandId;
export const requestNoOf = (n: number): RequestNo => `1501002611${String(n).padStart(9, "0")}` as RequestNo;

export function aCase(n: number, change: Partial<Case> = {}): Case {
  const at = second(n);
  return {
    id: caseIdOf(n),
    requestNo: requestNoOf(n),
    home: HOME,
    self: SELF,
    version: 1,
    status: "registered",
    origin: "intake",
    firstReceiver: { registeredAt: at, nodeCode: SELF, requestNo: requestNoOf(n) },
    registeredAt: at,
    registeredBy: { kind: "user", id: "u1", node: SELF },
    receivedAt: at,
    danger: false,
    dangerHere: false,
    channel: "phone",
    place: "150102" as RegionCode,
    requestKind: null,
    field: null,
    requesterType: null,
    confidential: false,
    verdict: null,
    sealed: {},
    notes: 0,
    initialResponse: null,
    conclusion: null,
    callbacks: [],
    rating: null,
    closedAs: null,
    orders: [],
    changedAt: at,
    ...change,
  };
}

export function anEvent(type: string, at: Instant): StoredEvent {
  return { type, typeVersion: 1, at, body: { by: "u1", note: null } };
}

/** A commit of nothing, to be filled. */
export function emptyCommit(): Commit {
  return {
    home: HOME,
    streams: [],
    index: null,
    caseKey: null,
    vault: [],
    outbox: [],
    timers: [],
    alarms: [],
    notices: [],
    reads: [],
    inbox: null,
    command: null,
  };
}

/** The index of a file; `fileVersion` counts all events of its streams but those of clocks. */
export function indexOf(
  state: Case,
  fileVersion: number,
  change: Partial<NonNullable<Commit["index"]>> = {},
): NonNullable<Commit["index"]> {
  return {
    caseId: state.id,
    requestNo: state.requestNo,
    status: state.status,
    responsible: state.status !== "handedOver",
    dangerOpen: state.danger,
    danger: state.danger,
    item: state.verdict?.item ?? null,
    place: state.place,
    peer: null,
    units: state.orders.map(({ unit }) => unit),
    registeredAt: state.registeredAt,
    changedAt: state.changedAt,
    fileVersion,
    phoneIndex: null,
    due: null,
    ...change,
  };
}

/** One event of the case stream from version `before` on. */
export function caseWrite(
  state: Case,
  before: number,
  type = before === 0 ? "CaseRegistered" : "CaseAmended",
): StreamWrite {
  return {
    kind: "case",
    id: state.id,
    caseId: state.id,
    expectedVersion: before,
    events: [anEvent(type, state.changedAt)],
    state: { ...state, version: before + 1 },
  };
}

/** Registration as the desk does it: case, first event, key, five vault rows, command record. */
export function registration(n: number, change: Partial<Case> = {}): Commit {
  const state = aCase(n, change);
  const fields = ["requester.name", "requester.phone", "requester.contact", "address", "text"];
  return {
    ...emptyCommit(),
    streams: [caseWrite(state, 0)],
    index: indexOf(state, 1),
    caseKey: { caseId: state.id, wrapped: new Uint8Array(48).fill(n % 251) },
    vault: fields.map((field, k) => ({
      caseId: state.id,
      field,
      version: 1,
      commitment: "ab".repeat(32),
      box: new Uint8Array(64).fill(k),
    })),
    command: { id: commandIdOf(n), user: null, digest: "d1", answer: { caseId: state.id }, at: state.changedAt },
  };
}

/** A later commit of the case stream alone: `before` = its version, the file having no other stream. */
export function amendment(n: number, before: number, change: Partial<Case> = {}): Commit {
  const state = aCase(n, { changedAt: second(n + before), version: before + 1, ...change });
  return { ...emptyCommit(), streams: [caseWrite(state, before)], index: indexOf(state, before + 1) };
}

export function anOrder(n: number, caseNo: number, change: Partial<Order> = {}): Order {
  return {
    id: orderIdOf(n),
    caseId: caseIdOf(caseNo),
    requestNo: requestNoOf(caseNo),
    kind: "work",
    unit: "unit-1" as UnitCode,
    role: "lead",
    status: "dispatched",
    version: 1,
    instruction: null,
    reply: null,
    resolution: null,
    dispatchedAt: second(n),
    acknowledgedAt: null,
    arrivedAt: null,
    endedAt: null,
    changedAt: second(n),
    ...change,
  };
}

export function orderWrite(order: Order, before: number): StreamWrite {
  return {
    kind: "order",
    id: order.id,
    caseId: order.caseId,
    expectedVersion: before,
    events: [anEvent(before === 0 ? "OrderDispatched" : "OrderReplied", order.changedAt)],
    state: { ...order, version: before + 1 },
  };
}

/** A linkage stream of which storage knows hardly more than its id: one event from version `before` on. */
export function linkageWrite(
  n: number,
  caseNo: number,
  before: number,
  openedAt = second(n),
  change: Partial<Linkage> = {},
): StreamWrite {
  const state: unknown = { id: linkageIdOf(n), caseId: caseIdOf(caseNo), version: before + 1, openedAt, ...change };
  return {
    kind: "linkage",
    id: linkageIdOf(n),
    caseId: caseIdOf(caseNo),
    expectedVersion: before,
    events: [anEvent(before === 0 ? "LinkageOffered" : "LinkageAccepted", second(n + before))],
    state: parseLinkage(state),
  };
}

export const clockIdOf = (n: number): ClockId => uuid(6, n) as ClockId;

const POLICY: ClockPolicy = {
  limit: "reply-general",
  catalogueVersion: "small@1",
  stage: "reply",
  amount: 5,
  unit: "workingDays",
  hours: "office@1",
  pausable: true,
  extensionMax: 10,
  giveBackMinutes: null,
  marks: [],
  source: "nmg:2.2.5",
  basis: "default",
};

/** Starts a clock of the request or of one of its orders, due an hour later. */
function clockStart(id: ClockId, subject: string, n: number): ClockEvent {
  return {
    at: second(n),
    by: { kind: "user", id: "u1", node: SELF },
    cause: "test",
    type: "ClockStarted",
    clockId: id,
    subject,
    parent: null,
    policy: POLICY,
    owner: SELF,
    ceiling: null,
    granted: 0,
    due: { at: second(n + 3_600), provisional: false },
    calendarVersion: "cn@1",
  };
}

export function aClock(n: number, subject: string, change: Partial<Clock> = {}): Clock {
  return { ...evolveClock(null, clockStart(clockIdOf(n), subject, n)), ...change };
}

/** The timer of a clock. */
export function clockTimer(n: number, caseNo: number, dueAt: Instant): TimerChange {
  return { set: "mark", owner: "clock", ownerId: clockIdOf(n), caseId: caseIdOf(caseNo), dueAt };
}

export function clockWrite(clock: Clock, caseNo: number, before: number): StreamWrite {
  const start = clockStart(clock.id, clock.subject, msBetween(second(0), clock.startedAt) / 1_000);
  return {
    kind: "clock",
    id: clock.id,
    caseId: caseIdOf(caseNo),
    expectedVersion: before,
    events: [
      before === 0 ? { ...anEvent(start.type, start.at), body: start } : anEvent("ClockStopped", clock.startedAt),
    ],
    state: { ...clock, version: before + 1 },
  };
}

/** A message of conversation `linkage` with sequence `seq`, about case `caseNo`. */
export function aMessage(
  n: number,
  linkage: number,
  seq: number,
  change: Partial<LinkageMessage> = {},
): LinkageMessage {
  return {
    id: messageIdOf(n),
    conversation: linkageIdOf(linkage),
    seq,
    sender: SELF,
    receiver: PEER,
    issuedAt: second(n),
    cause: "test",
    lane: "ordinary",
    requestNo: requestNoOf(1),
    caseId: caseIdOf(1),
    body: { type: "confirmed" },
    ...change,
  };
}
