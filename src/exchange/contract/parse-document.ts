import { err, ok, type Result } from "../../kernel/index.ts";
import {
  CapabilitySchema,
  CatalogueDocumentSchema,
  LooseBatchSchema,
  ReceiptSchema,
  RefusalSchema,
} from "./batch-schema.ts";
import { ApprovalHeldSchema, CatalogueApprovalSchema, CatalogueRequestSchema } from "./catalogue-schema.ts";
import { faultFinder, type FieldFault } from "./field-fault.ts";
import type {
  ApprovalHeld,
  Capability,
  CatalogueApproval,
  CatalogueDocument,
  CatalogueRequest,
  LooseBatch,
  Receipt,
  Refusal,
} from "./wire.ts";

const findBatchFault = faultFinder(LooseBatchSchema);
const findReceiptFault = faultFinder(ReceiptSchema);
const findCapabilityFault = faultFinder(CapabilitySchema);
const findCatalogueFault = faultFinder(CatalogueDocumentSchema);
const findApprovalFault = faultFinder(CatalogueApprovalSchema);
const findHeldFault = faultFinder(ApprovalHeldSchema);
const findRequestFault = faultFinder(CatalogueRequestSchema);
const findRefusalFault = faultFinder(RefusalSchema);

/** A batch as far as it is looked at as a whole; its entries are read one by one. */
export function parseBatch(raw: unknown): Result<LooseBatch, FieldFault> {
  const fault = findBatchFault(raw);
  if (fault !== null) return err(fault);
  const batch = raw as LooseBatch;
  if (batch.digests.length === batch.entries.length) return ok(batch);
  return err({ path: "/digests", expected: "must have one digest for each entry" });
}

export function parseReceipt(raw: unknown): Result<Receipt, FieldFault> {
  const fault = findReceiptFault(raw);
  return fault === null ? ok(raw as Receipt) : err(fault);
}

export function parseCapability(raw: unknown): Result<Capability, FieldFault> {
  const fault = findCapabilityFault(raw);
  return fault === null ? ok(raw as Capability) : err(fault);
}

export function parseCatalogueDocument(raw: unknown): Result<CatalogueDocument, FieldFault> {
  const fault = findCatalogueFault(raw);
  return fault === null ? ok(raw as CatalogueDocument) : err(fault);
}

export function parseCatalogueApproval(raw: unknown): Result<CatalogueApproval, FieldFault> {
  const fault = findApprovalFault(raw);
  return fault === null ? ok(raw as CatalogueApproval) : err(fault);
}

export function parseApprovalHeld(raw: unknown): Result<ApprovalHeld, FieldFault> {
  const fault = findHeldFault(raw);
  return fault === null ? ok(raw as ApprovalHeld) : err(fault);
}

export function parseCatalogueRequest(raw: unknown): Result<CatalogueRequest, FieldFault> {
  const fault = findRequestFault(raw);
  return fault === null ? ok(raw as CatalogueRequest) : err(fault);
}

export function parseRefusal(raw: unknown): Result<Refusal, FieldFault> {
  const fault = findRefusalFault(raw);
  return fault === null ? ok(raw as Refusal) : err(fault);
}
