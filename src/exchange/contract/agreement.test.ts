import type { Static } from "typebox";
import { expect, test } from "vitest";
import type { EnclosedValue } from "../../app/ports/outbox.ts";
import type { LinkageMessage, LinkageMessageBody } from "../../core/linkage/index.ts";
import type { ApprovalHeldSchema, CatalogueApprovalSchema, CatalogueRequestSchema } from "./catalogue-schema.ts";
import type {
  BatchSchema,
  CapabilitySchema,
  CatalogueDocumentSchema,
  ReceiptSchema,
  RefusalSchema,
} from "./batch-schema.ts";
import { BODY_SCHEMAS } from "./body-schemas.ts";
import { type EnclosedValueSchema, LinkageMessageSchema, type MessageEnvelopeSchema } from "./message-schema.ts";
import type {
  ApprovalHeld,
  Batch,
  Capability,
  CatalogueApproval,
  CatalogueDocument,
  CatalogueRequest,
  MessageEnvelope,
  Receipt,
  Refusal,
} from "./wire.ts";

type DeepReadonly<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : { readonly [K in keyof T]: DeepReadonly<T[K]> };

/** True only if each is assignable to the other, member by member of a union. */
type Agrees<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type SchemaAgrees<Schema extends { [K: string]: unknown } | object, T> = Agrees<DeepReadonly<Static<Schema>>, T>;

type BodyOf<Type extends LinkageMessageBody["type"]> = Extract<LinkageMessageBody, { readonly type: Type }>;
type BodiesThatDiffer = {
  [Type in keyof typeof BODY_SCHEMAS]: SchemaAgrees<(typeof BODY_SCHEMAS)[Type], BodyOf<Type>> extends true
    ? never
    : Type;
}[keyof typeof BODY_SCHEMAS];

// These lines do not compile when schema and type drift apart, in either direction.
const noBodyDiffers: [BodiesThatDiffer] extends [never] ? true : BodiesThatDiffer = true;
const agreements: readonly [
  SchemaAgrees<typeof LinkageMessageSchema, LinkageMessage>,
  SchemaAgrees<typeof MessageEnvelopeSchema, MessageEnvelope>,
  SchemaAgrees<typeof EnclosedValueSchema, EnclosedValue>,
  SchemaAgrees<typeof BatchSchema, Batch>,
  SchemaAgrees<typeof ReceiptSchema, Receipt>,
  SchemaAgrees<typeof CapabilitySchema, Capability>,
  SchemaAgrees<typeof CatalogueDocumentSchema, CatalogueDocument>,
  SchemaAgrees<typeof RefusalSchema, Refusal>,
  SchemaAgrees<typeof CatalogueApprovalSchema, CatalogueApproval>,
  SchemaAgrees<typeof ApprovalHeldSchema, ApprovalHeld>,
  SchemaAgrees<typeof CatalogueRequestSchema, CatalogueRequest>,
] = [true, true, true, true, true, true, true, true, true, true, true];

test("schemas and core types agree both ways (held by the compiler), and the union lists every body", () => {
  expect([noBodyDiffers, ...agreements]).not.toContain(false);
  const listed = LinkageMessageSchema.properties.body.anyOf.map((schema) => schema.properties.type.const);
  expect(listed).toEqual(Object.keys(BODY_SCHEMAS));
});
