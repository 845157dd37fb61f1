import { attempt, isKept, namesIn, parseStored, ROOT, sweepBox } from "./box.ts";
import type { Box } from "./box.ts";
import { openSeal } from "./seal.ts";
import type { DraftKeys, Seal } from "./seal.ts";

/** A command that was sent and not answered: sent again with the same content it goes under the same key. */
export type SentOnce = { readonly content: string; readonly key: string };

/** What was typed, when it was last touched (milliseconds), what of it may have arrived. The value is read by whoever wrote it. */
export type Kept = { readonly at: number; readonly value: unknown; readonly sent: SentOnce | null };

/** Things half written, by name. Names are `liandong.draft.<node>.<account>.<what>`. */
export type Drafts = {
  /** Opens an account's drafts, and closes those of any other, which stay on the disk; again with new keys when they come. */
  readonly open: (place: string, keys: DraftKeys) => void;
  /** Log-out: everything of the account goes, here and on the disk, and nothing more is taken for it. */
  readonly end: (place: string) => void;
  /** Whose drafts stand open. */
  readonly place: () => string | null;
  /** Nothing is kept for an account that does not stand open. */
  readonly keep: (name: string, value: unknown, now: number) => void;
  /** Keeps the key of what is being sent beside the draft; null = it was answered. */
  readonly noteSent: (name: string, sent: SentOnce | null) => void;
  readonly find: (name: string) => Kept | null;
  /** Another tab has written or dropped this: read again what lies in the box under the name. */
  readonly reread: (name: string) => void;
  readonly drop: (name: string) => void;
  /** Names that begin so, newest first. */
  readonly names: (prefix: string) => readonly string[];
  readonly listen: (ear: () => void) => () => void;
  /** Grows with every change. */
  readonly version: () => number;
  /** Drops what is too old, in memory and on the disk. */
  readonly sweep: () => void;
};

export type DraftsDeps = {
  readonly box: Box;
  readonly clock: () => number;
};

/** Name of everything one account has half written at one node. */
export function draftPlace(node: string, user: string): string {
  return `${ROOT}${node}.${user}.`;
}

function parseSent(value: unknown): SentOnce | null {
  if (typeof value !== "object" || value === null || !("content" in value && "key" in value)) return null;
  const { content, key } = value;
  return typeof content === "string" && typeof key === "string" ? { content, key } : null;
}

/** The sealed part of a draft as it was written below. */
function parseKept(text: string | null, at: number): Kept | null {
  const read: unknown = text === null ? null : attempt(() => JSON.parse(text), null);
  if (typeof read !== "object" || read === null || !("value" in read)) return null;
  return { at, value: read.value, sent: parseSent("sent" in read ? read.sent : null) };
}

/** Name and time are held against the box: neither can be exchanged on the disk. */
function contextOf(name: string, at: number): string {
  return `${name} ${at}`;
}

/** What lies in the box under a name; null = nothing that this account's keys open. */
function readOne(box: Box, name: string, seal: Seal): Kept | null {
  const stored = parseStored(attempt(() => box.getItem(name), null));
  return stored === null ? null : parseKept(seal.open(stored, contextOf(name, stored.at)), stored.at);
}

/** Reads what lies in the box for one account. What its keys do not open is dropped: nobody can read it any more. */
function readPlace(box: Box, place: string, seal: Seal): readonly (readonly [string, Kept])[] {
  return attempt(() => namesIn(box, place), []).flatMap((name) => {
    const kept = readOne(box, name, seal);
    if (kept !== null) return [[name, kept] as const];
    attempt(() => box.removeItem(name), undefined);
    return [];
  });
}

/** Writes a draft down sealed, before the page does anything else: who reloads in the next moment finds the last stroke. */
function write(box: Box, name: string, { at, value, sent }: Kept, seal: Seal | null): void {
  if (seal === null) return;
  attempt(() => {
    box.setItem(name, JSON.stringify({ at, ...seal.close(JSON.stringify({ value, sent }), contextOf(name, at)) }));
  }, undefined);
}

