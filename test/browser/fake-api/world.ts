import { randomUUID } from "node:crypto";
import type { Static } from "typebox";
import type { GivenAnswer } from "../../../src/core/catalogue/index.ts";
import type {
  AlarmView,
  CommandName,
  FieldView,
  LinkageView,
  OrderView,
  RequestFields,
  RequestView,
  SessionView,
  StreamFrame,
  TimelineEntry,
} from "../../../src/http/contract/index.ts";

export type Side = "hotline" | "police";
export type Session = Static<typeof SessionView>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type Linkage = Omit<
  Mutable<Static<typeof LinkageView>>,
  "allowed" | "forOthers" | "peer" | "peerSide" | "dutyPhone"
>;
export type Order = Omit<Mutable<Static<typeof OrderView>>, "allowed" | "forOthers" | "instruction" | "reply"> & {
  instruction: string | null;
  reply: string | null;
};
export type Entry = Static<typeof TimelineEntry>;

/** One node's copy of a request, as plain as the screens need it. */
export type Copy = {
  no: string;
  caseId: string;
  version: number;
  status: RequestView["status"];
  responsible: boolean;
  origin: "intake" | "linkage";
  first: { registeredAt: string; nodeCode: string; requestNo: string };
  receivedAt: string;
  changedAt: string;
  facts: Pick<RequestView, "channel" | "place" | "requestKind" | "field" | "requesterType" | "confidential">;
  item: string | null;
  /** What the caller was asked before it was judged. */
  answers: readonly GivenAnswer[];
  danger: boolean;
  dangerOpen: boolean;
  texts: Record<string, string>;
  initialResponse: string | null;
  conclusion: { resolution: string; result: string; at: string; by: "self" | "peer" } | null;
  callbacks: Mutable<Omit<RequestView["callbacks"][number], "note">>[];
  closedAs: string | null;
  orders: Order[];
  linkages: Linkage[];
  timeline: Entry[];
  told: NonNullable<RequestView["told"]>;
  completion: NonNullable<RequestView["completion"]> | null;
};

export type Node = {
  readonly side: Side;
  readonly code: string;
  readonly copies: Map<string, Copy>;
  readonly sessions: Map<string, Session>;
  readonly done: Map<string, { readonly content: string; readonly answer: unknown }>;
  readonly frames: StreamFrame[];
  readonly ears: Set<(frame: StreamFrame) => void>;
  /** Told that only the alarms have changed. */
  readonly alarmEars: Set<() => void>;
  alarms: Static<typeof AlarmView>[];
  dead: { readonly messageId: string; readonly since: string }[];
  /** Versions of the catalogue this desk has signed: when, and who decided so. */
  readonly signedVersions: Map<string, { readonly at: string; readonly by: string }>;
};

/** Two nodes in one process; what one sends the other has at once, unless the link is cut. */
export type World = {
  readonly nodes: Readonly<Record<Side, Node>>;
  linkUp: boolean;
  /** After how long a number that nobody answered is asked for again, in ms, and the calls that wait for it. */
  redialMs: number;
  readonly redial: {
    readonly at: number;
    readonly node: Node;
    readonly kinds: readonly string[];
    readonly dial: string | null;
  }[];
  /** Every command that was carried out, for tests that ask what the screen sent. */
  readonly given: {
    readonly side: Side;
    readonly name: CommandName | "register";
    readonly subject: string;
    readonly body: unknown;
  }[];
};

export const DUTY_PHONE: Readonly<Record<Side, string>> = { hotline: "0471-000-0045", police: "0471-000-0110" };

const node = (side: Side): Node => ({
  side,
  code: side === "hotline" ? "h150100" : "p150100",
  copies: new Map(),
  signedVersions: new Map(),
  sessions: new Map(),
  done: new Map(),
  frames: [],
  ears: new Set(),
  alarmEars: new Set(),
  alarms: [],
  dead: [],
});

export function makeWorld(): World {
  return {
    nodes: { hotline: node("hotline"), police: node("police") },
    linkUp: true,
    redialMs: 20_000,
    redial: [],
    given: [],
  };
}

export function other(world: World, from: Node): Node {
  return world.nodes[from.side === "hotline" ? "police" : "hotline"];
}

let serial = 0;
export const instant = (agoMs = 0): string => new Date(Date.now() - agoMs).toISOString();

