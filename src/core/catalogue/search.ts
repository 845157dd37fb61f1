import type { Catalogue, CatalogueItem } from "./catalogue.ts";
import type { EverydayWord } from "./everyday.ts";
import { isInForce } from "./lookup.ts";
import type { Day } from "./vocabulary.ts";

/** Places a word can be found in, best first; the index is the penalty. */
const PLACES: readonly ((word: string, item: Folded) => boolean)[] = [
  (word, item) => item.code === bare(word),
  (word, item) => item.code.startsWith(bare(word)) && bare(word) !== "",
  (word, item) => item.initials === word,
  (word, item) => item.name.startsWith(word),
  (word, item) => item.name.includes(word),
  (word, item) => item.initials.startsWith(word),
  (word, item) => item.className.includes(word),
  (word, item) => item.english.includes(word),
  (word, item) => item.everyday.some((said) => said === word),
  (word, item) => item.everyday.some((said) => said.startsWith(word)),
  (word, item) => word.length > 1 && item.initials.includes(word),
  (word, item) => item.condition.includes(word),
];

type Folded = {
  readonly code: string;
  readonly initials: string;
  readonly name: string;
  readonly className: string;
  readonly english: string;
  readonly condition: string;
  /** What callers say for it. */
  readonly everyday: readonly string[];
};

/**
 * Items for what a call taker types: a code (`a01-05`, `A0105`), part of the Chinese name or class, the first letters of the
 * reading (`jgqs`), a word that callers say for it (`everyday`), or English words. Every word must be found. Best first, then
 * the order of the annex; at most `limit`. An empty query finds nothing, and a row that is not in force on `day` is not offered.
 */
export function searchItems(
  catalogue: Catalogue,
  query: string,
  limit: number,
  day: Day | null = null,
  everyday: readonly EverydayWord[] = [],
): readonly CatalogueItem[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0 || limit < 1) return [];
  return catalogue.items
    .filter((item) => day === null || isInForce(item, day))
    .map((item) => ({ item, penalty: penaltyOf(words, foldItem(item, everyday)) }))
    .filter((hit): hit is { item: CatalogueItem; penalty: number } => hit.penalty !== null)
    .sort((a, b) => a.penalty - b.penalty)
    .slice(0, limit)
    .map((hit) => hit.item);
}

function penaltyOf(words: readonly string[], item: Folded): number | null {
  let sum = 0;
  for (const word of words) {
    const place = PLACES.findIndex((found) => found(word, item));
    if (place < 0) return null;
    sum += place;
  }
  return sum;
}

function foldItem(item: CatalogueItem, everyday: readonly EverydayWord[]): Folded {
  return {
    code: bare(fold(item.code)),
    initials: item.initials,
    name: fold(item.nameZh),
    className: fold(item.classNameZh),
    english: fold(`${item.nameEn} ${item.classNameEn}`),
    condition: fold(item.conditionZh ?? ""),
    everyday: everyday.flatMap(({ word, items }) => (items.includes(item.code) ? [fold(word)] : [])),
  };
}

/** Full-width letters and digits become plain ones, capitals small. */
function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function bare(code: string): string {
  return code.replaceAll("-", "");
}
