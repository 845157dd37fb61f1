import type { AlarmChange, Commit, CommitOutcome, StreamWrite, TimerChange } from "../../app/ports/store.ts";
import { checkCommit, versionedEvents } from "../cases/check-commit.ts";
import { parseCase, parseClock, parseLinkage, parseOrder, parseTimer } from "../cases/parse.ts";
import { lastAlarmChanges, lastTimerChanges } from "../last-change.ts";
import type { MemoryState } from "./state.ts";
import { keyOf, parseStored } from "./state.ts";

function streamVersion(state: MemoryState, { kind, id }: StreamWrite): number {
  const rows = { case: state.cases, linkage: state.linkages, order: state.orders, clock: state.clocks }[kind];
  return rows.get(id)?.version ?? 0;
}

/** Looks before anything is written; the same order of verdicts as the statement in PostgreSQL. */
function outcomeOf(state: MemoryState, change: Commit): CommitOutcome {
  const { command, inbox, index, streams, caseKey, vault, outbox, alarms } = change;
  if (command !== null && state.commands.has(command.id)) return "duplicate";
  if (inbox !== null && state.inbox.has(inbox.messageId)) return "duplicate";
  const added = versionedEvents(streams);
  if (index !== null && (state.cases.get(index.caseId)?.index.fileVersion ?? 0) !== index.fileVersion - added)
    return "conflict";
  const isNew = streams.some(({ kind, expectedVersion }) => kind === "case" && expectedVersion === 0);
  if (index !== null && !isNew && !state.cases.has(index.caseId)) return "conflict";
  if (streams.some((stream) => streamVersion(state, stream) !== stream.expectedVersion)) return "conflict";
  if (caseKey !== null && state.keys.has(caseKey.caseId)) return "conflict";
  if (vault.some((row) => state.vault.has(keyOf(row.caseId, row.field, row.version)))) return "conflict";
  if (alarms.some((alarm) => "answer" in alarm && !mayAnswer(state, alarm))) return "conflict";
  return outbox.some((message) => state.said.has(keyOf(message.conversation, message.seq))) ? "conflict" : "done";
}

type Answered = Extract<AlarmChange, { readonly answer: string }>;

/** Whether a mark stands as it was read; a number that must be called is only answered with what came of the call. */
function mayAnswer(state: MemoryState, { subject, answer, seen, outcome }: Answered): boolean {
  const alarm = state.alarms.get(keyOf(subject, answer));
  return alarm !== undefined && alarm.acknowledgedAt === seen && (alarm.dial === null || outcome !== null);
}

function applyStream(state: MemoryState, stream: StreamWrite, index: Commit["index"]): void {
  const { caseId, id } = stream;
  const row = parseStored<unknown>(stream.state);
  const version = stream.expectedVersion + stream.events.length;
  stream.events.forEach((event, n) => {
    const position = state.events.length + 1;
    const key = { position, kind: stream.kind, streamId: id, version: stream.expectedVersion + n + 1, caseId };
    state.events.push({ ...parseStored(event), ...key });
  });
  if (stream.kind === "linkage") state.linkages.set(id, { state: parseLinkage(row), version, caseId });
  else if (stream.kind === "order") state.orders.set(id, { state: parseOrder(row), version, caseId });
  else if (stream.kind === "clock") {
    const clock = parseClock(row);
    if (clock !== null) state.clocks.set(id, { state: clock, version, caseId });
  } else if (index !== null) state.cases.set(id, { state: parseCase(row), version, index });
}

function applyTimer(state: MemoryState, timer: TimerChange): void {
  if ("cancel" in timer) {
    state.timers.delete(keyOf(timer.owner, timer.ownerId, timer.cancel));
    return;
  }
  const { owner, ownerId, caseId, dueAt, set } = timer;
  state.timers.set(keyOf(owner, ownerId, set), { ...parseTimer(owner, ownerId, caseId, set, dueAt), leaseUntil: null });
}

/** Lifts a mark that stands: see the PostgreSQL section of the same name for why. */
function applyAlarm(state: MemoryState, alarm: AlarmChange): void {
  if ("clear" in alarm) {
    state.alarms.delete(keyOf(alarm.subject, alarm.clear));
    return;
  }
  if ("answer" in alarm) {
    const { answer, subject, by: acknowledgedBy, at: acknowledgedAt, outcome } = alarm;
    const stands = state.alarms.get(keyOf(subject, answer));
    if (stands !== undefined)
      state.alarms.set(keyOf(subject, answer), { ...stands, acknowledgedAt, acknowledgedBy, outcome });
    return;
  }
  const { raise: kind, subject, caseId, level, dial, audience, at } = alarm;
  const old = state.alarms.get(keyOf(subject, kind));
  const fresh = {
    kind,
    subject,
    caseId,
    level,
    dial,
    audience,
    raisedAt: at,
    acknowledgedAt: null,
    acknowledgedBy: null,
    outcome: null,
  };
  if (old === undefined) {
    state.alarms.set(keyOf(subject, kind), fresh);
    return;
  }
  const merged = { caseId: caseId ?? old.caseId, dial: dial ?? old.dial };
  const rings = level > old.level || (dial !== null && old.dial !== null && dial !== old.dial);
  const raisedAt = old.acknowledgedAt === null ? old.raisedAt : at;
  state.alarms.set(keyOf(subject, kind), {
    ...(rings ? { ...fresh, raisedAt } : old),
    ...merged,
    level: Math.max(level, old.level),
    audience: level >= old.level ? audience : old.audience,
  });
}

/** The same promise as the PostgreSQL commit: everything or nothing, in one step. */
export function commitInMemory(state: MemoryState, change: Commit): CommitOutcome {
  checkCommit(state.home, change);
  const outcome = outcomeOf(state, change);
  if (outcome !== "done") return outcome;
  const { command, inbox, index, caseKey } = change;
  const now = state.clock.now();
  const known = index === null ? undefined : state.cases.get(index.caseId);
  if (index !== null && known !== undefined) state.cases.set(index.caseId, { ...known, index: parseStored(index) });
  for (const stream of change.streams) applyStream(state, stream, index === null ? null : parseStored(index));
  if (command !== null) {
    state.commands.set(
      command.id,
      parseStored({ digest: command.digest, answer: command.answer ?? null, user: command.user }),
    );
  }
  if (inbox !== null) {
    state.inbox.set(inbox.messageId, parseStored(inbox));
    state.kept.delete(inbox.messageId);
  }
  if (caseKey !== null) state.keys.set(caseKey.caseId, Uint8Array.from(caseKey.wrapped));
  for (const row of change.vault) {
    state.vault.set(keyOf(row.caseId, row.field, row.version), { ...row, box: Uint8Array.from(row.box) });
  }
  const idle = { attempts: 0, leaseUntil: null, retryAt: null, endedAt: null };
  for (const message of change.outbox) {
    state.said.add(keyOf(message.conversation, message.seq));
    state.outbox.set(message.id, {
      message: parseStored(message),
      insertedAt: now,
      status: "pending",
      code: null,
      ...idle,
    });
  }
  for (const timer of lastTimerChanges(change.timers)) applyTimer(state, timer);
  for (const alarm of lastAlarmChanges(change.alarms)) applyAlarm(state, alarm);
  for (const notice of change.notices) {
    if (!state.notices.has(notice.id)) {
      state.notices.set(notice.id, { notice: parseStored(notice), status: "pending", error: null, ...idle });
    }
  }
  state.reads.push(...change.reads);
  return "done";
}
