/** One thing that must be seen on every screen. `at` = since when (ISO or milliseconds as text, both sort). */
export type Entry = {
  readonly kind: "urgent" | "stuck" | "dial" | "owed" | "news" | "sent";
  readonly key: string;
  readonly at: string;
  /** Of a step that is owed: when the danger it belongs to was pushed at this seat, whose line it has taken in; absent = it has not. */
  readonly pushedAt?: string;
  /** Of a step that is owed: its danger is over. */
  readonly over?: boolean;
};

/** Worst first: somebody must sign; a push does not leave; somebody must dial; a step is owed; more was said; a push has left. */
const RANK: Readonly<Record<Entry["kind"], number>> = { urgent: 0, stuck: 1, dial: 2, owed: 3, news: 4, sent: 5 };

/** What is still owed for a danger that is over hides no danger that is not. */
const OVER = 6;

function rankOf({ kind, over }: Entry): number {
  return over === true ? OVER : RANK[kind];
}

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
    if (rankOf(a) !== rankOf(b)) return rankOf(a) - rankOf(b);
    const older = a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
    return a.kind === "news" || a.kind === "sent" || a.kind === "stuck" ? -older : older;
  });
}

/** What the bar draws: the list, what keeps a line of its own below it, how many more there are, and since when the oldest of those stands. */
export type Folded<E extends Entry> = {
  readonly shown: readonly E[];
  readonly kept: readonly E[];
  readonly more: number;
  /** Of what is not drawn; null = everything is. */
  readonly oldest: string | null;
};

/**
 * What stands on screen and how many more there are; opened, all of it. Two keep a line of their own (`kept`) when worse or older
 * ones would fold them away: the danger that came in last, because what nobody sees is not reported as shown and its sender is told
 * to telephone (also opened, where a long list would scroll it out of view); and the danger that was pushed here last, because
 * whoever has just pressed the key must see what became of it.
 * @source nmg:2.2.1
 */
export function folded<E extends Entry>(entries: readonly E[], open: boolean, lines: number = LINES): Folded<E> {
  const ordered = worstFirst(entries);
  const incoming = lastOf(ordered, ["urgent"]);
  // Also few lines may be more than a low screen holds: the list scrolls, and the newest must not lie below its edge.
  if (open || ordered.length <= lines) {
    const shown = ordered.filter((one, i) => i === 0 || one !== incoming);
    return { shown, kept: ordered.filter((one) => !shown.includes(one)), more: ordered.length - lines, oldest: null };
  }
  const last = [incoming, lastPushedHere(ordered)].filter((one) => one !== null);
  for (let top = lines; ; top -= 1) {
    const shown = ordered.slice(0, top);
    const kept = last.filter((one) => !shown.includes(one));
    if (top > 1 && top + kept.length > lines) continue;
    const hidden = ordered.filter((one) => !shown.includes(one) && !kept.includes(one));
    return { shown, kept, more: hidden.length, oldest: oldestOf(hidden) };
  }
}

/** The newest of these kinds; of two that came at once the later in order. */
function lastOf<E extends Entry>(ordered: readonly E[], kinds: readonly Entry["kind"][]): E | null {
  const of = ordered.filter(({ kind }) => kinds.includes(kind));
  return of.reduce<E | null>((a, b) => (a === null || b.at > a.at ? b : a), null);
}

/** The danger that was pushed last at this seat, in a line of its own or within that of a step owed for it. */
function lastPushedHere<E extends Entry>(ordered: readonly E[]): E | null {
  const pushed = (one: Entry): string | null =>
    one.over === true ? null : one.kind === "sent" || one.kind === "stuck" ? one.at : (one.pushedAt ?? null);
  return ordered.reduce<E | null>((a, b) => {
    const [before, at] = [a === null ? null : pushed(a), pushed(b)];
    return at !== null && (before === null || at > before) ? b : a;
  }, null);
}

function oldestOf(entries: readonly Entry[]): string | null {
  return entries.reduce<string | null>((a, { at }) => (a === null || at < a ? at : a), null);
}
