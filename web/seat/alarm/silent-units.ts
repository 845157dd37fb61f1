import type { AlarmView } from "../../../src/http/contract/index.ts";

/** The mark of a unit that does not take up its order. */
export const SILENT_UNIT = "notTakenUp";

/** Lines that stand; the rest is a number. */
const MOST = 2;

/**
 * Units to ring, those that wait longest first, and how many more. None while the bar above holds anything (`dangers`): a danger has the
 * screen to itself. @source nmg:2.2.1 @source yn:4.1.2 @req REQ-34
 */
export function silentUnits(
  alarms: readonly AlarmView[],
  dangers: number,
): { readonly shown: readonly AlarmView[]; readonly more: number } {
  const toRing = alarms.filter((one) => one.kind === SILENT_UNIT && one.dial !== null && one.acknowledgedAt === null);
  if (dangers > 0) return { shown: [], more: 0 };
  // `toSorted` is one browser version too young for the oldest screens (ADR 0010).
  const oldest = [...toRing].sort((a, b) => (a.raisedAt < b.raisedAt ? -1 : a.raisedAt > b.raisedAt ? 1 : 0));
  return { shown: oldest.slice(0, MOST), more: Math.max(oldest.length - MOST, 0) };
}
