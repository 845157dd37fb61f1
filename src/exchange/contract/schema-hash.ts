import {
  BatchSchema,
  CapabilitySchema,
  CatalogueDocumentSchema,
  LooseBatchSchema,
  ReceiptSchema,
  RefusalSchema,
} from "./batch-schema.ts";
import { canonicalJson } from "./canonical-json.ts";
import { ApprovalHeldSchema, CatalogueApprovalSchema, CatalogueRequestSchema } from "./catalogue-schema.ts";
import { sm3Hex } from "./digest.ts";
import { MessageEnvelopeSchema } from "./message-schema.ts";

/** SM3 over every schema of the wire as plain JSON Schema: it changes when, and only when, the wire does. */
export function schemaHash(): string {
  const wire = {
    ApprovalHeldSchema,
    BatchSchema,
    CapabilitySchema,
    CatalogueApprovalSchema,
    CatalogueDocumentSchema,
    CatalogueRequestSchema,
    LooseBatchSchema,
    MessageEnvelopeSchema,
    ReceiptSchema,
    RefusalSchema,
  };
  return sm3Hex(canonicalJson(JSON.parse(JSON.stringify(wire))));
}
