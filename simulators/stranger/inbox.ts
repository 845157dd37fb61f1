import { digestOf } from "./canonical.ts";
import { isUnreadable, KNOWN_TYPES } from "./bodies.ts";
import { foldMessage, type Self, streamOf } from "./desk.ts";
import { type JsonObject, listIn, numberIn, parseObject, textIn } from "./json.ts";
import type { Memory } from "./memory.ts";
import { parsePlaced, type Placed } from "./message.ts";
import { checkEnclosure } from "./sealing.ts";
import { isSigned } from "./signature.ts";

export const PROTOCOLS = { min: 1, max: 6 };

/** A refusal of a whole batch or request: not signed, evidence of nothing (linkage-exchange 13.4). */
export type Refusal = {
  /** The HTTP status of errors.md. */
  readonly http: number;
  readonly code: string;
  readonly path?: string;
};

export type Line = {
  readonly messageId: string;
  readonly digest: string;
  readonly status: string;
  readonly code?: string;
  readonly doubtful?: readonly unknown[];
};

export type Pinned = { readonly nodeCode: string; readonly publicKey: string; readonly keyId: string };

const MOST = { ordinary: 256, urgent: 1 };
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Checks the head of a batch in the order of linkage-exchange 6.5; undefined = it may be looked at. */
export function faultOfBatch(
  batch: JsonObject,
  self: Self,
  pinned: Pinned | null,
  memory: Memory,
): Refusal | undefined {
  const head = ["sender", "receiver", "batchId", "sentAt", "keyId", "signature"];
  const missing = head.find((name) => textIn(batch, name) === undefined);
  if (missing !== undefined) return schemaFault(`/${missing}`);
  const protocol = numberIn(batch, "protocol");
  if (protocol === undefined) return schemaFault("/protocol");
  const lane = textIn(batch, "lane");
  if (lane !== "urgent" && lane !== "ordinary") return schemaFault("/lane");
  if (!INSTANT.test(textIn(batch, "sentAt") ?? "")) return schemaFault("/sentAt");
  const digests = listIn(batch, "digests");
  const entries = listIn(batch, "entries");
  if (digests === undefined) return schemaFault("/digests");
  if (entries === undefined || entries.length === 0 || entries.length !== digests.length)
    return schemaFault("/entries");
  if (protocol < PROTOCOLS.min || protocol > PROTOCOLS.max)
    return { http: 400, code: "EXCHANGE_PROTOCOL_UNSUPPORTED", path: "/protocol" };
  if (textIn(batch, "receiver") !== self.nodeCode)
    return { http: 421, code: "EXCHANGE_WRONG_RECEIVER", path: "/receiver" };
  if (entries.length > MOST[lane]) return { http: 413, code: "EXCHANGE_BATCH_TOO_LARGE", path: "/entries" };
  if (pinned === null || textIn(batch, "sender") !== pinned.nodeCode)
    return { http: 403, code: "EXCHANGE_UNKNOWN_PEER", path: "/sender" };
  if (textIn(batch, "keyId") !== pinned.keyId) return { http: 403, code: "EXCHANGE_KEY_UNKNOWN", path: "/keyId" };
  if (!isSigned(signedPartOf(batch), textIn(batch, "signature"), pinned.publicKey))
    return { http: 401, code: "EXCHANGE_SIGNATURE_WRONG" };
  return lane === "ordinary" && isReused(batch, memory)
    ? { http: 409, code: "EXCHANGE_BATCH_ID_REUSED", path: "/batchId" }
    : undefined;
}

/** What the signature of a batch is over (linkage-exchange 6.3). */
export function signedPartOf(batch: JsonObject): JsonObject {
  const { protocol, sender, receiver, batchId, sentAt, digests } = batch;
  return { protocol, sender, receiver, batchId, sentAt, digests };
}

function schemaFault(path: string): Refusal {
  return { http: 400, code: "EXCHANGE_SCHEMA_INVALID", path };
}

function isReused(batch: JsonObject, memory: Memory): boolean {
  const before = memory.evidence.find(
    (one) => one.batch["batchId"] === batch["batchId"] && one.batch["sender"] === batch["sender"],
  );
  return before !== undefined && JSON.stringify(before.batch["digests"]) !== JSON.stringify(batch["digests"]);
}