/** What the page itself holds, in clear, and who wants to know of changes. */
function createShelf(clock: () => number) {
  const all = new Map<string, Kept>();
  const ears = new Set<() => void>();
  let version = 0;
  const isFresh = (kept: Kept) => isKept(kept.at, clock());
  return {
    all,
    changed: (): void => {
      version += 1;
      for (const ear of ears) ear();
    },
    find: (name: string): Kept | null => {
      const kept = all.get(name);
      return kept !== undefined && isFresh(kept) ? kept : null;
    },
    names: (prefix: string): readonly string[] =>
      [...all]
        .filter(([name, kept]) => name.startsWith(prefix) && isFresh(kept))
        .sort(([, a], [, b]) => b.at - a.at)
        .map(([name]) => name),
    /** Whether something was too old. */
    sweep: (): boolean => {
      const old = [...all].filter(([, kept]) => !isFresh(kept));
      for (const [name] of old) all.delete(name);
      return old.length > 0;
    },
    listen: (ear: () => void): (() => void) => {
      ears.add(ear);
      return () => ears.delete(ear);
    },
    version: (): number => version,
  };
}

/** Which account's drafts stand open, and under which seal they are written. */
type Account = { readonly place: string | null; readonly seal: Seal | null };

const NOBODY: Account = { place: null, seal: null };

/** Opens and closes accounts. */
function createDoor({ box }: DraftsDeps, { all, changed }: ReturnType<typeof createShelf>) {
  let account = NOBODY;
  return {
    account: (): Account => account,
    open: (place: string, keys: DraftKeys): void => {
      if (account.place !== place) all.clear();
      const seal = openSeal(keys);
      const found = seal === null || account.place === place ? [] : readPlace(box, place, seal);
      account = { place, seal: seal ?? (account.place === place ? account.seal : null) };
      for (const [name, kept] of found) all.set(name, kept);
      changed();
    },
    end: (place: string): void => {
      if (account.place === null || account.place === place) {
        all.clear();
        account = NOBODY;
      }
      attempt(() => {
        for (const name of namesIn(box, place)) box.removeItem(name);
      }, undefined);
      changed();
    },
  };
}

/**
 * Keeps drafts in memory in clear, for as long as the page lives, and in the box sealed under a key that only the account's
 * log-in gets: neither a closed form, a reload, a crash nor an expired log-in loses them, and who reads the disk reads
 * nothing. After twelve hours they are gone, whether the page was opened anew or not.
 */
export function openDrafts(deps: DraftsDeps): Drafts {
  const { box, clock } = deps;
  const shelf = createShelf(clock);
  const { all, changed, find } = shelf;
  const door = createDoor(deps, shelf);
  const put = (name: string, kept: Kept) => {
    const { place, seal } = door.account();
    if (place === null || !name.startsWith(place)) return;
    all.set(name, kept);
    write(box, name, kept, seal);
    changed();
  };
  const drop = (name: string) => {
    if (!all.delete(name)) return;
    attempt(() => box.removeItem(name), undefined);
    changed();
  };
  const reread = (name: string) => {
    const { place, seal } = door.account();
    if (place === null || seal === null || !name.startsWith(place)) return;
    const kept = readOne(box, name, seal);
    // Another tab may have a newer key than this one: only what is gone from the box is gone here.
    if (kept !== null) all.set(name, kept);
    else if (attempt(() => box.getItem(name), null) === null) all.delete(name);
    changed();
  };
  const sweep = () => {
    attempt(() => sweepBox(box, clock()), undefined);
    if (shelf.sweep()) changed();
  };
  sweep();
  return {
    open: door.open,
    end: door.end,
    place: () => door.account().place,
    keep: (name, value, at) => put(name, { at, value, sent: all.get(name)?.sent ?? null }),
    noteSent: (name, sent) => {
      const kept = find(name);
      if (sent === null && (kept === null || kept.sent === null)) return;
      if (sent === null && kept?.value === null) drop(name);
      else put(name, { at: kept?.at ?? clock(), value: kept?.value ?? null, sent });
    },
    find,
    reread,
    drop,
    names: shelf.names,
    listen: shelf.listen,
    version: shelf.version,
    sweep,
  };
}
