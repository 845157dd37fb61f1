import type { LinkageMessage } from "../../core/linkage/index.ts";
import type { Instant, MessageId, NodeCode } from "../../kernel/index.ts";

/** Urgent messages have a lane of their own, with reserved capacity, on every carrier. */
export type Lane = LinkageMessage["lane"];

/** A personal value or text that travels beside its message; the message holds only its commitment. */
export type EnclosedValue = {
  readonly field: string;
  readonly version: number;
  readonly value: string;
  /** The salt of the commitment, 16 bytes or more, lower-case hex. */
  readonly salt: string;
};

/** A value as it came beside a message. `code`: why the carrier's contract doubts it; whether it fits is checked again. */
export type ArrivedValue = EnclosedValue & { readonly code?: string };

/** A message that was committed here and is not yet receipted by its receiver. */
export type OutboxEntry = {
  readonly id: MessageId;
  readonly peer: NodeCode;
  readonly lane: Lane;
  readonly message: LinkageMessage;
  /** How often it was claimed before and came back, 0 at first. */
  readonly attempts: number;
};

/**
 * What the receiver says of one message. All but `refused` mean that the receiver holds it durably:
 * `applied` it changed something; `noted` it was consumed without effect; `waiting` an earlier one is missing;
 * `duplicate` it was held already; `kept` it could not be read and lies as evidence.
 */
export type ReceiptStatus = "applied" | "noted" | "waiting" | "duplicate" | "kept" | "refused";

/** One line of a receipt, for the sender's fold. */
export type ReceiptedEntry = {
  readonly id: MessageId;
  readonly status: Exclude<ReceiptStatus, "refused">;
  readonly code: string | null;
};

export type OutboxBacklog = {
  readonly peer: NodeCode;
  readonly lane: Lane;
  /** Not yet receipted, whether leased or not. */
  readonly waiting: number;
  readonly oldestAt: Instant | null;
  /** Dead letters: visible, retryable by a person, no longer claimed. */
  readonly dead: number;
};

/** Committed messages on their way out. A claim is a lease: what a killed process held comes back by itself. */
export type OutboxPort = {
  /** The oldest free messages of one lane, in the order they were committed, at most `limit`, leased for `leaseMs`. */
  readonly claim: (peer: NodeCode, lane: Lane, limit: number, leaseMs: number) => Promise<readonly OutboxEntry[]>;
  /** The receiver holds these; folding the receipt into the linkage is the port's duty, in the same transaction. */
  readonly receipted: (entries: readonly ReceiptedEntry[]) => Promise<void>;
  /** Nobody holds these yet: free again from `retryAt` on, one attempt more, in their old place. */
  readonly release: (ids: readonly MessageId[], retryAt: Instant, error: string) => Promise<void>;
  /** Refused for itself: a dead letter with its code. */
  readonly bury: (id: MessageId, code: string) => Promise<void>;
  readonly backlog: () => Promise<readonly OutboxBacklog[]>;
};
