import { Type } from "typebox";
import { BOUND_BASES, RETURN_REASONS, RULING_GROUNDS, WITHDRAW_REASONS } from "../../core/linkage/index.ts";
import type { LinkageMessageType } from "../../core/linkage/index.ts";
import {
  AssessmentRegimeSchema,
  CaseBriefSchema,
  FirstReceiverSchema,
  FollowPolicySchema,
  Nullable,
  SealedListSchema,
  SealedSchema,
  ToldFactsSchema,
} from "./brief-schema.ts";
import {
  CodeSchema,
  CountSchema,
  InstantSchema,
  LinkageIdSchema,
  MessageIdSchema,
  NodeCodeSchema,
  RequestNoSchema,
} from "./scalar-schemas.ts";

const Text = Nullable(SealedSchema);
const Satisfaction = Type.Union([
  Type.Literal(1),
  Type.Literal(2),
  Type.Literal(3),
  Type.Literal(4),
  Type.Literal(5),
  Type.Null(),
]);
const RatingSchema = Type.Object({
  satisfaction: Satisfaction,
  solved: Nullable(Type.Boolean()),
  reached: Type.Boolean(),
});

/** What a desk is told of a matter that it does not take. */
const TELLING = {
  brief: CaseBriefSchema,
  firstReceiver: FirstReceiverSchema,
  catalogueVersion: CodeSchema,
} as const;

/** One schema for each message type, under its wire name. The types are those of `core/linkage`; a test holds them together. */
export const BODY_SCHEMAS = {
  offer: Type.Object({
    type: Type.Literal("offer"),
    kind: Type.Enum(["clear", "afterInitialResponse"]),
    birth: Type.Enum(["offered", "negotiating", "bound"]),
    brief: CaseBriefSchema,
    firstReceiver: FirstReceiverSchema,
    chain: Type.Array(NodeCodeSchema, { maxItems: 64 }),
    source: Nullable(LinkageIdSchema),
    initialResponse: Text,
    followPolicy: FollowPolicySchema,
    regime: AssessmentRegimeSchema,
    catalogueVersion: CodeSchema,
    ruling: Type.Optional(Type.Object({ basis: Type.Enum([...RULING_GROUNDS]), note: Text })),
  }),
  accepted: Type.Object({
    type: Type.Literal("accepted"),
    by: Type.Enum(["person", "node"]),
    acceptedAt: InstantSchema,
    into: Nullable(RequestNoSchema),
  }),
  confirmed: Type.Object({ type: Type.Literal("confirmed") }),
  withdrawn: Type.Object({
    type: Type.Literal("withdrawn"),
    reason: Type.Enum([...WITHDRAW_REASONS]),
    decidedAt: InstantSchema,
    note: Text,
  }),
  returned: Type.Object({
    type: Type.Literal("returned"),
    reason: Type.Enum([...RETURN_REASONS]),
    basis: CodeSchema,
    proposedOwner: CodeSchema,
    note: Text,
    grounds: Type.Optional(Type.Object({ basis: Text, proposedOwner: Text })),
  }),
  negotiate: Type.Object({ type: Type.Literal("negotiate"), note: Text }),
  held: Type.Object({ type: Type.Literal("held") }),
  bound: Type.Object({
    type: Type.Literal("bound"),
    basis: Type.Optional(Type.Enum([...BOUND_BASES])),
    note: Type.Optional(Text),
  }),
  ruling: Type.Object({ type: Type.Literal("ruling"), to: NodeCodeSchema, basis: CodeSchema, note: Text }),
  rejected: Type.Object({
    type: Type.Literal("rejected"),
    code: Type.Enum(["NO_INITIAL_RESPONSE", "OUT_OF_SCOPE", "UNKNOWN_CODE", "VERSION", "WRONG_PEER"]),
  }),
  addition: Type.Object({
    type: Type.Literal("addition"),
    n: CountSchema,
    sealed: SealedListSchema,
    brief: CaseBriefSchema,
  }),
  progress: Type.Object({
    type: Type.Literal("progress"),
    stage: Type.Enum([
      "dispatched",
      "acknowledged",
      "policeDispatched",
      "arrived",
      "fedBack",
      "replied",
      "calledBack",
      "noted",
      "late",
    ]),
    at: InstantSchema,
    note: Text,
    facts: Type.Optional(ToldFactsSchema),
  }),
  concluded: Type.Object({
    type: Type.Literal("concluded"),
    no: CountSchema,
    seen: Type.Integer({ minimum: 0 }),
    resolution: CodeSchema,
    result: Text,
  }),
  conclusionHeld: Type.Object({ type: Type.Literal("conclusionHeld"), no: CountSchema }),
  closed: Type.Object({
    type: Type.Literal("closed"),
    no: Type.Integer({ minimum: 0 }),
    rating: Nullable(RatingSchema),
  }),
  reopen: Type.Object({ type: Type.Literal("reopen"), reason: CodeSchema, note: Text }),
  reopened: Type.Object({ type: Type.Literal("reopened"), own: Type.Boolean(), answers: Nullable(MessageIdSchema) }),
  push: Type.Object({
    type: Type.Literal("push"),
    k: CountSchema,
    brief: CaseBriefSchema,
    firstReceiver: FirstReceiverSchema,
    parent: Nullable(LinkageIdSchema),
    machineSuspected: Type.Boolean(),
    regime: AssessmentRegimeSchema,
    catalogueVersion: CodeSchema,
  }),
  delivered: Type.Object({ type: Type.Literal("delivered"), k: CountSchema, at: InstantSchema }),
  noSeatOnDuty: Type.Object({ type: Type.Literal("noSeatOnDuty"), k: CountSchema, dial: CodeSchema }),
  signed: Type.Object({ type: Type.Literal("signed"), k: CountSchema, at: InstantSchema }),
  ended: Type.Object({
    type: Type.Literal("ended"),
    k: CountSchema,
    outcome: Type.Enum(["handled", "noDangerFound", "settled", "notSettled"]),
    result: Text,
  }),
  endHeld: Type.Object({ type: Type.Literal("endHeld"), k: CountSchema }),
  notice: Type.Object({ type: Type.Literal("notice"), ...TELLING, text: Text }),
  noticeRead: Type.Object({ type: Type.Literal("noticeRead"), at: InstantSchema }),
  support: Type.Object({ type: Type.Literal("support"), ...TELLING, what: Text, where: Text, when: Text }),
  joint: Type.Object({
    type: Type.Literal("joint"),
    k: CountSchema,
    ...TELLING,
    what: Text,
    regime: AssessmentRegimeSchema,
  }),
  granted: Type.Object({ type: Type.Literal("granted"), at: InstantSchema, note: Text }),
  declined: Type.Object({ type: Type.Literal("declined"), at: InstantSchema, note: Text }),
  supportEnded: Type.Object({ type: Type.Literal("supportEnded"), at: InstantSchema, result: Text }),
} satisfies Record<LinkageMessageType, Type.TSchema>;
