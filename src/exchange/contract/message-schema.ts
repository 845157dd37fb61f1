import { Type } from "typebox";
import { BODY_SCHEMAS } from "./body-schemas.ts";
import {
  CaseIdSchema,
  CodeSchema,
  CountSchema,
  InstantSchema,
  LaneSchema,
  LinkageIdSchema,
  MessageIdSchema,
  NodeCodeSchema,
  RequestNoSchema,
} from "./scalar-schemas.ts";

const ENVELOPE = {
  id: MessageIdSchema,
  conversation: LinkageIdSchema,
  seq: CountSchema,
  sender: NodeCodeSchema,
  receiver: NodeCodeSchema,
  issuedAt: InstantSchema,
  cause: CodeSchema,
  lane: LaneSchema,
  requestNo: RequestNoSchema,
  caseId: CaseIdSchema,
} as const;

/** What every message of every version has: enough to know whose it is and which place in its conversation it takes. */
export const MessageEnvelopeSchema = Type.Object({
  ...ENVELOPE,
  body: Type.Object({ type: Type.String({ minLength: 1, maxLength: 64 }) }),
});

/** Everything that is said between two nodes about one linkage, as `core/linkage` has it. */
export const LinkageMessageSchema = Type.Object({
  ...ENVELOPE,
  body: Type.Union([
    BODY_SCHEMAS.offer,
    BODY_SCHEMAS.accepted,
    BODY_SCHEMAS.confirmed,
    BODY_SCHEMAS.withdrawn,
    BODY_SCHEMAS.returned,
    BODY_SCHEMAS.negotiate,
    BODY_SCHEMAS.held,
    BODY_SCHEMAS.bound,
    BODY_SCHEMAS.ruling,
    BODY_SCHEMAS.rejected,
    BODY_SCHEMAS.addition,
    BODY_SCHEMAS.progress,
    BODY_SCHEMAS.concluded,
    BODY_SCHEMAS.conclusionHeld,
    BODY_SCHEMAS.closed,
    BODY_SCHEMAS.reopen,
    BODY_SCHEMAS.reopened,
    BODY_SCHEMAS.push,
    BODY_SCHEMAS.delivered,
    BODY_SCHEMAS.noSeatOnDuty,
    BODY_SCHEMAS.signed,
    BODY_SCHEMAS.ended,
    BODY_SCHEMAS.endHeld,
    BODY_SCHEMAS.notice,
    BODY_SCHEMAS.noticeRead,
    BODY_SCHEMAS.support,
    BODY_SCHEMAS.joint,
    BODY_SCHEMAS.granted,
    BODY_SCHEMAS.declined,
    BODY_SCHEMAS.supportEnded,
  ]),
});

/** A value beside its message. Not part of the digest: its commitment, in the message, is. */
export const EnclosedValueSchema = Type.Object({
  field: Type.String({ pattern: "^[A-Za-z][A-Za-z0-9._-]{0,63}$" }),
  version: CountSchema,
  value: Type.String({ maxLength: 65_536 }),
  salt: Type.String({ pattern: "^([0-9a-f]{2}){16,64}$" }),
});
