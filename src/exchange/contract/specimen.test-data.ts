import type { EnclosedValue } from "../../app/ports/outbox.ts";
import type { CaseBrief, LinkageMessage, LinkageMessageBody, LinkageMessageType } from "../../core/linkage/index.ts";
import {
  type CaseId,
  type Instant,
  instantOf,
  type ItemCode,
  type LinkageId,
  type MessageId,
  type NodeCode,
  type RegionCode,
  type RequestNo,
  type Sealed,
} from "../../kernel/index.ts";
import { commitmentOf } from "./digest.ts";

/** Two nodes of a region that does not exist. */
export const HOTLINE = "hotline-159999" as NodeCode;
export const POLICE = "police-159999" as NodeCode;

const AT: Instant = instantOf(Date.UTC(2026, 0, 5, 1, 2, 3, 4));
const REQUEST_NO = "1599992601050000019" as RequestNo;

/** Invented values of a message, with the salts of their commitments. */
export const SPECIMEN_ENCLOSURE: readonly EnclosedValue[] = [
  {
    field: "content",
    version: 1,
    value: "示例：路口井盖缺失，有人险些掉下。",
    salt: "00112233445566778899aabbccddeeff",
  },
  { field: "requesterPhone", version: 1, value: "00000000000", salt: "ffeeddccbbaa99887766554433221100" },
];

function sealedOf(value: EnclosedValue): Sealed {
  return { field: value.field, version: value.version, commitment: commitmentOf(value.salt, value.value) };
}

const [content, phone] = SPECIMEN_ENCLOSURE.map(sealedOf);
const SEALED: readonly Sealed[] = [content, phone].filter((ref) => ref !== undefined);
const NOTE: Sealed | null = content ?? null;

const BRIEF: CaseBrief = {
  registeredAt: AT,
  channel: "phone",
  place: "159999" as RegionCode,
  requestKind: "nonUrgentHelp",
  field: "urbanManagement",
  requesterType: "person",
  confidential: false,
  item: "A01-01" as ItemCode,
  danger: false,
  sealed: SEALED,
};
const FIRST_RECEIVER = { registeredAt: AT, nodeCode: HOTLINE, requestNo: REQUEST_NO } as const;

const TELLING = { brief: BRIEF, firstReceiver: FIRST_RECEIVER, catalogueVersion: "specimen-1" } as const;

const BODIES: { readonly [T in LinkageMessageType]: Extract<LinkageMessageBody, { readonly type: T }> } = {
  offer: {
    type: "offer",
    kind: "clear",
    birth: "offered",
    brief: BRIEF,
    firstReceiver: FIRST_RECEIVER,
    chain: [HOTLINE],
    source: null,
    initialResponse: null,
    followPolicy: "handOff",
    regime: "acceptingPlatform",
    catalogueVersion: "specimen-1",
    ruling: { basis: "consultation", note: NOTE },
  },
  accepted: { type: "accepted", by: "person", acceptedAt: AT, into: null },
  confirmed: { type: "confirmed" },
  withdrawn: { type: "withdrawn", reason: "takeBack", decidedAt: AT, note: null },
  returned: {
    type: "returned",
    reason: "outOfScope",
    basis: "sealed",
    proposedOwner: "sealed",
    note: NOTE,
    grounds: { basis: NOTE, proposedOwner: phone ?? null },
  },
  negotiate: { type: "negotiate", note: NOTE },
  held: { type: "held" },
  bound: { type: "bound", basis: "consultation", note: NOTE },
  ruling: { type: "ruling", to: POLICE, basis: "consultation", note: NOTE },
  rejected: { type: "rejected", code: "NO_INITIAL_RESPONSE" },
  addition: { type: "addition", n: 1, sealed: SEALED, brief: BRIEF },
  progress: {
    type: "progress",
    stage: "noted",
    at: AT,
    note: NOTE,
    facts: { place: "159998" as RegionCode, requestKind: "complaint", confidential: true, item: null, danger: true },
  },
  concluded: { type: "concluded", no: 1, seen: 1, resolution: "resolved", result: NOTE },
  conclusionHeld: { type: "conclusionHeld", no: 1 },
  closed: { type: "closed", no: 1, rating: { satisfaction: 5, solved: true, reached: true } },
  reopen: { type: "reopen", reason: "notSolved", note: null },
  reopened: { type: "reopened", own: false, answers: "019b0000-0000-7000-8000-000000000016" as MessageId },
  push: {
    type: "push",
    k: 1,
    brief: { ...BRIEF, danger: true },
    firstReceiver: FIRST_RECEIVER,
    parent: null,
    machineSuspected: false,
    regime: "policeRules",
    catalogueVersion: "specimen-1",
  },
  delivered: { type: "delivered", k: 1, at: AT },
  noSeatOnDuty: { type: "noSeatOnDuty", k: 1, dial: "00000000" },
  signed: { type: "signed", k: 1, at: AT },
  ended: { type: "ended", k: 1, outcome: "noDangerFound", result: NOTE },
  endHeld: { type: "endHeld", k: 1 },
  notice: { type: "notice", ...TELLING, text: NOTE },
  noticeRead: { type: "noticeRead", at: AT },
  support: { type: "support", ...TELLING, what: NOTE, where: phone ?? null, when: null },
  joint: { type: "joint", k: 1, ...TELLING, what: NOTE, regime: "hotlineMemberRules" },
  granted: { type: "granted", at: AT, note: null },
  declined: { type: "declined", at: AT, note: NOTE },
  supportEnded: { type: "supportEnded", at: AT, result: NOTE },
};

/** An invented body of one type. */
export function specimenBody<T extends LinkageMessageType>(type: T): (typeof BODIES)[T] {
  return BODIES[type];
}

function idOf(kind: number, n: number): string {
  return `019b0000-0000-7000-800${kind}-${n.toString(16).padStart(12, "0")}`;
}

/** An invented message: the `n`th, by default from the hotline to the police node in conversation 1. */
export function specimenMessage(
  n: number,
  body: LinkageMessageBody,
  change: { readonly conversation?: number; readonly seq?: number; readonly lane?: LinkageMessage["lane"] } = {},
): LinkageMessage {
  return {
    id: idOf(0, n) as MessageId,
    conversation: idOf(1, change.conversation ?? 1) as LinkageId,
    seq: change.seq ?? 1,
    sender: HOTLINE,
    receiver: POLICE,
    issuedAt: AT,
    cause: idOf(2, n),
    lane: change.lane ?? (body.type === "push" ? "urgent" : "ordinary"),
    requestNo: REQUEST_NO,
    caseId: idOf(3, change.conversation ?? 1) as CaseId,
    body,
  };
}
