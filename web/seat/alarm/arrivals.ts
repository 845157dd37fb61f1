/** What has come in from the other desk while this seat looks on: numbers of requests, the earliest first. */
export type Arrivals = {
  /** What waits here now. */
  readonly present: readonly string[];
  /** What of it came while the seat was looking on. */
  readonly fresh: readonly string[];
  /** How many have come since the page was opened; it only grows. */
  readonly heard: number;
};

/**
 * What is new among what waits `now`. What waited when the seat came is not news: the list counts it. What went and comes again is news
 * again. @source nmg:2.2.1
 */
export function arrivedBy(before: Arrivals | null, now: readonly string[]): Arrivals {
  if (before === null) return { present: now, fresh: [], heard: 0 };
  const came = now.filter((no) => !before.present.includes(no));
  const stay = before.fresh.filter((no) => now.includes(no));
  return { present: now, fresh: [...stay, ...came], heard: before.heard + came.length };
}
