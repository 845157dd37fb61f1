import type { Store } from "../open-store.ts";
import { change, statement } from "../statement.ts";

/** One exchange of a batch as evidence: two signed documents of the wire, kept as they are. */
export type EvidenceRow = {
  readonly direction: "sent" | "received";
  readonly peer: string;
  readonly batchId: string;
  readonly batch: unknown;
  readonly receipt: unknown;
};

// The first receipt of a batch is the one that counts; a resent batch adds nothing.
const KEEP = statement(`
  insert into liandong.exchange_evidence (home_region, direction, peer, batch_id, batch, receipt)
  values ($1, $2, $3, $4, $5::jsonb, $6::jsonb) on conflict do nothing`);

/** Keeps the signatures of both sides durably before it resolves. */
export function createEvidence(store: Store): (row: EvidenceRow) => Promise<void> {
  return async ({ direction, peer, batchId, batch, receipt }) => {
    const signed = [JSON.stringify(batch), JSON.stringify(receipt)];
    await change(store.pool, KEEP, [store.home, direction, peer, batchId, ...signed]);
  };
}
