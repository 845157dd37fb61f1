import type { CatalogueProblem } from "../../core/catalogue/index.ts";
import { checkSuccessor } from "../../core/directory/index.ts";
import type { DirectoryEntry, Retirement } from "../../core/directory/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Instant, Result, UnitCode } from "../../kernel/index.ts";
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

/**
 * Writes all entries in one statement: either all of them stand, each with its history, or none. A unit that retires goes on to where the
 * files do not say otherwise. Taking in the same again changes nothing. Error: SUCCESSOR_UNFIT when files and what is kept together
 * leave a retired unit without a successor that stays.
 */
export async function takeIn(
  store: Store,
  entries: readonly DirectoryEntry[],
  at: Instant,
): Promise<Result<DirectoryChange, readonly CatalogueProblem[]>> {
  const table = createUnits(store, parseEntry);
  const kept = await table.units();
  const retired = new Map(
    kept.flatMap(({ code, retired: own }): readonly (readonly [UnitCode, Retirement])[] =>
      own === undefined ? [] : [[code, own]],
    ),
  );
  const merged = entries.map((entry) => {
    const before = retired.get(entry.code);
    return entry.retired !== undefined || before === undefined ? entry : { ...entry, retired: before };
  });
  const all = new Map<string, DirectoryEntry>([...kept, ...merged].map((entry) => [entry.code, entry]));
  const problems = [...all.values()].flatMap((entry): readonly CatalogueProblem[] => {
    if (entry.retired === undefined) return [];
    const { successor } = entry.retired;
    const allowed = checkSuccessor((code) => all.get(code) ?? null, entry, successor);
    const detail = `${entry.code}: ${successor}`;
    return allowed.ok ? [] : [{ file: "retired.csv", row: null, code: allowed.error.code, detail }];
  });
  if (problems.length > 0) return err(problems);
  const change = changeOf(kept, merged);
  await table.saveUnits(merged, at);
  return ok(change);
}
