import { epochMs } from "../../kernel/index.ts";
import type { Instant, ItemCode } from "../../kernel/index.ts";
import type { Settled } from "./agenda.ts";
import { isMinutes } from "./decision.ts";

/** A row of the catalogue and the paper it rests on; null = the plan alone. */
type Row = { readonly code: ItemCode; readonly document: string | null };

/** One version by which this desk judges or has judged, and since when. */
export type JudgedVersion = { readonly inForceAt: Instant; readonly items: readonly Row[] };

/**
 * What both sides have settled: a decision counts from the moment its row was first judged by, for both have signed it then, and goes on
 * counting from that moment in every later version that keeps it. A decision that nobody has signed settles nothing. @source nmg:2.2.4
 */
export function settledBy(versions: readonly JudgedVersion[]): readonly Settled[] {
  const first = new Map<string, Settled>();
  for (const { inForceAt, items } of versions.toSorted((a, b) => epochMs(a.inForceAt) - epochMs(b.inForceAt)))
    for (const { code, document } of items) {
      const key = `${code} ${document}`;
      if (isMinutes(document) && !first.has(key)) first.set(key, { item: code, at: inForceAt });
    }
  return [...first.values()];
}
