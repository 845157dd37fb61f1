import { randomUUID } from "node:crypto";
import { type JsonObject, numberIn, objectIn, textIn } from "./json.ts";
import type { Linkage, Matter, Memory } from "./memory.ts";
import { type Enclosed, type SealedReference, seal } from "./sealing.ts";

/** What a body is made from: this node's own log, what its people said, and when. */
export type Words = {
  readonly memory: Memory;
  readonly nodeCode: string;
  readonly dutyPhone: string;
  readonly catalogueVersion: string;
  readonly linkage: Linkage;
  readonly input: JsonObject;
  readonly now: Date;
};

export type Composed = { readonly body: JsonObject; readonly enclosure: Enclosed[] };

/** Fields of the request itself (linkage-exchange 4.9). */
const LASTING = ["text", "address", "requester.name", "requester.phone", "requester.contact"];

type Sealer = (field: string, text: string | undefined) => SealedReference | null;
type Composer = (words: Words, sealed: Sealer) => JsonObject;

/** The body of a message of this type, and the values that go beside it. Throws for a type this desk never sends. */
export function compose(type: string, words: Words): Composed {
  const composer = COMPOSERS[type];
  if (composer === undefined) throw new Error(`this desk never sends ${type}`);
  const enclosure: Enclosed[] = [];
  const sealed: Sealer = (field, text) => {
    if (text === undefined) return null;
    // A request has one address and one text, in versions; of everything else each saying is a field of its own.
    const name = LASTING.includes(field) ? field : `${field}.${randomUUID()}`;
    const place = `${words.linkage.requestNo}/${name}`;
    const version = (words.memory.sealed[place] ?? 0) + 1;
    const [reference, enclosed] = seal(name, version, text);
    words.memory.sealed[place] = version;
    enclosure.push(enclosed);
    return reference;
  };
  return { body: { type, ...composer(words, sealed) }, enclosure };
}

const COMPOSERS: { readonly [type: string]: Composer } = {
  offer: (words, sealed) => ({
    kind: textIn(words.input, "kind") ?? "clear",
    birth: words.linkage.state,
    ...opening(words, sealed),
    chain: [words.nodeCode],
    source: null,
    initialResponse: initialResponseOf(matterOf(words), sealed),
    followPolicy: textIn(words.input, "followPolicy") ?? "handOff",
    regime: textIn(words.input, "regime") ?? "acceptingPlatform",
  }),
  accepted: ({ now }) => ({ by: "person", acceptedAt: now.toISOString(), into: null }),
  confirmed: () => ({}),
  withdrawn: ({ input, now }, sealed) => ({
    reason: textIn(input, "reason") ?? "takeBack",
    decidedAt: now.toISOString(),
    note: sealed("reason", textIn(input, "note")),
  }),
  returned: ({ input }, sealed) => ({
    reason: textIn(input, "reason") ?? "outOfScope",
    basis: "sealed",
    proposedOwner: "sealed",
    note: sealed("reason", textIn(input, "note")),
    grounds: {
      basis: sealed("basis", textIn(input, "basis")),
      proposedOwner: sealed("proposedOwner", textIn(input, "proposedOwner")),
    },
  }),
  negotiate: ({ input }, sealed) => ({ note: sealed("reason", textIn(input, "note")) }),
  held: () => ({}),
  bound: () => ({}),
  rejected: () => ({ code: "NO_INITIAL_RESPONSE" }),
  addition: (words, sealed) => {
    const brief = briefOf(words, sealed);
    return { n: words.linkage.additions, sealed: brief.sealed, brief };
  },
  progress: ({ input, now }, sealed) => ({
    stage: textIn(input, "stage") ?? "late",
    at: now.toISOString(),
    note: sealed("note", textIn(input, "note")),
    ...(objectIn(input, "facts") === undefined ? {} : { facts: objectIn(input, "facts") }),
  }),
  concluded: ({ linkage, input }, sealed) => ({
    no: linkage.conclusion,
    seen: linkage.read,
    resolution: textIn(input, "resolution") ?? "resolved",
    result: sealed("result", textIn(input, "result") ?? ""),
  }),
  conclusionHeld: ({ input }) => ({ no: numberIn(input, "no") ?? 0 }),
  closed: ({ linkage, input }) => ({ no: linkage.conclusion, rating: objectIn(input, "rating") ?? null }),
  reopen: ({ input }, sealed) => ({
    reason: textIn(input, "reason") ?? "notSolved",
    note: sealed("reason", textIn(input, "note")),
  }),
  reopened: ({ linkage }) => ({ own: linkage.answers === null, answers: linkage.answers }),
  delivered: ({ linkage, now }) => ({ k: linkage.push, at: now.toISOString() }),
  noSeatOnDuty: ({ linkage, dutyPhone }) => ({ k: linkage.push, dial: dutyPhone }),
  signed: ({ linkage, now }) => ({ k: linkage.push, at: now.toISOString() }),
  ended: ({ linkage, input }, sealed) => ({
    k: linkage.push,
    outcome: textIn(input, "outcome") ?? "noDangerFound",
    result: sealed("result", textIn(input, "result") ?? ""),
  }),
  notice: (words, sealed) => ({ ...opening(words, sealed), text: sealed("notice", textIn(words.input, "text")) }),
  noticeRead: ({ now }) => ({ at: now.toISOString() }),
  support: (words, sealed) => ({
    ...opening(words, sealed),
    what: sealed("support.what", textIn(words.input, "what")),
    where: sealed("support.where", textIn(words.input, "where")),
    when: sealed("support.when", textIn(words.input, "when")),
  }),
  granted: ({ input, now }, sealed) => ({
    at: now.toISOString(),
    note: sealed("support.answer", textIn(input, "note")),
  }),
  declined: ({ input, now }, sealed) => ({
    at: now.toISOString(),
    note: sealed("support.answer", textIn(input, "note")),
  }),
  supportEnded: ({ input, now }, sealed) => ({
    at: now.toISOString(),
    result: sealed("support.result", textIn(input, "result")),
  }),
};

function matterOf({ memory, linkage }: Words): Matter {
  const matter = memory.matters[linkage.requestNo];
  if (matter === undefined) throw new Error(`${linkage.requestNo} was not registered here`);
  return matter;
}

/** What every message that opens a conversation tells of the request. */
function opening(words: Words, sealed: Sealer): JsonObject {
  const { requestNo, registeredAt } = matterOf(words);
  return {
    brief: briefOf(words, sealed),
    firstReceiver: { registeredAt, nodeCode: words.nodeCode, requestNo },
    catalogueVersion: words.catalogueVersion,
  };
}

function briefOf(words: Words, sealed: Sealer): JsonObject & { sealed: readonly (SealedReference | null)[] } {
  const { registeredAt, facts, words: said } = matterOf(words);
  return {
    registeredAt,
    channel: "phone",
    place: null,
    requestKind: null,
    field: null,
    requesterType: null,
    confidential: false,
    item: null,
    danger: false,
    ...facts,
    sealed: Object.entries(said).map(([field, text]) => sealed(field, text)),
  };
}

/** The entry of what was done here already: a sealed text like every other. */
function initialResponseOf({ initialResponse }: Matter, sealed: Sealer): SealedReference | null {
  return initialResponse === null ? null : sealed("initialResponse", initialResponse);
}
