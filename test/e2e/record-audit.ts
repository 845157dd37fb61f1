import { isDeepStrictEqual } from "node:util";
import { evolveCase } from "../../src/core/case/index.ts";
import type { Case } from "../../src/core/case/index.ts";
import { evolveClock } from "../../src/core/clock/index.ts";
import type { Clock } from "../../src/core/clock/index.ts";
import { evolveLinkage } from "../../src/core/linkage/index.ts";
import type { Linkage } from "../../src/core/linkage/index.ts";
import { evolveOrder } from "../../src/core/order/index.ts";
import type { Order } from "../../src/core/order/index.ts";
import type { Acknowledged } from "./chaos-clients.ts";
import type { NodeRecord, RecordedEvent, RecordedMessage } from "./node-record.ts";

/** 0 lost, 0 doubled at one node: what was acknowledged is there once, and every stream is whole and folds to its row. */
export function auditCommands(node: NodeRecord, acknowledged: readonly Acknowledged[]): readonly string[] {
  const problems: string[] = [];
  const caused = new Map<string, RecordedEvent[]>();
  for (const event of node.events) {
    const cause = causeOf(event);
    if (cause !== null) caused.set(cause, [...(caused.get(cause) ?? []), event]);
  }
  for (const { key, name, requestNo, caseId, side } of acknowledged.filter((a) => a.side === node.side)) {
    const record = node.commands.get(key);
    const events = caused.get(key) ?? [];
    if (record === undefined) problems.push(`lost: ${side} ${name} ${key} left no record`);
    else if (record.requestNo !== requestNo || record.caseId !== caseId)
      problems.push(`${name} ${key} answered otherwise`);
    // A push that is on screen already has nothing more to tell: `shown` by a second seat is saved as a command alone.
    if (events.length === 0 && name !== "shown") problems.push(`lost: ${side} ${name} ${key} left no event`);
    if (node.cases.get(caseId)?.requestNo !== requestNo) problems.push(`lost: ${side} has no request ${requestNo}`);
  }
  for (const [cause, events] of caused) {
    if (!node.commands.has(cause)) continue;
    if (new Set(events.map((e) => e.tx)).size > 1) problems.push(`doubled: ${cause} wrote in two transactions`);
    const born = events.filter((e) => e.kind === "case" && e.body.type === "CaseRegistered").length;
    if (born > 1) problems.push(`doubled: ${cause} registered ${born} requests`);
  }
  const numbers = [...node.cases.values()].map((c) => c.requestNo);
  if (new Set(numbers).size !== numbers.length)
    problems.push(`doubled: a number stands for two requests at ${node.side}`);
  return problems;
}

/** Versions 1, 2, 3, … without hole in every stream, and the fold of each is the row beside it. */
export function auditStreams(node: NodeRecord): readonly string[] {
  const problems: string[] = [];
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of node.events) {
    const key = `${event.kind} ${event.stream}`;
    streams.set(key, [...(streams.get(key) ?? []), event]);
  }
  for (const [key, found] of streams) {
    const events = found.toSorted((a, b) => a.version - b.version);
    // One order is read from (tx, position); the versions must say the same.
    if (!isDeepStrictEqual(events, found)) problems.push(`${node.side} ${key}: versions do not follow the commits`);
    const perVersion = events.every((e, i) => e.version === i + 1);
    if (!perVersion) problems.push(`${node.side} ${key}: versions ${events.map((e) => e.version).join(",")}`);
    const row = rowOf(node, events[0]);
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(foldOf(events))), row ?? null))
      problems.push(`${node.side} ${key}: the fold differs from the row`);
  }
  const rows = node.cases.size + node.linkages.size + node.orders.size + node.clocks.size;
  if (streams.size !== rows) problems.push(`${node.side}: ${streams.size} streams, ${rows} rows`);
  return problems;
}

/** What one node sent the other has consumed: each conversation 1, 2, 3, … without hole, each message once. */
export function auditCarriage(from: NodeRecord, to: NodeRecord): readonly string[] {
  const problems: string[] = [];
  const name = `${from.side} to ${to.side}`;
  for (const m of from.sent) if (m.status !== "receipted") problems.push(`${name}: ${m.type} ${m.id} is ${m.status}`);
  for (const m of to.kept) problems.push(`${name}: ${m.type} ${m.id} is kept as ${m.status}`);
  const [sent, received] = [byConversation(from.sent), byConversation(to.received)];
  for (const [conversation, messages] of sent) {
    const there = received.get(conversation) ?? [];
    const ids = messages.map((m) => m.id);
    if (!messages.every((m, i) => m.seq === i + 1)) problems.push(`${name} ${conversation}: holes in what was sent`);
    if (
      !isDeepStrictEqual(
        ids,
        there.map((m) => m.id),
      )
    )
      problems.push(`lost or doubled: ${name} ${conversation}: sent ${ids.length}, consumed ${there.length}`);
  }
  for (const conversation of received.keys())
    if (!sent.has(conversation)) problems.push(`${name} ${conversation}: consumed what was never sent`);
  const folded = new Map<string, number>();
  for (const { kind, body } of to.events) {
    if (kind !== "linkage" || body.cause.via !== "message" || body.cause.because !== null) continue;
    folded.set(body.cause.id ?? "", (folded.get(body.cause.id ?? "") ?? 0) + 1);
  }
  for (const m of to.received) {
    const times = folded.get(m.id) ?? 0;
    if (times !== 1)
      problems.push(`${times === 0 ? "lost" : "doubled"}: ${name} ${m.type} ${m.id} folded ${times} times`);
  }
  return problems;
}

function byConversation(messages: readonly RecordedMessage[]): ReadonlyMap<string, readonly RecordedMessage[]> {
  const found = new Map<string, RecordedMessage[]>();
  for (const m of messages.toSorted((a, b) => a.seq - b.seq))
    found.set(m.conversation, [...(found.get(m.conversation) ?? []), m]);
  return found;
}

function causeOf(event: RecordedEvent): string | null {
  return event.kind === "linkage" ? event.body.cause.id : event.body.cause;
}

function rowOf(node: NodeRecord, first: RecordedEvent | undefined): Case | Linkage | Order | Clock | undefined {
  if (first === undefined) return undefined;
  if (first.kind === "case") return node.cases.get(first.stream);
  return { linkage: node.linkages, order: node.orders, clock: node.clocks }[first.kind].get(first.stream);
}

function foldOf(events: readonly RecordedEvent[]): Case | Linkage | Order | Clock | null {
  let [aCase, aLinkage, anOrder, aClock]: [Case | null, Linkage | null, Order | null, Clock | null] = [
    null,
    null,
    null,
    null,
  ];
  for (const event of events) {
    if (event.kind === "case") aCase = evolveCase(aCase, event.body);
    else if (event.kind === "linkage") aLinkage = evolveLinkage(aLinkage, event.body);
    else if (event.kind === "clock") aClock = evolveClock(aClock, event.body);
    else anOrder = evolveOrder(anOrder, event.body);
  }
  return aCase ?? aLinkage ?? anOrder ?? aClock;
}
