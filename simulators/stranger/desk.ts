import { randomUUID } from "node:crypto";
import { digestOf } from "./canonical.ts";
import { compose } from "./compose.ts";
import { CONDITIONS, GUARDS, type Seen } from "./conditions.ts";
import { type JsonObject, numberIn, textIn } from "./json.ts";
import type { Linkage, Memory, Role, TableName } from "./memory.ts";
import type { Lane, Message, Placed } from "./message.ts";
import type { Enclosed } from "./sealing.ts";
import { OPENED_BY, OPENED_BY_COMMAND, type Row, rowsFor } from "./rows.ts";

/** Who this desk is, and what it says of itself. */
export type Self = {
  readonly nodeCode: string;
  readonly peerCode: string;
  readonly dutyPhone: string;
  readonly catalogueVersion: string;
};

/** A step that was taken, or why not: `refused` for a command, `noted` for a message without effect. */
export type Step =
  | { readonly kind: "applied"; readonly row: string; readonly conversation: string }
  | { readonly kind: "noted"; readonly code: string }
  | { readonly kind: "refused"; readonly code: string };

/** Folds one message, in its place, into the memory (linkage 2.3, 2.4: whatever comes is taken). */
export function foldMessage(memory: Memory, self: Self, message: Placed, now: Date): Step {
  const known = memory.linkages[message.conversation];
  const table = OPENED_BY[message.type];
  if (known === undefined && table === undefined) return { kind: "noted", code: "UNEXPECTED" };
  const linkage =
    known ?? born(table ?? "handOver", "R", message.conversation, message.requestNo, message.caseId, message.body, now);
  const row = firstRow(memory, self, linkage, `message:${message.type}`, message.body, now);
  if (row === undefined) return { kind: "noted", code: "UNEXPECTED" };
  if (known === undefined) memory.linkages[message.conversation] = linkage;
  take(memory, self, linkage, row, `message:${message.type}`, message.body, message.id, now);
  return row.noted === null
    ? { kind: "applied", row: row.name, conversation: linkage.conversation }
    : { kind: "noted", code: row.noted };
}

/** Does what a person of this desk asks, or refuses it with a code. */
export function command(memory: Memory, self: Self, name: string, input: JsonObject, now: Date): Step {
  const opens = OPENED_BY_COMMAND[name];
  const linkage =
    opens === undefined ? memory.linkages[textIn(input, "conversation") ?? ""] : openOwn(memory, opens, input, now);
  if (linkage === undefined) return { kind: "refused", code: "LINKAGE_UNKNOWN" };
  const row = firstRow(memory, self, linkage, `command:${name}`, input, now);
  if (row === undefined) return { kind: "refused", code: "NOT_IN_STATE" };
  const seen = seenBy(memory, self, linkage, input, now);
  const failed = row.guards.map((guard) => GUARDS[guard]).find((guard) => guard?.holds(seen) !== true);
  if (failed !== undefined) return { kind: "refused", code: failed.code };
  memory.linkages[linkage.conversation] = linkage;
  take(memory, self, linkage, row, `command:${name}`, input, randomUUID(), now);
  return { kind: "applied", row: row.name, conversation: linkage.conversation };
}

/** Fires a timer or a receipt, which no table refuses and which does nothing in a state it has no row for. */
export function fire(memory: Memory, self: Self, linkage: Linkage, on: string, now: Date): void {
  const row = firstRow(memory, self, linkage, on, {}, now);
  if (row !== undefined) take(memory, self, linkage, row, on, {}, randomUUID(), now);
}

function openOwn(memory: Memory, table: TableName, input: JsonObject, now: Date): Linkage | undefined {
  const matter = memory.matters[textIn(input, "requestNo") ?? ""];
  if (matter === undefined) return undefined;
  return born(table, "S", randomUUID(), matter.requestNo, matter.caseId, {}, now);
}

