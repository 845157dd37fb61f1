import { Type } from "typebox";
import {
  CodeSchema,
  CountSchema,
  DigestSchema,
  InstantSchema,
  ItemCodeSchema,
  NodeCodeSchema,
  RegionCodeSchema,
} from "./scalar-schemas.ts";

/** A value or null: absent and null are not the same, a sender says null. */
export const Nullable = <T extends Type.TSchema>(schema: T): Type.TUnion<[T, Type.TNull]> =>
  Type.Union([schema, Type.Null()]);

/** A personal value or text by reference; the value itself travels in the enclosure. */
export const SealedSchema = Type.Object({
  field: Type.String({ pattern: "^[A-Za-z][A-Za-z0-9._-]{0,63}$" }),
  version: CountSchema,
  commitment: DigestSchema,
});

export const SealedListSchema = Type.Array(SealedSchema, { maxItems: 200 });

/** First receiver of a matter (首接平台). */
export const FirstReceiverSchema = Type.Object({
  registeredAt: InstantSchema,
  nodeCode: NodeCodeSchema,
  requestNo: CodeSchema,
});

const FactStampSchema = Type.Object({ at: InstantSchema, by: NodeCodeSchema });

/** When and at which desk a person said each fact that was said after the registration. Since version 7. */
export const FactStampsSchema = Type.Object({
  channel: Type.Optional(FactStampSchema),
  place: Type.Optional(FactStampSchema),
  requestKind: Type.Optional(FactStampSchema),
  field: Type.Optional(FactStampSchema),
  requesterType: Type.Optional(FactStampSchema),
  confidential: Type.Optional(FactStampSchema),
});

/** What the other desk needs to know to act. */
export const CaseBriefSchema = Type.Object({
  registeredAt: InstantSchema,
  channel: CodeSchema,
  place: Nullable(RegionCodeSchema),
  requestKind: Nullable(CodeSchema),
  field: Nullable(CodeSchema),
  requesterType: Nullable(CodeSchema),
  confidential: Type.Boolean(),
  item: Nullable(ItemCodeSchema),
  danger: Type.Boolean(),
  sealed: SealedListSchema,
  said: Type.Optional(FactStampsSchema),
});

/** Coded facts as the speaking desk has corrected them; an absent member was not spoken of. Since version 2. */
export const ToldFactsSchema = Type.Object({
  channel: Type.Optional(CodeSchema),
  place: Type.Optional(Nullable(RegionCodeSchema)),
  requestKind: Type.Optional(Nullable(CodeSchema)),
  field: Type.Optional(Nullable(CodeSchema)),
  requesterType: Type.Optional(Nullable(CodeSchema)),
  confidential: Type.Optional(Type.Boolean()),
  item: Type.Optional(Nullable(ItemCodeSchema)),
  danger: Type.Optional(Type.Boolean()),
  said: Type.Optional(FactStampsSchema),
});

export const FollowPolicySchema = Type.Enum(["handOff", "follow"]);
export const AssessmentRegimeSchema = Type.Enum(["policeRules", "hotlineMemberRules", "acceptingPlatform"]);
