import type { ReceiptStatus } from "../../app/ports/outbox.ts";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import type { ReadEntry, SigningKeys, UnreadEntry } from "../contract/index.ts";
import type { KeepEvidence } from "../evidence.ts";
import type { ExchangePeer } from "../peer.ts";

/** What the application says of a message it was given. */
export type ReceiveOutcome = { readonly status: Exclude<ReceiptStatus, "refused">; readonly code?: string };

/** A batch that was not taken: for counters and screens, never evidence. */
export type RefusedBatch = {
  readonly code: string;
  readonly remote: string;
  /** What the batch said of its sender; nobody has proved it. */
  readonly claimedSender: string | null;
  readonly at: Instant;
};

/** What receiving needs from the node. */
export type IntakePorts = {
  readonly self: NodeCode;
  readonly keys: SigningKeys;
  readonly clock: { readonly now: () => Instant };
  readonly peer: (nodeCode: NodeCode) => ExchangePeer | null;
  /**
   * The fold: consumes one message in one transaction and resolves after commit. Idempotent by message id. A message
   * before its turn is kept and answered `waiting`. It throws only when nothing was stored; then the sender sends again.
   */
  readonly receive: (entry: ReadEntry) => Promise<ReceiveOutcome>;
  /**
   * Consumes a message that cannot be understood, so that its place in the conversation is taken and the stream goes
   * on: `noted` for an unknown type, `kept` for a body that departs from its schema.
   */
  readonly receiveUnread: (entry: UnreadEntry) => Promise<ReceiveOutcome>;
  readonly evidence: KeepEvidence;
  readonly refused: (batch: RefusedBatch) => void;
};

/** How much is taken at once; the urgent lane is bounded by none of it, once its signature is known to be good. */
export type IntakeLimits = {
  /** Ordinary batches of all peers in hand. */
  readonly ordinaryBatches: number;
  /** Ordinary batches of one peer in hand: a repeat may overlap the original, more is a peer out of step. */
  readonly ordinaryBatchesPerPeer: number;
  /** Messages of the ordinary lane folded at once, over all batches. */
  readonly ordinaryFolds: number;
  /** What a refused sender is asked to wait. */
  readonly retryAfterMs: number;
};

export const INTAKE_LIMITS: IntakeLimits = {
  ordinaryBatches: 8,
  ordinaryBatchesPerPeer: 2,
  ordinaryFolds: 8,
  retryAfterMs: 500,
};
