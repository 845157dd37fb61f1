/**
 * No lease and no pause of ours is as long as this many seconds: an instant further ahead was written before the clock was
 * set back, and neither a danger nor anything else may wait until the clock has made that up (P3).
 */
export const TURNED_BACK_SECONDS = 120;

/** SQL: the instant in column `at` (null = none) is over, or so far ahead of `now` that the clock must have been set back. */
export function isOver(at: string, now = "now()"): string {
  return `(${at} is null or ${at} <= ${now} or ${at} > ${now} + ${TURNED_BACK_SECONDS} * interval '1 second')`;
}

/** SQL: the row of alias `row` is neither leased nor waiting for its next try. */
export function isFreeRow(row: string): string {
  return `${isOver(`${row}.lease_until`)} and ${isOver(`${row}.retry_at`)}`;
}

/** A lease that would look like a clock set back would not be kept. */
export function checkLease(leaseMs: number): void {
  if (leaseMs >= TURNED_BACK_SECONDS * 1_000) throw new RangeError(`a lease of ${leaseMs} ms would not be kept`);
}
