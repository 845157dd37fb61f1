import type { BatchSeal, Receipt } from "./contract/index.ts";

/**
 * What both sides keep of every batch: the sender's signature over the ordered digests and the receiver's signature
 * over the same digests with what became of each. It holds no message, no personal value and no free text.
 */
export type ExchangeEvidence = {
  readonly direction: "sent" | "received";
  readonly batch: BatchSeal;
  readonly receipt: Receipt;
};

/** Stores evidence durably before it resolves; the same batch may come again. */
export type KeepEvidence = (evidence: ExchangeEvidence) => Promise<void>;
