import { isWithin } from "../../kernel/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
import type { OtherName } from "./other-name.ts";
import type { Region } from "./region.ts";
import { shortNameOf } from "./short-name.ts";

/** A division that answers to the words, and by which of its names. */
export type FoundPlace = {
  readonly code: RegionCode;
  readonly name: string;
  readonly by: "name" | "short" | "former";
  /** The name that answered, when it is another than `name`. */
  readonly matched: string;
};

/** Names of all divisions, ready to be searched. */
export type PlaceNames = {
  /** Name as it stands in the list. */
  readonly nameOf: (code: RegionCode) => string | null;
  /** Short name: the sheet's first, else by rule. */
  readonly shortOf: (code: RegionCode) => string | null;
  /**
   * The code a place has today, for a code of an older list; of a town or village in a county whose code changed only the county is
   * known. Null when no list knows it or it was divided among several.
   */
  readonly presentCode: (code: RegionCode) => RegionCode | null;
  /** Divisions whose name, short name or former name begins with the words, full names first; inside `area` if one is given. */
  readonly find: (words: string, limit: number, area?: RegionCode) => readonly FoundPlace[];
};

/**
 * Builds the look-ups over names once. Headings of the list without a government are not found by name.
 * @source nmg:2.3.2 @req REQ-52
 */
export function placeNames(regions: readonly Region[], others: readonly OtherName[]): PlaceNames {
  const byCode = new Map<string, Region>(regions.map((region) => [region.code, region]));
  const short = new Map<string, string>(regions.map((region) => [region.code, shortNameOf(region)]));
  for (const other of others.toReversed()) if (other.kind === "short") short.set(other.code, other.name);
  const successors = new Map<string, Set<RegionCode>>();
  for (const { formerCode, code } of others) {
    if (formerCode !== null)
      successors.set(formerCode, (successors.get(formerCode) ?? new Set<RegionCode>()).add(code));
  }
  const entries = entriesOf(regions, others, short);
  return {
    nameOf: (code) => byCode.get(code)?.name ?? null,
    shortOf: (code) => short.get(code) ?? null,
    presentCode: (code) => {
      if (byCode.has(code.slice(0, 6))) return code;
      const [only, another] = successors.get(code.slice(0, 6)) ?? [];
      return another === undefined ? (only ?? null) : null;
    },
    find: (words, limit, area) => {
      const wanted = words.trim();
      if (wanted === "") return [];
      const found = new Map<string, FoundPlace>();
      for (const entry of entries) {
        if (found.size >= limit) break;
        if (!entry.matched.startsWith(wanted) || found.has(entry.code)) continue;
        if (area === undefined || isWithin(area, entry.code)) found.set(entry.code, entry);
      }
      return [...found.values()];
    },
  };
}

/** Full names, then short ones, then former ones, each by code: what stands today comes before what stood. */
function entriesOf(
  regions: readonly Region[],
  others: readonly OtherName[],
  short: ReadonlyMap<string, string>,
): readonly FoundPlace[] {
  const nameOf = new Map<string, string>(regions.map((region) => [region.code, region.name]));
  const governed = regions.filter((region) => !region.grouping);
  const full = governed.map(({ code, name }): FoundPlace => ({ code, name, by: "name", matched: name }));
  const byRule = governed.map(
    ({ code, name }): FoundPlace => ({ code, name, by: "short", matched: short.get(code) ?? name }),
  );
  const listed = others.map(
    ({ code, kind, name }): FoundPlace => ({ code, name: nameOf.get(code) ?? name, by: kind, matched: name }),
  );
  return [
    ...full,
    ...byRule,
    ...listed.filter((entry) => entry.by === "short"),
    ...listed.filter((entry) => entry.by === "former"),
  ];
}
