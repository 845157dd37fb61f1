import { currentVersion } from "../core/evidence/index.ts";
import { placeInScope } from "../core/access/index.ts";
import { planClockTimer, standingDue } from "../core/clock/index.ts";
import type { Clock, ClockTimerChange } from "../core/clock/index.ts";
import { dangerOpen, fileVersion, holds } from "../core/file/index.ts";
import type { CaseFile, CaseTimerChange, FileAlarm, FileDecision } from "../core/file/index.ts";
import type { Linkage, LinkageDecision, LinkageMessage } from "../core/linkage/index.ts";
import { isInstant, plusMs } from "../kernel/index.ts";
import type { CaseId, Instant, MessageId } from "../kernel/index.ts";
import type { CaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import type {
  AlarmChange,
  CaseIndex,
  Commit,
  NoticeRow,
  StoredEvent,
  StreamKind,
  StreamWrite,
  TimerChange,
  VaultRow,
} from "./ports/store.ts";

type Extra = {
  readonly before: CaseFile;
  readonly at: Instant;
  readonly cause: string;
  readonly caseKey: CaseKey;
  readonly vault: readonly VaultRow[];
  readonly phoneIndex: string | null;
  readonly inbox: Commit["inbox"];
  readonly command: Commit["command"];
  readonly reads: Commit["reads"];
  readonly alarms?: Commit["alarms"];
  /** A timer that has fired is over unless the decision sets it again. */
  readonly fired: TimerChange | null;
};

/** Turns a decision into the one thing that is written. Each event type is stored with its version. */
export function toCommit(deps: Deps, decision: FileDecision, extra: Extra): Commit {
  const state = decision.file.case;
  if (state === null) throw new Error("a decision without a case");
  return {
    home: deps.node.home,
    streams: streamsOf(decision, extra.before),
    index: indexOf(decision.file, extra.phoneIndex),
    caseKey: extra.caseKey.fresh ? { caseId: state.id, wrapped: extra.caseKey.wrapped } : null,
    vault: extra.vault,
    outbox: decision.linkages.flatMap((d) => messagesOf(deps, d, extra.at, extra.cause)),
    timers: latestTimers([
      ...(extra.fired === null ? [] : [extra.fired]),
      ...decision.linkages.flatMap((d) => timersOf(d, state.id)),
      ...decision.timers.map((t) => caseTimer(t, state.id)),
      ...clockTimers(decision, extra, state.id),
    ]),
    alarms: alarmsOf(decision, extra, state.id),
    notices: decision.notices.map(
      (n): NoticeRow => ({
        id: deps.ids.next(),
        caseId: state.id,
        to: n.to,
        unit: n.unit,
        template: n.template,
        params: { requestNo: state.requestNo },
      }),
    ),
    inbox: extra.inbox,
    command: extra.command,
    reads: extra.reads,
  };
}

function streamsOf(decision: FileDecision, before: CaseFile): readonly StreamWrite[] {
  const state = decision.file.case;
  if (state === null) return [];
  const caseId = state.id;
  const streams: StreamWrite[] = [];
  if (decision.caseEvents.length > 0) {
    streams.push({
      kind: "case",
      id: caseId,
      caseId,
      expectedVersion: before.case?.version ?? 0,
      events: decision.caseEvents.map((e) => stored("case", e.type, e.at, e)),
      state,
    });
  }
  for (const { orderId, events } of decision.orderEvents) {
    const order = decision.file.orders.find((o) => o.id === orderId);
    if (order === undefined) throw new Error(`order ${orderId} without a state`);
    streams.push({
      kind: "order",
      id: orderId,
      caseId,
      expectedVersion: order.version - events.length,
      events: events.map((e) => stored("order", e.type, e.at, e)),
      state: order,
    });
  }
  for (const { clockId, events } of decision.clockEvents) {
    const clock = clockOf(decision.file, clockId);
    streams.push({
      kind: "clock",
      id: clockId,
      caseId,
      expectedVersion: clock.version - events.length,
      events: events.map((e) => stored("clock", e.type, e.at, e)),
      state: clock,
    });
  }
  for (const linkage of decision.file.linkages) {
    const moves = decision.linkages.filter((d) => d.linkageId === linkage.id);
    if (moves.length === 0) continue;
    streams.push({
      kind: "linkage",
      id: linkage.id,
      caseId,
      expectedVersion: linkage.version - moves.length,
      events: moves.map(({ event }) => stored("linkage", `${event.cause.via}.${event.cause.type}`, event.at, event)),
      state: linkage,
    });
  }
  return streams;
}

function clockOf(file: CaseFile, id: Clock["id"]): Clock {
  const clock = file.clocks.find((c) => c.id === id);
  if (clock === undefined) throw new Error(`clock ${id} without a state`);
  return clock;
}

function stored(stream: StreamKind, type: string, at: Instant, body: unknown): StoredEvent {
  return { type, typeVersion: currentVersion(stream, type), at, body };
}

/** The queue row of a file. */
export function indexOf(file: CaseFile, phoneIndex: string | null): CaseIndex {
  const state = file.case;
  if (state === null) throw new Error("no case in this file");
  return {
    caseId: state.id,
    requestNo: state.requestNo,
    status: state.status,
    responsible: holds(file, "ordinary") || holds(file, "partner"),
    dangerOpen: dangerOpen(file),
    danger: state.danger,
    item: state.verdict?.item ?? null,
    place: placeInScope(state.home, state.place),
    peer: lastPeer(file.linkages),
    units: [...new Set(state.orders.map((o) => o.unit))],
    registeredAt: state.registeredAt,
    changedAt: [state, ...file.linkages, ...file.orders].map((s) => s.changedAt).reduce((a, b) => (a > b ? a : b)),
    fileVersion: fileVersion(file),
    phoneIndex,
    due: standingDue(file.clocks),
  };
}

function lastPeer(linkages: readonly Linkage[]): Linkage["peer"] | null {
  // Who was only told works on nothing: a desk that has the matter, or had it, says more.
  return (linkages.findLast(({ part }) => part !== "none") ?? linkages.at(-1))?.peer ?? null;
}

function messagesOf(deps: Deps, decision: LinkageDecision, at: Instant, cause: string): readonly LinkageMessage[] {
  const { linkage, send } = decision;
  const first = (decision.event.sent[0]?.seq ?? linkage.seqOut + 1) - 1;
  return send.map((body, i) => ({
    id: deps.ids.next() as MessageId,
    conversation: linkage.id,
    seq: first + 1 + i,
    sender: linkage.self,
    receiver: linkage.peer,
    issuedAt: at,
    cause,
    lane: linkage.kind === "urgent" ? "urgent" : "ordinary",
    requestNo: linkage.requestNo,
    caseId: linkage.caseId,
    body,
  }));
}

function timersOf(decision: LinkageDecision, caseId: CaseId): readonly TimerChange[] {
  const ownerId = decision.linkageId;
  return decision.timers.map((t) =>
    "set" in t
      ? { set: t.set, owner: "linkage", ownerId, caseId, dueAt: t.dueAt }
      : { cancel: t.cancel, owner: "linkage", ownerId },
  );
}

function caseTimer(change: CaseTimerChange, caseId: CaseId): TimerChange {
  const own = { owner: "case", ownerId: caseId } as const;
  return "set" in change ? { ...change, ...own, caseId } : { ...change, ...own };
}

/** What broke when a clock rang may be mended by then. */
const RING_AGAIN_MS = 600_000;

/** The timers of clocks that changed, and of the one whose timer fired, whether or not it changed. */
function clockTimers(decision: FileDecision, { before, fired, at }: Extra, caseId: CaseId): readonly TimerChange[] {
  const firedFor = fired?.owner === "clock" ? fired.ownerId : null;
  const changed = decision.file.clocks.filter(
    ({ id }) => id === firedFor || decision.clockEvents.some(({ clockId }) => clockId === id),
  );
  return changed.flatMap((clock): readonly TimerChange[] => {
    const own = { owner: "clock", ownerId: clock.id, caseId } as const;
    const again: TimerChange = { set: "mark", ...own, dueAt: plusMs(at, RING_AGAIN_MS) };
    // Asked when it rings next, a clock that is out of order may break again, or answer with what has passed: it would ring for ever.
    if (clock.id === firedFor && decision.faults.length > 0) return [again];
    const was = before.clocks.find(({ id }) => id === clock.id) ?? null;
    const change = planned(was, clock, clock.id === firedFor);
    if (change === null) return [];
    if (change === "broken") return [again];
    return [change === "cancel" ? { cancel: "mark", ...own } : { set: "mark", ...own, dueAt: change.setFor }];
  });
}

/** A clock that runs on with a danger may have marks that are out of order: the commit of the danger stands all the same. @source nmg:2.2.1 */
function planned(was: Clock | null, clock: Clock, fired: boolean): ClockTimerChange | "broken" | null {
  try {
    const change = planClockTimer(was, clock, fired);
    return change === null || change === "cancel" || isInstant(change.setFor) ? change : "broken";
  } catch {
    return "broken";
  }
}

/** One change per timer: within one commit the last word counts. */
function latestTimers(timers: readonly TimerChange[]): readonly TimerChange[] {
  return [...new Map(timers.map((t) => [`${t.ownerId}/${"set" in t ? t.set : t.cancel}`, t])).values()];
}

/** One change per mark: within one commit the last word counts. */
function latestAlarms(alarms: readonly FileAlarm[]): readonly FileAlarm[] {
  return [...new Map(alarms.map((a) => [`${a.kind}/${a.subject}`, a])).values()];
}

/** A mark that the step itself raises (the next number of a silent unit) is not ended by what was answered to it as it stood before. */
function alarmsOf({ alarms }: FileDecision, extra: Extra, caseId: CaseId): readonly AlarmChange[] {
  const changes = latestAlarms(alarms).map((alarm) => alarmOf(alarm, caseId, extra.at));
  const isRaised = (answer: AlarmChange): boolean =>
    "answer" in answer &&
    changes.some((one) => "raise" in one && one.raise === answer.answer && one.subject === answer.subject);
  return [...changes, ...(extra.alarms ?? []).filter((answer) => !isRaised(answer))];
}

function alarmOf(alarm: FileAlarm, caseId: CaseId, at: Instant): AlarmChange {
  return alarm.act === "clear"
    ? { clear: alarm.kind, subject: alarm.subject, at }
    : {
        raise: alarm.kind,
        subject: alarm.subject,
        caseId,
        level: alarm.level,
        dial: alarm.dial,
        audience: alarm.audience,
        at,
      };
}
