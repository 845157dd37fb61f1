import type { Sealed } from "./seal.ts";

/** Where drafts are kept: the browser's own storage, or anything that answers like it. */
export type Box = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** What lies on the disk: when it was last touched (milliseconds), and the rest sealed. */
export type Stored = Sealed & { readonly at: number };

/** Beginning of the names of all drafts of all accounts. */
export const ROOT = "liandong.draft.";

/** A draft is personal data on a shared machine: after this it is dropped unread. */
export const KEPT_MS = 12 * 3_600_000;

/** Storage may be full, forbidden or gone: then the drafts live as long as the page does. */
export function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** Whether something last touched then is still kept; a clock that was set back does not make it live longer. */
export function isKept(at: number, now: number): boolean {
  return Math.abs(now - at) <= KEPT_MS;
}

/** Names in the box that begin so. */
export function namesIn(box: Box, prefix: string): readonly string[] {
  return Array.from({ length: box.length }, (_, i) => box.key(i)).flatMap((name) =>
    name?.startsWith(prefix) === true ? [name] : [],
  );
}

/** What is stored under a name; null = nothing, or nothing sealed. */
export function parseStored(text: string | null): Stored | null {
  if (text === null) return null;
  const stored: unknown = attempt(() => JSON.parse(text), null);
  if (typeof stored !== "object" || stored === null) return null;
  if (!("at" in stored && "id" in stored && "iv" in stored && "box" in stored)) return null;
  const { at, id, iv, box } = stored;
  const fits = typeof at === "number" && typeof id === "string" && typeof iv === "string" && typeof box === "string";
  return fits ? { at, id, iv, box } : null;
}

/** Removes what is too old, and what is not sealed, of every account. */
export function sweepBox(box: Box, now: number): void {
  for (const name of namesIn(box, ROOT)) {
    const stored = parseStored(box.getItem(name));
    if (stored === null || !isKept(stored.at, now)) box.removeItem(name);
  }
}
