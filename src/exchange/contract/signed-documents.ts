import type { Keys } from "../../app/ports/keys.ts";
import type { Lane } from "../../app/ports/outbox.ts";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { messageDigest } from "./digest.ts";
import type {
  ApprovalHeld,
  Batch,
  BatchEntry,
  BatchSeal,
  Capability,
  CatalogueApproval,
  CatalogueDocument,
  CatalogueRequest,
  Receipt,
} from "./wire.ts";

/** What signing and verifying need of the `Keys` port. */
export type SigningKeys = Pick<Keys, "nodePublicKey" | "keyId" | "keyIdOf" | "sign" | "verify">;

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** What a batch's signature is over: the parties, the number and time, and the ordered digests; not the messages. */
export function batchText(batch: Omit<BatchSeal, "signature">): Uint8Array {
  const { protocol, sender, receiver, batchId, sentAt, digests } = batch;
  return utf8(canonicalJson({ protocol, sender, receiver, batchId, sentAt, digests }));
}

/** What every other document's signature is over: all of it but `signature`, fields of later versions included. */
export function documentText(document: object): Uint8Array {
  return utf8(canonicalJson(Object.fromEntries(Object.entries(document).filter(([name]) => name !== "signature"))));
}

type WithoutSignature<T> = Omit<T, "signature">;
type SignedDocument = Receipt | Capability | CatalogueDocument | CatalogueApproval | ApprovalHeld | CatalogueRequest;

/** Adds this node's signature. The document names the key by `keyId` itself. */
export async function signDocument<T extends SignedDocument>(
  keys: SigningKeys,
  document: WithoutSignature<T>,
): Promise<WithoutSignature<T> & { readonly signature: string }> {
  return { ...document, signature: await keys.sign(documentText(document)) };
}

/** This node's own approval as it leaves: what was signed under a key that has been replaced is signed anew, nothing else of it changes. */
export async function approvalUnderKey(keys: SigningKeys, approval: CatalogueApproval): Promise<CatalogueApproval> {
  if (approval.keyId === keys.keyId) return approval;
  const { signature: _old, ...said } = approval;
  return signDocument<CatalogueApproval>(keys, { ...said, keyId: keys.keyId });
}

/** Whether the owner of `publicKey` signed the document; a document that names another key is not his. */
export async function isDocumentSigned(
  keys: SigningKeys,
  publicKey: string,
  document: SignedDocument,
): Promise<boolean> {
  if (document.keyId !== keys.keyIdOf(publicKey)) return false;
  return keys.verify(publicKey, documentText(document), document.signature);
}

/** Makes a batch of 1 to 256 entries, digests in their order, signed. */
export async function signBatch(
  keys: SigningKeys,
  head: {
    readonly protocol: number;
    readonly sender: NodeCode;
    readonly receiver: NodeCode;
    readonly lane: Lane;
    readonly batchId: string;
    readonly sentAt: Instant;
  },
  entries: readonly BatchEntry[],
): Promise<Batch> {
  const digests = entries.map((entry) => messageDigest(entry.message));
  const unsigned = { ...head, keyId: keys.keyId, digests };
  return { ...unsigned, entries, signature: await keys.sign(batchText(unsigned)) };
}

/** Whether the owner of `publicKey` signed the batch's digests. Whether the messages have those digests is asked per entry. */
export async function isBatchSigned(keys: SigningKeys, publicKey: string, batch: BatchSeal): Promise<boolean> {
  if (batch.keyId !== keys.keyIdOf(publicKey)) return false;
  return keys.verify(publicKey, batchText(batch), batch.signature);
}

/** The evidence of a batch: no message and no personal value in it. */
export function sealOf(batch: BatchSeal): BatchSeal {
  const { protocol, sender, receiver, lane, batchId, sentAt, keyId, digests, signature } = batch;
  return { protocol, sender, receiver, lane, batchId, sentAt, keyId, digests, signature };
}