/** Takes in every entry by itself, folds what can be folded, and says what became of each (linkage-exchange 7, 9). */
export function takeEntries(batch: JsonObject, memory: Memory, self: Self, now: Date): readonly Line[] {
  const digests = listIn(batch, "digests") ?? [];
  return (listIn(batch, "entries") ?? []).map((entry, at) =>
    takeEntry(parseObject(entry) ?? {}, String(digests[at]), memory, self, now),
  );
}

function takeEntry(entry: JsonObject, digest: string, memory: Memory, self: Self, now: Date): Line {
  const message = parsePlaced(entry["message"]);
  const messageId = message?.id ?? textIn(parseObject(entry["message"]), "id") ?? "";
  const refused = (code: string): Line => ({ messageId, digest, status: "refused", code });
  if (!hasDigest(entry["message"], digest)) return refused("EXCHANGE_DIGEST_MISMATCH");
  if (message === undefined) return refused("EXCHANGE_ENTRY_UNREADABLE");
  if (message.sender !== self.peerCode || message.receiver !== self.nodeCode)
    return refused("EXCHANGE_SENDER_MISMATCH");
  const stream = streamOf(memory, message.conversation);
  if (message.seq <= stream.folded || stream.waiting[message.seq] !== undefined)
    return { messageId, digest, status: "duplicate" };
  if (message.seq > stream.folded + 1) {
    stream.waiting[message.seq] = { message: message.raw, enclosure: entry["enclosure"] };
    return { messageId, digest, status: "waiting" };
  }
  const line = foldOne(message, entry["enclosure"], digest, memory, self, now);
  foldWaiting(message.conversation, memory, self, now);
  return line;
}

/** Folds what had to wait for the one that came just now. */
function foldWaiting(conversation: string, memory: Memory, self: Self, now: Date): void {
  const stream = streamOf(memory, conversation);
  for (let next = stream.waiting[stream.folded + 1]; next !== undefined; next = stream.waiting[stream.folded + 1]) {
    delete stream.waiting[stream.folded + 1];
    const message = parsePlaced(next.message);
    if (message === undefined) throw new Error("a message that waits was placed before");
    foldOne(message, next.enclosure, digestOf(message.raw), memory, self, now);
  }
}

function foldOne(message: Placed, enclosure: unknown, digest: string, memory: Memory, self: Self, now: Date): Line {
  streamOf(memory, message.conversation).folded = message.seq;
  const { checked, apart, doubtful } = checkEnclosure(message.body, enclosure);
  const { id, requestNo } = message;
  for (const { field, version, value } of checked)
    memory.said.push({ requestNo, by: message.sender, field, version, value });
  if (doubtful.length > 0) memory.doubtful.push({ requestNo, message: id, what: [...doubtful], values: [...apart] });
  const { status, code } = outcomeOf(message, memory, self, now);
  memory.taken[id] = { digest, status, code: code ?? null, message: message.raw };
  return {
    messageId: id,
    digest,
    status,
    ...(code === undefined ? {} : { code }),
    ...(doubtful.length === 0 ? {} : { doubtful }),
  };
}

function outcomeOf(message: Placed, memory: Memory, self: Self, now: Date): { status: string; code?: string } {
  if (!KNOWN_TYPES.includes(message.type)) return { status: "noted", code: "UNKNOWN_TYPE" };
  const unreadable = isUnreadable(message.type, message.body);
  // Danger first: of a push whatever can be read is read (linkage-exchange 7.2).
  if (unreadable && message.type !== "push") return { status: "kept", code: "EXCHANGE_SCHEMA_INVALID" };
  const step = foldMessage(memory, self, message, now);
  if (step.kind === "applied")
    return unreadable ? { status: "applied", code: "EXCHANGE_REPAIRED" } : { status: "applied" };
  return { status: "noted", code: step.code };
}

function hasDigest(message: unknown, digest: string): boolean {
  try {
    return digestOf(message) === digest;
  } catch {
    return false;
  }
}
