import { Type } from "typebox";
import { EnclosedValueSchema, LinkageMessageSchema } from "./message-schema.ts";
import {
  BatchIdSchema,
  CodeSchema,
  DigestSchema,
  InstantSchema,
  KeyIdSchema,
  LaneSchema,
  NodeCodeSchema,
  ProtocolSchema,
  PublicKeySchema,
  RegionCodeSchema,
  SignatureSchema,
  CountSchema,
} from "./scalar-schemas.ts";

/** Most messages in one batch; an urgent batch holds exactly one. */
export const BATCH_MAX = 256;

const HEADER = {
  protocol: ProtocolSchema,
  sender: NodeCodeSchema,
  receiver: NodeCodeSchema,
  lane: LaneSchema,
  batchId: BatchIdSchema,
  sentAt: InstantSchema,
  keyId: KeyIdSchema,
} as const;

/** What a sender makes: messages with their enclosures, their digests in the same order, one signature. */
export const BatchSchema = Type.Object({
  ...HEADER,
  entries: Type.Array(Type.Object({ message: LinkageMessageSchema, enclosure: Type.Array(EnclosedValueSchema) }), {
    minItems: 1,
    maxItems: BATCH_MAX,
  }),
  digests: Type.Array(DigestSchema, { minItems: 1, maxItems: BATCH_MAX }),
  signature: SignatureSchema,
});

/** What a receiver demands before it looks at the entries: one of them that is bad must not hold up the others. */
export const LooseBatchSchema = Type.Object({
  ...HEADER,
  entries: Type.Array(Type.Unknown(), { minItems: 1 }),
  digests: Type.Array(DigestSchema, { minItems: 1 }),
  signature: SignatureSchema,
});

/** One line of a receipt. `messageId` is empty only when the entry had none that could be read. */
export const ReceiptResultSchema = Type.Object({
  messageId: Type.String({ maxLength: 64 }),
  digest: DigestSchema,
  status: Type.Enum(["applied", "noted", "waiting", "duplicate", "kept", "refused"]),
  code: Type.Optional(CodeSchema),
  /** Enclosed values that do not match their commitment; the message itself is not harmed by them. */
  doubtful: Type.Optional(
    Type.Array(Type.Object({ field: Type.String({ maxLength: 64 }), version: CountSchema, code: CodeSchema })),
  ),
});

/** What the receiver of a batch signs: every digest of it, in its order, and what became of each message. */
export const ReceiptSchema = Type.Object({
  protocol: ProtocolSchema,
  /** Who received the batch and signs this. */
  sender: NodeCodeSchema,
  /** Who sent the batch. */
  receiver: NodeCodeSchema,
  batchId: BatchIdSchema,
  receivedAt: InstantSchema,
  results: Type.Array(ReceiptResultSchema, { minItems: 1, maxItems: BATCH_MAX }),
  warnings: Type.Optional(Type.Array(CodeSchema)),
  keyId: KeyIdSchema,
  signature: SignatureSchema,
});

/** What a node says it can do, before anything is sent to it. */
export const CapabilitySchema = Type.Object({
  protocol: ProtocolSchema,
  nodeCode: NodeCodeSchema,
  side: CodeSchema,
  regions: Type.Array(RegionCodeSchema, { minItems: 1 }),
  protocols: Type.Object({ min: ProtocolSchema, max: ProtocolSchema }),
  carriers: Type.Array(CodeSchema, { minItems: 1 }),
  kinds: Type.Array(CodeSchema),
  catalogueVersion: CodeSchema,
  publicKey: PublicKeySchema,
  keyId: KeyIdSchema,
  /** The number a person dials when the link is silent. */
  dutyPhone: CodeSchema,
  softwareVersion: CodeSchema,
  issuedAt: InstantSchema,
  signature: SignatureSchema,
});

/** A version of the catalogue, fetched because an offer named it. `content` is the exported catalogue as one text. */
export const CatalogueDocumentSchema = Type.Object({
  protocol: ProtocolSchema,
  nodeCode: NodeCodeSchema,
  version: CodeSchema,
  content: Type.String(),
  keyId: KeyIdSchema,
  signature: SignatureSchema,
});

/** The answer when a batch is not taken. Unsigned: it is no evidence of anything. */
export const RefusalSchema = Type.Object({
  protocol: ProtocolSchema,
  code: CodeSchema,
  /** The field at fault, as a JSON pointer. */
  path: Type.Optional(Type.String({ maxLength: 400 })),
  retryAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
  protocols: Type.Optional(Type.Object({ min: ProtocolSchema, max: ProtocolSchema })),
  messageZh: Type.String(),
  messageEn: Type.String(),
});
