import type { LinkageMessage } from "../../core/linkage/index.ts";
import type { EnclosedValue, Lane, ReceiptStatus } from "../../app/ports/outbox.ts";
import type { Instant, NodeCode, RegionCode } from "../../kernel/index.ts";
import type { ProtocolRange } from "./protocol-version.ts";

/** Who a message is from and to, and its place in its conversation; its body may be of a type not known here. */
export type MessageEnvelope = Omit<LinkageMessage, "body"> & { readonly body: { readonly type: string } };

/** A message and the personal values and texts that go with it. */
export type BatchEntry = { readonly message: LinkageMessage; readonly enclosure: readonly EnclosedValue[] };

/** The evidence of a batch: all of it but the messages. It verifies for ever, also after the values were erased. */
export type BatchSeal = {
  readonly protocol: number;
  readonly sender: NodeCode;
  readonly receiver: NodeCode;
  readonly lane: Lane;
  readonly batchId: string;
  readonly sentAt: Instant;
  readonly keyId: string;
  readonly digests: readonly string[];
  readonly signature: string;
};

export type Batch = BatchSeal & { readonly entries: readonly BatchEntry[] };

/** A batch whose entries were not looked at yet. */
export type LooseBatch = BatchSeal & { readonly entries: readonly unknown[] };

export type DoubtfulRef = { readonly field: string; readonly version: number; readonly code: string };

export type ReceiptResult = {
  readonly messageId: string;
  readonly digest: string;
  readonly status: ReceiptStatus;
  readonly code?: string;
  readonly doubtful?: readonly DoubtfulRef[];
};

export type Receipt = {
  readonly protocol: number;
  readonly sender: NodeCode;
  readonly receiver: NodeCode;
  readonly batchId: string;
  readonly receivedAt: Instant;
  readonly results: readonly ReceiptResult[];
  readonly warnings?: readonly string[];
  readonly keyId: string;
  readonly signature: string;
};

export type Capability = {
  readonly protocol: number;
  readonly nodeCode: NodeCode;
  readonly side: string;
  readonly regions: readonly RegionCode[];
  readonly protocols: ProtocolRange;
  readonly carriers: readonly string[];
  readonly kinds: readonly string[];
  readonly catalogueVersion: string;
  readonly publicKey: string;
  readonly keyId: string;
  readonly dutyPhone: string;
  readonly softwareVersion: string;
  readonly issuedAt: Instant;
  readonly signature: string;
};

export type CatalogueDocument = {
  readonly protocol: number;
  readonly nodeCode: NodeCode;
  readonly version: string;
  readonly content: string;
  readonly keyId: string;
  readonly signature: string;
};

/** One desk's word to another that it will judge by this text once both have said so. */
export type CatalogueApproval = {
  readonly protocol: number;
  readonly type: "catalogueApproval";
  readonly sender: NodeCode;
  readonly receiver: NodeCode;
  readonly version: string;
  readonly digest: string;
  readonly approvedAt: Instant;
  readonly keyId: string;
  readonly signature: string;
};

/** The other desk's word that it holds one, with its own of the same text when there is one. */
export type ApprovalHeld = {
  readonly protocol: number;
  readonly type: "catalogueApprovalHeld";
  readonly sender: NodeCode;
  readonly receiver: NodeCode;
  readonly version: string;
  readonly digest: string;
  readonly receivedAt: Instant;
  readonly own?: CatalogueApproval;
  readonly keyId: string;
  readonly signature: string;
};

/** One desk asks another for a version of the catalogue. */
export type CatalogueRequest = {
  readonly protocol: number;
  readonly type: "catalogueRequest";
  readonly sender: NodeCode;
  readonly receiver: NodeCode;
  readonly version: string;
  readonly keyId: string;
  readonly signature: string;
};

export type Refusal = {
  readonly protocol: number;
  readonly code: string;
  readonly path?: string;
  readonly retryAfterMs?: number;
  readonly protocols?: ProtocolRange;
  readonly messageZh: string;
  readonly messageEn: string;
};
