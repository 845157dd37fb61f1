import type { Lane } from "../app/ports/outbox.ts";
import type { Result } from "../kernel/index.ts";
import type { BatchEntry, CodeBlame, Receipt } from "./contract/index.ts";
import type { ExchangePeer } from "./peer.ts";

/**
 * Why there is no receipt. `code` is one of the exchange's codes, or the peer's own of a later version; `blame` says
 * whose fault it is; `answered` whether the peer said anything at all, so that a busy peer is not taken for a dead link.
 */
export type CarrierFailure = {
  readonly code: string;
  readonly blame: CodeBlame;
  readonly answered: boolean;
  readonly retryAfterMs: number | null;
  /** For the log: never a personal value. */
  readonly detail: string;
};

/** Takes one batch to a peer and brings its verified receipt, or says why not. */
export type Carrier = {
  readonly send: (
    peer: ExchangePeer,
    lane: Lane,
    entries: readonly BatchEntry[],
  ) => Promise<Result<Receipt, CarrierFailure>>;
};
