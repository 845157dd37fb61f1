/**
 * Decides what may stand on the wire between two nodes: schemas, canonical form, digests, signatures, codes, versions.
 * It refuses to know how bytes travel, what a message means, and who may see a value. Every carrier uses it unchanged.
 * @source nmg:2.3.1
 * @source nmg:2.3.2
 */
export * from "./batch-schema.ts";
export * from "./body-schemas.ts";
export { CaseBriefSchema, FirstReceiverSchema, SealedSchema } from "./brief-schema.ts";
export * from "./canonical-json.ts";
export * from "./catalogue-content.ts";
export * from "./catalogue-schema.ts";
export * from "./digest.ts";
export * from "./exchange-codes.ts";
export * from "./message-schema.ts";
export * from "./parse-document.ts";
export * from "./protocol-version.ts";
export * from "./read-entry.ts";
export * from "./sealed-refs.ts";
export * from "./signed-documents.ts";
export * from "./wire.ts";
