import type { EnclosedValue, OutboxPort } from "../../app/ports/outbox.ts";
import type { LinkageMessage } from "../../core/linkage/index.ts";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import type { Carrier } from "../carrier.ts";
import type { ExchangePeer } from "../peer.ts";

/** Time and waiting, both replaceable. `setTimer` runs `act` once after `ms` unless the returned function is called. */
export type RelayClock = {
  readonly now: () => Instant;
  readonly setTimer: (ms: number, act: () => void) => () => void;
};

export type RelayPorts = {
  readonly outbox: OutboxPort;
  readonly carrier: Carrier;
  /** The door: the values this peer may see with this message. It also writes the read log. @source nmg:2.3.2 */
  readonly presentEnclosure: (message: LinkageMessage, peer: NodeCode) => Promise<readonly EnclosedValue[]>;
  /** The registry as it is now. */
  readonly peers: () => readonly ExchangePeer[];
  /**
   * Asks a peer what it reads; `peers` knows the answer afterwards. An ordinary lane sends nothing before, an urgent one never
   * waits for it. Absent = every peer reads what this node speaks.
   */
  readonly greet?: (peer: ExchangePeer) => Promise<void>;
  readonly clock: RelayClock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Calls the listener whenever something may have been committed to the outbox; returns the end of it. */
  readonly onWake: (listener: () => void) => () => void;
  /** A fault of this node's own (store, door), for the log. */
  readonly onFault: (where: "claim" | "present" | "settle" | "send" | "greet", fault: unknown) => void;
};

/** The shape of the lanes; the defaults are the protocol's. */
export type RelaySettings = {
  readonly urgentInFlight: number;
  readonly ordinaryBatch: number;
  /** Looks without being woken: wake is a hint and may be lost. */
  readonly urgentPollMs: number;
  readonly ordinaryPollMs: number;
  readonly urgentLeaseMs: number;
  readonly ordinaryLeaseMs: number;
  /** Tries of one message, alone in its batch, before a refusal for itself makes it a dead letter. */
  readonly refusalsMost: number;
  /** Enclosures of one batch presented at once. */
  readonly presentsAtOnce: number;
};

export const RELAY_SETTINGS: RelaySettings = {
  urgentInFlight: 4,
  ordinaryBatch: 256,
  urgentPollMs: 250,
  ordinaryPollMs: 1_000,
  urgentLeaseMs: 10_000,
  ordinaryLeaseMs: 60_000,
  refusalsMost: 5,
  presentsAtOnce: 8,
};
