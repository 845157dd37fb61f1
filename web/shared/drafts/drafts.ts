/** Where drafts are kept: the browser's own storage, or anything that answers like it. */
export type Box = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** What was typed and when it was last touched (milliseconds). The value is read by whoever wrote it. */
export type Kept = { readonly at: number; readonly value: unknown };

/** Things half written, by name. Names are `liandong.draft.<node>.<account>.<what>`. */
export type Drafts = {
  readonly keep: (name: string, value: unknown, now: number) => void;
  readonly find: (name: string) => Kept | null;
  readonly drop: (name: string) => void;
  /** Another tab has kept (or, with null, dropped) this under the name. */
  readonly heard: (name: string, stored: string | null) => void;
  /** Names that begin so, newest first. */
  readonly names: (prefix: string) => readonly string[];
  readonly dropAll: (prefix: string) => void;
  readonly listen: (ear: () => void) => () => void;
  /** Grows with every change. */
  readonly version: () => number;
};

const ROOT = "liandong.draft.";

/** A draft is personal data on a shared machine: after this it is dropped unread. */
export const KEPT_MS = 12 * 3_600_000;

/** Name of everything one account has half written at one node. */
export function draftPlace(node: string, user: string): string {
  return `${ROOT}${node}.${user}.`;
}

function parseKept(stored: string | null): Kept | null {
  if (stored === null) return null;
  try {
    const kept: unknown = JSON.parse(stored);
    if (typeof kept !== "object" || kept === null || !("at" in kept) || !("value" in kept)) return null;
    return typeof kept.at === "number" ? { at: kept.at, value: kept.value } : null;
  } catch {
    return null;
  }
}

/** Storage may be full, forbidden or gone: then the drafts live as long as the page does. */
function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

function readAll(box: Box, now: number): Map<string, Kept> {
  const found = new Map<string, Kept>();
  const names = Array.from({ length: box.length }, (_, i) => box.key(i)).filter((name) => name?.startsWith(ROOT));
  for (const name of names) {
    if (name === null || name === undefined) continue;
    const kept = parseKept(box.getItem(name));
    if (kept === null || now - kept.at > KEPT_MS) box.removeItem(name);
    else found.set(name, kept);
  }
  return found;
}

/**
 * Keeps drafts in memory and in the box, so that neither a closed form, a reload, a crash nor an expired log-in loses them.
 * What is older than twelve hours is dropped when the page opens.
 */
export function openDrafts(box: Box, now: number): Drafts {
  const all = attempt(() => readAll(box, now), new Map<string, Kept>());
  const ears = new Set<() => void>();
  let version = 0;
  const changed = () => {
    version += 1;
    for (const ear of ears) ear();
  };
  const remove = (name: string) => {
    all.delete(name);
    attempt(() => box.removeItem(name), undefined);
  };
  const names = (prefix: string) =>
    [...all]
      .filter(([name]) => name.startsWith(prefix))
      .toSorted(([, a], [, b]) => b.at - a.at)
      .map(([name]) => name);
  return {
    keep: (name, value, at) => {
      all.set(name, { at, value });
      attempt(() => box.setItem(name, JSON.stringify({ at, value })), undefined);
      changed();
    },
    find: (name) => all.get(name) ?? null,
    drop: (name) => {
      if (!all.has(name)) return;
      remove(name);
      changed();
    },
    heard: (name, stored) => {
      if (!name.startsWith(ROOT)) return;
      const kept = parseKept(stored);
      if (kept === null) all.delete(name);
      else all.set(name, kept);
      changed();
    },
    names,
    dropAll: (prefix) => {
      for (const name of names(prefix)) remove(name);
      changed();
    },
    listen: (ear) => {
      ears.add(ear);
      return () => ears.delete(ear);
    },
    version: () => version,
  };
}