/** 19 digits: region, day, serial and a check digit nobody checks here. */
export function nextNo(): string {
  serial += 1;
  return `150100261122${String(serial).padStart(6, "0")}7`;
}

export function newCopy(at: Node, fields: Static<typeof RequestFields>, agoMs = 0, no = nextNo()): Copy {
  const when = instant(agoMs);
  const texts: Record<string, string> = {};
  const put = (name: string, value: string | undefined) => {
    if (value !== undefined) texts[name] = value;
  };
  put("requester.phone", fields.requesterPhone);
  put("requester.name", fields.requesterName);
  put("requester.contact", fields.requesterContact);
  put("address", fields.address);
  put("text", fields.text);
  return {
    no,
    caseId: randomUUID(),
    version: 1,
    status: "registered",
    responsible: true,
    origin: "intake",
    first: { registeredAt: when, nodeCode: at.code, requestNo: no },
    receivedAt: when,
    changedAt: when,
    facts: {
      channel: fields.channel ?? "phone",
      place: fields.place ?? null,
      requestKind: fields.requestKind ?? null,
      field: fields.field ?? null,
      requesterType: fields.requesterType ?? null,
      confidential: fields.confidential ?? false,
    },
    item: null,
    answers: [],
    danger: false,
    dangerOpen: false,
    texts,
    initialResponse: null,
    conclusion: null,
    callbacks: [],
    closedAs: null,
    orders: [],
    linkages: [],
    timeline: [],
    told: [],
    completion: null,
  };
}

type Told = Partial<Pick<Entry, "stream" | "streamId" | "from" | "to" | "source" | "details" | "cause" | "saidAt">> & {
  readonly texts?: readonly (readonly [field: string, value: string])[];
  readonly who?: string;
  readonly node?: string;
  readonly agoMs?: number;
};

const clear = (value: string): Static<typeof FieldView> => ({ showing: "clear", value, revealable: false });

/** Writes one line of the timeline, moves the version and tells every stream. */
export function tell(at: Node, copy: Copy, type: string, told: Told = {}): void {
  const when = instant(told.agoMs ?? 0);
  copy.version += 1;
  copy.changedAt = when;
  copy.timeline.push({
    at: when,
    stream: told.stream ?? "case",
    streamId: told.streamId ?? copy.caseId,
    type,
    by: {
      kind: told.who === undefined ? "node" : "user",
      id: told.who ?? at.code,
      node: told.node ?? at.code,
      name: told.who ?? null,
    },
    cause: told.cause ?? randomUUID(),
    saidAt: told.saidAt ?? null,
    source: told.source ?? null,
    from: told.from ?? null,
    to: told.to ?? null,
    texts: (told.texts ?? []).map(([field, value]) => ({ field, view: clear(value) })),
    details: told.details ?? {},
  });
  frame(at, copy, told.stream ?? "case", told.streamId ?? copy.caseId, type);
}

/** Tells the streams that something of the request changed. */
export function frame(at: Node, copy: Copy, stream: Entry["stream"], streamId: string, type: string): void {
  const next = {
    cursor: String(at.frames.length + 1),
    caseId: copy.caseId,
    requestNo: copy.no,
    stream,
    streamId,
    type,
    at: instant(),
  };
  at.frames.push(next);
  for (const ear of at.ears) ear(next);
}

export function raise(
  at: Node,
  kind: string,
  subject: string,
  copy: Copy,
  rest: Partial<Static<typeof AlarmView>> = {},
): void {
  const before = at.alarms.find((alarm) => alarm.kind === kind && alarm.subject === subject);
  at.alarms = [
    ...at.alarms.filter((alarm) => alarm.kind !== kind || alarm.subject !== subject),
    {
      kind,
      subject,
      caseId: copy.caseId,
      requestNo: copy.no,
      level: 1,
      dial: null,
      audience: "desk",
      // Unanswered since it was raised first.
      raisedAt: before?.acknowledgedAt === null ? before.raisedAt : instant(),
      acknowledgedAt: null,
      ...rest,
    },
  ];
}

export function clearAlarm(at: Node, kind: string, subject: string): void {
  at.alarms = at.alarms.filter((alarm) => alarm.kind !== kind || alarm.subject !== subject);
}
