import type { DirectoryEntry } from "../../core/directory/index.ts";
import type { Instant } from "../../kernel/index.ts";
import { createUnits } from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import { parseEntry } from "../node/seed.ts";

/** What taking in a directory would change, by unit code. */
export type DirectoryChange = {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: number;
  /** Known here and not in the files: they stay, because orders name them. */
  readonly absent: readonly string[];
};

/** What the entries differ in from those kept. */
export function changeOf(kept: readonly DirectoryEntry[], entries: readonly DirectoryEntry[]): DirectoryChange {
  const before = new Map<string, string>(kept.map((entry) => [entry.code, sorted(entry)]));
  const named = new Set<string>(entries.map((entry) => entry.code));
  const added = entries.filter((entry) => !before.has(entry.code));
  const changed = entries.filter((entry) => before.has(entry.code) && before.get(entry.code) !== sorted(entry));
  return {
    added: added.map((entry) => entry.code),
    changed: changed.map((entry) => entry.code),
    unchanged: entries.length - added.length - changed.length,
    absent: kept.filter((entry) => !named.has(entry.code)).map((entry) => entry.code),
  };
}

/** The database gives the fields back in an order of its own. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** Writes all entries in one statement: either all of them stand, each with its history, or none. */
export async function takeIn(store: Store, entries: readonly DirectoryEntry[], at: Instant): Promise<DirectoryChange> {
  const table = createUnits(store, parseEntry);
  const change = changeOf(await table.units(), entries);
  await table.saveUnits(entries, at);
  return change;
}
