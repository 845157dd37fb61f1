/** One thing that must be seen on every screen. `at` = since when (ISO or milliseconds as text, both sort). */
export type Entry = {
  readonly kind: "urgent" | "stuck" | "dial" | "owed" | "news" | "sent";
  readonly key: string;
  readonly at: string;
};

/** Worst first: somebody must sign; a push does not leave; somebody must dial; a step is owed; more was said; a push has left. */
const RANK: Readonly<Record<Entry["kind"], number>> = { urgent: 0, stuck: 1, dial: 2, owed: 3, news: 4, sent: 5 };

/** Lines that stand while the bar is folded: the worst in full and the next ones in a line each. */
export const LINES = 3;

/** On a telephone only the worst fits. */
export const NARROW_LINES = 1;

/**
 * Worst first. Among what must be signed or dialled the one that waits longest: what comes later must not slip under the key
 * of what somebody is reading; so with steps owed. Among news the newest.
 */
export function worstFirst<E extends Entry>(entries: readonly E[]): readonly E[] {
  // `toSorted` is one browser version too young for the oldest screens (ADR 0010).
  return [...entries].sort((a, b) => {
    if (RANK[a.kind] !== RANK[b.kind]) return RANK[a.kind] - RANK[b.kind];
    const older = a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
    return a.kind === "news" || a.kind === "sent" || a.kind === "stuck" ? -older : older;
  });
}

/**
 * What stands on screen and how many more there are; opened, all of it. The danger that was pushed here last keeps a line of its
 * own (`own`) when worse things would fold it away: whoever has just pressed the key must see what became of it. @source nmg:2.2.1
 */
export function folded<E extends Entry>(
  entries: readonly E[],
  open: boolean,
  lines: number = LINES,
): { readonly shown: readonly E[]; readonly own: E | null; readonly more: number } {
  const ordered = worstFirst(entries);
  const more = ordered.length - lines;
  if (open || more <= 0) return { shown: ordered, own: null, more };
  const top = ordered.slice(0, lines);
  const own = newestPush(ordered);
  if (own === null || top.includes(own)) return { shown: top, own: null, more };
  const shown = ordered.slice(0, Math.max(1, lines - 1));
  return { shown, own, more: ordered.length - shown.length - 1 };
}

/** The danger that was pushed last at this seat, as long as nobody has put it away. */
function newestPush<E extends Entry>(entries: readonly E[]): E | null {
  const own = entries.filter(({ kind }) => kind === "sent" || kind === "stuck");
  return own.reduce<E | null>((a, b) => (a === null || b.at > a.at ? b : a), null);
}
