/**
 * How long a push must stand in view before its sender is told that it does: what was there for a blink, until the next one took
 * its line, nobody has read. The receiving node calls for a telephone 4 s after the push when no seat has said so (`urgentSeat`):
 * a second of standing, after at most a second until it is painted, leaves two for a slow machine.
 */
export const DWELL_MS = 1_000;

/** What stands in view without a break, and since when, in ms of a clock that never goes back. null = nothing. */
export type Stand = { readonly what: string; readonly since: number } | null;

/** What a seat has before it now: which push (null = none that the sender waits for), and whether somebody can be seeing it. */
export type Sight = {
  readonly what: string | null;
  /** Most of it lies in view. */
  readonly inView: boolean;
  /** The tab is not hidden. */
  readonly visible: boolean;
  readonly onDuty: boolean;
};

/** What stands after this look: the same push keeps its time, every break and every other push begins anew. `now` in ms. */
export function standing(before: Stand, { what, inView, visible, onDuty }: Sight, now: number): Stand {
  if (what === null || !inView || !visible || !onDuty) return null;
  return before?.what === what ? before : { what, since: now };
}

/** How long it must still stand, in ms; 0 = long enough, null = nothing stands. */
export function stillToStand(stand: Stand, now: number): number | null {
  return stand === null ? null : Math.max(0, DWELL_MS - (now - stand.since));
}
