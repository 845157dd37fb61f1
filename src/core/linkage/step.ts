import { bear } from "./birth.ts";
import { bodyToSend } from "./body.ts";
import type {
  LinkageAlarm,
  LinkageAlarmKind,
  LinkageCause,
  LinkageDecision,
  LinkageEvent,
  LinkageFacts,
} from "./event.ts";
import { evolveLinkage } from "./evolve.ts";
import { FACTS } from "./fact.ts";
import type { Linkage, StandingDates } from "./linkage.ts";
import { AWAITED_MESSAGES } from "./message.ts";
import type { LinkageMessage } from "./message.ts";
import type { Row } from "./row.ts";
import { standingDates } from "./standing.ts";
import { planTimers } from "./timer-table.ts";
import { findBody } from "./work.ts";
import type { Work } from "./work.ts";

/** Applies one row to one linkage: the event, the linkage after it, what is said, which timers run, who is alarmed. */
export function applyRow(work: Work, row: Row): LinkageDecision {
  const drafted = draft(work, row);
  const after = evolveLinkage(work.linkage, drafted);
  const fired = work.input.via === "timer" && work.because === null ? work.input.timer : null;
  const plan = planTimers(work.linkage, after, fired, work.at, work.context.policy);
  const stands = standingDates(after, work.context);
  const event = {
    ...drafted,
    facts: {
      ...drafted.facts,
      ...(sameCounts(plan.fired, after.fired) ? {} : { fired: plan.fired }),
      ...(sameDates(stands, after.stands ?? {}) ? {} : { stands }),
    },
  };
  const linkage = evolveLinkage(work.linkage, event);
  return {
    linkageId: event.linkageId,
    event,
    linkage,
    send: (row.sends ?? []).map((type) => bodyToSend(type, work, linkage)),
    timers: plan.changes,
    alarms: (row.alarms ?? []).map((kind) => alarm(kind, work, linkage)),
    noted: row.noted ?? null,
  };
}

function draft(work: Work, row: Row): LinkageEvent {
  const before = work.linkage;
  const to = row.to === "same" ? stateOf(before) : row.to;
  const sent = (row.sends ?? []).map((type, i) => ({ type, seq: (before?.seqOut ?? 0) + i + 1 }));
  const born = before === null ? bear(work, to) : null;
  let facts: LinkageFacts = {};
  for (const name of row.sets ?? []) facts = { ...facts, ...FACTS[name](work) };
  const awaited = sent.findLast((s) => AWAITED_MESSAGES.includes(s.type));
  if (awaited !== undefined) facts = { ...facts, awaitedSeq: awaited.seq };
  const speaksHere = work.input.via === "message" && work.because === null;
  return {
    linkageId: before?.id ?? born?.birth.id ?? missing(row),
    rule: row.id,
    section: row.section,
    from: before?.state ?? null,
    to,
    at: work.at,
    cause: causeOf(work),
    sent,
    received: speaksHere && work.input.via === "message" ? work.input.message.seq : null,
    born,
    facts,
  };
}

function causeOf({ input, because }: Work): LinkageCause {
  switch (input.via) {
    case "command":
      return { via: "command", type: input.command.type, id: input.id, by: input.actor, because };
    case "message":
      return { ...messageCause(input.message), because };
    case "timer":
      return { via: "timer", type: input.timer, id: null, by: null, because };
    case "receipt":
      return { via: "receipt", type: "receipt", id: null, by: null, because };
  }
}

function messageCause({ id, issuedAt, body }: LinkageMessage): Omit<LinkageCause, "because"> {
  return { via: "message", type: body.type, id, by: null, saidAt: issuedAt };
}

function alarm(kind: LinkageAlarmKind, work: Work, linkage: Linkage): LinkageAlarm {
  const fired = work.input.via === "timer" ? (linkage.fired[work.input.timer] ?? 1) : 1;
  // Who has told them by telephone is not asked again; what nobody answered comes back by itself.
  const level = kind === "peerUnsigned" ? 1 : fired;
  return { kind, level, linkageId: linkage.id, at: work.at, dial: dialFor(kind, work) };
}

function dialFor(kind: LinkageAlarmKind, work: Work): string | null {
  if (kind === "noSeatOnDuty") return findBody(work, "noSeatOnDuty")?.dial ?? work.context.dutyPhone;
  const rings: readonly LinkageAlarmKind[] = [
    "linkSilent",
    "urgentUndelivered",
    "urgentUnsigned",
    "peerUnsigned",
    "deliveryMissing",
    "confirmMissing",
  ];
  return rings.includes(kind) ? work.context.dutyPhone : null;
}

function sameCounts(a: Linkage["fired"], b: Linkage["fired"]): boolean {
  const names = [...Object.keys(a), ...Object.keys(b)];
  return names.every((n) => Reflect.get(a, n) === Reflect.get(b, n));
}

function sameDates(a: StandingDates, b: StandingDates): boolean {
  const names = [...Object.keys(a), ...Object.keys(b)];
  // The dates that were given are carried on as they are.
  return names.every((n) => Reflect.get(a, n) === Reflect.get(b, n));
}

function stateOf(linkage: Linkage | null): Linkage["state"] {
  if (linkage === null) throw new Error("a birth names its state");
  return linkage.state;
}

function missing(row: Row): never {
  throw new Error(`${row.id} has no linkage`);
}
