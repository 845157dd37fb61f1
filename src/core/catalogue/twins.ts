import type { CatalogueItem } from "./catalogue.ts";
import type { MatterGroup } from "./group.ts";

/** Two items of different parts of the annex whose names are (nearly) the same, in no group together. */
export type Twins = { readonly a: string; readonly b: string; readonly sameName: boolean };

/** How alike two names must be to be told: share of common pairs of neighbouring characters, 0 to 1. */
const ALIKE = 0.5;

/**
 * Matters that stand in several parts and for which no question decides. The same name is a fault of the catalogue, a
 * similar one is for a person to look at. Ended items and openings (-99) are left out. @source nmg:a @req REQ-94
 */
export function ungroupedTwins(
  items: readonly CatalogueItem[],
  groups: readonly Pick<MatterGroup, "items">[],
): readonly Twins[] {
  const open = items
    .filter((item) => item.validTo === null && /^[A-D]/.test(item.code) && !item.code.endsWith("-99"))
    .map((item) => ({ code: item.code, part: item.code.slice(0, 1), name: tailOf(item.nameZh) }));
  const together = (a: string, b: string): boolean =>
    groups.some(({ items: held }) => held.some((code) => code === a) && held.some((code) => code === b));
  const found: Twins[] = [];
  open.forEach((a, i) => {
    for (const b of open.slice(i + 1)) {
      if (a.part === b.part || likeness(a.name, b.name) < ALIKE || together(a.code, b.code)) continue;
      found.push({ a: a.code, b: b.code, sameName: a.name === b.name });
    }
  });
  return found;
}

/** The name without a shared head: `危难救助·溺水` is about 溺水. */
function tailOf(name: string): string {
  return name.slice(name.indexOf("·") + 1);
}

function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const [left, right] = [pairsOf(a), pairsOf(b)];
  const common = [...left].filter((pair) => right.has(pair)).length;
  return (2 * common) / Math.max(1, left.size + right.size);
}

function pairsOf(name: string): ReadonlySet<string> {
  const characters = [...name];
  return new Set(characters.slice(1).map((character, i) => `${characters[i] ?? ""}${character}`));
}
