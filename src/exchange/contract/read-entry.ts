import type { LinkageMessage } from "../../core/linkage/index.ts";
import type { EnclosedValue } from "../../app/ports/outbox.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { BODY_SCHEMAS } from "./body-schemas.ts";
import { CanonicalFault, canonicalJson } from "./canonical-json.ts";
import { commitmentOf, sm3Hex } from "./digest.ts";
import type { ExchangeCode } from "./exchange-codes.ts";
import { faultFinder, type FieldFault, type FindFault } from "./field-fault.ts";
import { EnclosedValueSchema, MessageEnvelopeSchema } from "./message-schema.ts";
import { repairPush } from "./repair-push.ts";
import { sealedRefs } from "./sealed-refs.ts";
import type { MessageEnvelope } from "./wire.ts";

/** An enclosed value that failed its check: kept with its code, never mixed with the checked ones. */
export type DoubtfulValue = EnclosedValue & { readonly code: ExchangeCode };

type Evidence = {
  /** As quoted by the batch and by the receipt. */
  readonly digest: string;
  /** The message as it came, in canonical form: what the digest is over, also for fields this node does not know. */
  readonly canonical: string;
};

/** A message that can be folded. `repaired` lists the fields of an urgent push that were taken as missing. */
export type ReadEntry = Evidence & {
  readonly reading: "read";
  readonly message: LinkageMessage;
  readonly enclosure: readonly EnclosedValue[];
  readonly doubtful: readonly DoubtfulValue[];
  readonly repaired: readonly string[];
};

/** A message that has its place in a conversation and cannot be understood: it is consumed and kept, never lost. */
export type UnreadEntry = Evidence & {
  readonly reading: "unread";
  readonly envelope: MessageEnvelope;
  readonly code: "UNKNOWN_TYPE" | "EXCHANGE_SCHEMA_INVALID";
  readonly path: string;
  /** As it came, unchecked: only who understands the message can say what belongs to it. */
  readonly enclosure: unknown;
};

/** An entry that is not taken: its sender still holds it and is told why. */
export type RefusedEntry = {
  readonly reading: "refused";
  readonly messageId: string;
  readonly digest: string;
  readonly code: "EXCHANGE_DIGEST_MISMATCH" | "EXCHANGE_ENTRY_UNREADABLE" | "EXCHANGE_SENDER_MISMATCH";
  readonly path: string;
};

export type EntryReading = ReadEntry | UnreadEntry | RefusedEntry;

const findEnvelopeFault = faultFinder(MessageEnvelopeSchema);
const findEnclosedFault = faultFinder(EnclosedValueSchema);
const BODY_FINDERS: ReadonlyMap<string, FindFault> = new Map(
  Object.entries(BODY_SCHEMAS).map(([type, schema]) => [type, faultFinder(schema)]),
);

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function canonicalOf(message: unknown): string | null {
  try {
    return canonicalJson(message);
  } catch (fault) {
    if (fault instanceof CanonicalFault || fault instanceof TypeError) return null;
    throw fault;
  }
}

const MOST_VALUE = 65_536;

function readableParts(item: unknown): EnclosedValue {
  const version = memberOf(item, "version");
  const text = (name: string, most: number): string => {
    const value = memberOf(item, name);
    return typeof value === "string" ? value.slice(0, most) : "";
  };
  const said = text("value", MOST_VALUE);
  const whole = typeof item === "string" ? item : (JSON.stringify(item ?? "") ?? "");
  return {
    field: text("field", 64),
    version: Number.isSafeInteger(version) && Number(version) >= 1 ? Number(version) : 1,
    // Of what has no value to read all of it is what was said.
    value: said === "" ? whole.slice(0, MOST_VALUE) : said,
    salt: text("salt", 128),
  };
}

/** Checks each enclosed value against the commitment its message holds. */
function parseEnclosure(
  raw: unknown,
  message: LinkageMessage,
): { readonly enclosure: readonly EnclosedValue[]; readonly doubtful: readonly DoubtfulValue[] } {
  const commitments = new Map(sealedRefs(message.body).map((ref) => [`${ref.field}/${ref.version}`, ref.commitment]));
  const enclosure: EnclosedValue[] = [];
  const doubtful: DoubtfulValue[] = [];
  for (const item of Array.isArray(raw) ? raw : []) {
    if (findEnclosedFault(item) !== null) {
      doubtful.push({ ...readableParts(item), code: "EXCHANGE_ENCLOSURE_UNREADABLE" });
      continue;
    }
    const { field, version, value, salt } = item as EnclosedValue;
    const commitment = commitments.get(`${field}/${version}`);
    const enclosed = { field, version, value, salt };
    if (commitment === undefined) doubtful.push({ ...enclosed, code: "EXCHANGE_ENCLOSURE_UNREFERENCED" });
    else if (commitmentOf(salt, value) === commitment) enclosure.push(enclosed);
    else doubtful.push({ ...enclosed, code: "EXCHANGE_ENCLOSURE_MISMATCH" });
  }
  return { enclosure, doubtful };
}

function parseMessage(raw: unknown, envelope: MessageEnvelope, evidence: Evidence, enclosure: unknown): EntryReading {
  const findBodyFault = BODY_FINDERS.get(envelope.body.type);
  if (findBodyFault === undefined) {
    return { reading: "unread", envelope, ...evidence, code: "UNKNOWN_TYPE", path: "/body/type", enclosure };
  }
  const fault = findBodyFault(envelope.body);
  if (fault === null) {
    const message = raw as LinkageMessage;
    return { reading: "read", message, ...evidence, ...parseEnclosure(enclosure, message), repaired: [] };
  }
  if (envelope.body.type !== "push") {
    const path = `/body${fault.path}`;
    return { reading: "unread", envelope, ...evidence, code: "EXCHANGE_SCHEMA_INVALID", path, enclosure };
  }
  const { body, paths } = repairPush(envelope, envelope.body);
  const message: LinkageMessage = { ...envelope, body };
  return { reading: "read", message, ...evidence, ...parseEnclosure(enclosure, message), repaired: paths };
}

/** What places a message, or where it departs from the agreed form. */
function parseEnvelope(message: unknown): MessageEnvelope | FieldFault {
  return findEnvelopeFault(message) ?? (message as MessageEnvelope);
}

/**
 * Reads one entry of a batch whose signature is good: is it the message that was signed, is it between the parties of
 * the batch, can it be placed, can it be understood, do the enclosed values match. A bad entry says nothing about the
 * others. `listed` is the digest the batch gives for this place.
 */
export function readEntry(
  raw: unknown,
  listed: string,
  parties: { readonly sender: NodeCode; readonly receiver: NodeCode },
): EntryReading {
  const message = memberOf(raw, "message");
  const id = memberOf(message, "id");
  const messageId = typeof id === "string" ? id.slice(0, 64) : "";
  const canonical = canonicalOf(message);
  if (canonical === null || sm3Hex(canonical) !== listed) {
    return { reading: "refused", messageId, digest: listed, code: "EXCHANGE_DIGEST_MISMATCH", path: "/message" };
  }
  const envelope = parseEnvelope(message);
  if ("path" in envelope) {
    return { reading: "refused", messageId, digest: listed, code: "EXCHANGE_ENTRY_UNREADABLE", path: envelope.path };
  }
  if (envelope.sender !== parties.sender || envelope.receiver !== parties.receiver) {
    return { reading: "refused", messageId, digest: listed, code: "EXCHANGE_SENDER_MISMATCH", path: "/sender" };
  }
  return parseMessage(message, envelope, { digest: listed, canonical }, memberOf(raw, "enclosure"));
}
