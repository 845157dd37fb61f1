/** How guessing is slowed: failure number `free` costs `firstMs`, each further one the double. Times in milliseconds. */
export type LockoutPolicy = {
  readonly free: number;
  readonly firstMs: number;
  readonly maxMs: number;
  /** A key that failed nothing for so long starts anew. */
  readonly forgetMs: number;
  /** Keys remembered at most; the least recently struck one goes first. */
  readonly capacity: number;
};

export type Lockout = {
  /** Milliseconds this key still has to wait, 0 = may try. */
  readonly waitMs: (key: string, nowMs: number) => number;
  /** Counts a try as failed. Counted before the check, so that parallel guesses cannot slip through. */
  readonly strike: (key: string, nowMs: number) => void;
  /** Takes one strike back: the try was good after all. */
  readonly refund: (key: string) => void;
  /** Forgets the key. */
  readonly pardon: (key: string) => void;
};

type Entry = { readonly strikes: number; readonly until: number; readonly last: number };

/** Counts failures per key in memory of this process: a restart forgets them, which costs a guesser one round at most. */
export function createLockout(policy: LockoutPolicy): Lockout {
  const entries = new Map<string, Entry>();

  function current(key: string, nowMs: number): Entry | null {
    const entry = entries.get(key);
    if (entry === undefined) return null;
    if (nowMs - entry.last <= policy.forgetMs || nowMs < entry.until) return entry;
    entries.delete(key);
    return null;
  }

  function put(key: string, entry: Entry): void {
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size <= policy.capacity) return;
    const oldest = entries.keys().next();
    if (oldest.done !== true) entries.delete(oldest.value);
  }

  return {
    waitMs: (key, nowMs) => Math.max(0, (current(key, nowMs)?.until ?? 0) - nowMs),
    strike: (key, nowMs) => {
      const strikes = (current(key, nowMs)?.strikes ?? 0) + 1;
      const over = strikes - policy.free;
      const wait = over < 0 ? 0 : Math.min(policy.maxMs, policy.firstMs * 2 ** Math.min(over, 30));
      put(key, { strikes, until: wait === 0 ? 0 : nowMs + wait, last: nowMs });
    },
    refund: (key) => {
      const entry = entries.get(key);
      if (entry === undefined) return;
      if (entry.strikes <= 1) entries.delete(key);
      else put(key, { strikes: entry.strikes - 1, until: 0, last: entry.last });
    },
    pardon: (key) => {
      entries.delete(key);
    },
  };
}