function born(
  table: TableName,
  role: Role,
  conversation: string,
  requestNo: string,
  caseId: string,
  opening: JsonObject,
  now: Date,
): Linkage {
  const at = now.toISOString();
  const counts = { additions: 0, read: 0, push: 0, shown: 0, signed: 0, conclusion: 0 };
  const common = {
    conversation,
    table,
    role,
    state: "(born)",
    requestNo,
    caseId,
    opening,
    openedAt: at,
    enteredAt: at,
  };
  return { ...common, ...counts, receipted: false, answers: null, fired: [], log: [] };
}

function seenBy(memory: Memory, self: Self, linkage: Linkage, input: JsonObject, now: Date): Seen {
  return { memory, nodeCode: self.nodeCode, peerCode: self.peerCode, linkage, input, now };
}

function firstRow(
  memory: Memory,
  self: Self,
  linkage: Linkage,
  on: string,
  input: JsonObject,
  now: Date,
): Row | undefined {
  // A push that comes counts before its row is chosen: what is current is said of the newest one.
  const before =
    on === "message:push" ? { ...linkage, push: Math.max(linkage.push, numberIn(input, "k") ?? 1) } : linkage;
  const seen = seenBy(memory, self, before, input, now);
  return rowsFor(linkage.table, linkage.role, linkage.state, on).find((row) =>
    row.conditions.every((name) => CONDITIONS[name]?.(seen) === true),
  );
}

function take(
  memory: Memory,
  self: Self,
  linkage: Linkage,
  row: Row,
  on: string,
  input: JsonObject,
  by: string,
  now: Date,
): void {
  count(linkage, row, on, input, by);
  const to = row.to === "same" ? linkage.state : row.to;
  if (to !== linkage.state) Object.assign(linkage, { state: to, enteredAt: now.toISOString(), fired: [] });
  linkage.log.push({ at: now.toISOString(), row: row.name, by });
  for (const type of row.sends) {
    const composed = compose(type, { memory, ...self, linkage, input, now });
    if (Object.keys(linkage.opening).length === 0) linkage.opening = composed.body;
    linkage.receipted = false;
    send(memory, self, linkage, composed.body, composed.enclosure, by, now);
  }
  if (row.sends.includes("reopened")) linkage.answers = null;
}

/** The counters of the linkage: the tables name the states, the prose what is counted beside them. */
function count(linkage: Linkage, row: Row, on: string, input: JsonObject, by: string): void {
  if (on === "receipt") linkage.receipted = true;
  else if (on === "message:addition") linkage.additions = Math.max(linkage.additions, numberIn(input, "n") ?? 0);
  else if (on === "command:add") linkage.additions += 1;
  else if (on === "command:readAdditions") linkage.read = linkage.additions;
  else if (on === "command:conclude") linkage.conclusion += 1;
  else if (row.name === "5.1-concluded") linkage.conclusion = numberIn(input, "no") ?? linkage.conclusion;
  else if (on === "message:push") linkage.push = Math.max(linkage.push, numberIn(input, "k") ?? 1);
  else if (on === "message:reopen") linkage.answers = by;
  if (row.sends.includes("delivered")) linkage.shown = linkage.push;
  if (row.sends.includes("signed")) linkage.signed = linkage.push;
}

/** Commits one message: numbered in its direction, with its digest, in the outbox. */
function send(
  memory: Memory,
  self: Self,
  linkage: Linkage,
  body: JsonObject,
  enclosure: Enclosed[],
  cause: string,
  now: Date,
): void {
  const stream = streamOf(memory, linkage.conversation);
  stream.out += 1;
  const lane: Lane = linkage.table === "urgent" ? "urgent" : "ordinary";
  const message: Message = {
    id: randomUUID(),
    conversation: linkage.conversation,
    seq: stream.out,
    sender: self.nodeCode,
    receiver: self.peerCode,
    issuedAt: now.toISOString(),
    cause,
    lane,
    requestNo: linkage.requestNo,
    caseId: linkage.caseId,
    body,
  };
  memory.outbox.push({ message, digest: digestOf(message), enclosure, dead: null });
}

export function streamOf(memory: Memory, conversation: string): Memory["streams"][string] {
  const known = memory.streams[conversation];
  if (known !== undefined) return known;
  const fresh = { out: 0, folded: 0, waiting: {} };
  memory.streams[conversation] = fresh;
  return fresh;
}
