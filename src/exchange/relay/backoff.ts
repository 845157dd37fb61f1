import type { Lane } from "../../app/ports/outbox.ts";

type Span = { readonly firstMs: number; readonly mostMs: number };

/** A danger is tried again within two seconds however long the link is down; ordinary messages give a sick peer air. */
const SPANS: Readonly<Record<Lane, Span>> = {
  urgent: { firstMs: 100, mostMs: 2_000 },
  ordinary: { firstMs: 250, mostMs: 30_000 },
};

/**
 * How long to wait before try number `failures` + 1 (failures >= 1), in ms: doubled each time up to the lane's most,
 * of which the upper half is drawn by `random` in [0, 1), so that peers of a revived node do not all come at once.
 */
export function backoffMs(lane: Lane, failures: number, random: () => number): number {
  const { firstMs, mostMs } = SPANS[lane];
  const span = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 16));
  return Math.round(span / 2 + (random() * span) / 2);
}
