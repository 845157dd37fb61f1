import type { Classifier, CueWord, Suggestion } from "../app/ports/classifier.ts";
import type { ItemCode } from "../kernel/index.ts";
import { folded } from "./folded.ts";
import type { CueRule, RuleFile } from "./rule-file.ts";

/**
 * Suggests by a list of cue words: the honest first classifier, to be replaced by one that understands sentences. It finds
 * words and nothing else: it does not see who did what, denial ("没有燃气泄漏"), irony or a matter told in other words. The
 * longest word wins where words overlap, so 井盖缺失 is not also 井盖. Different words for one item add up
 * (1 - product of (1 - weight)), the same word counts once however often it is said. Best score first, then by item code.
 * `place` changes nothing here. Never decides; see the port.
 * @source nmg:3.3 @req REQ-74
 */
export function createRuleClassifier(file: RuleFile): Classifier {
  return {
    suggest: (text, _place, limit) => {
      const seen = folded(text);
      const rules = file.rules.filter((rule) => applies(rule, seen));
      const places = placesOf(new Set(rules.map((rule) => rule.word)), seen);
      return suggestionsOf(file.name, rules, places, text).slice(0, Math.max(0, limit));
    },
  };
}

function applies(rule: CueRule, text: string): boolean {
  const has = (word: string): boolean => text.includes(word);
  return has(rule.word) && (rule.needs.length === 0 || rule.needs.some(has)) && !rule.excludes.some(has);
}

/** Where each word stands, without the places that a longer word covers; of equally long words the first in the text. */
function placesOf(words: ReadonlySet<string>, text: string): ReadonlyMap<string, readonly number[]> {
  const found = [...words].flatMap((word) => occurrences(word, text).map((at) => ({ word, at })));
  found.sort((a, b) => b.word.length - a.word.length || a.at - b.at);
  const taken = new Uint8Array(text.length);
  const places = new Map<string, number[]>();
  for (const { word, at } of found) {
    const end = at + word.length;
    if (taken.subarray(at, end).includes(1)) continue;
    taken.fill(1, at, end);
    places.set(word, [...(places.get(word) ?? []), at]);
  }
  return places;
}

function occurrences(word: string, text: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found.push(at);
  return found;
}

function suggestionsOf(
  fileName: string,
  rules: readonly CueRule[],
  places: ReadonlyMap<string, readonly number[]>,
  text: string,
): readonly Suggestion[] {
  const byItem = new Map<ItemCode, CueRule[]>();
  for (const rule of rules) {
    if (places.has(rule.word)) byItem.set(rule.item, [...(byItem.get(rule.item) ?? []), rule]);
  }
  return [...byItem]
    .map(([item, spoke]) => ({
      item,
      score: scoreOf(spoke),
      reason: {
        words: wordsOf(spoke, places, text),
        rule: `${fileName}:${spoke.map((rule) => rule.line).join(",")}`,
      },
    }))
    .sort((a, b) => b.score - a.score || (a.item < b.item ? -1 : 1));
}

/** The same word may stand in several rows of an item (with other needs): its best row counts. */
function scoreOf(rules: readonly CueRule[]): number {
  const best = new Map<string, number>();
  for (const { word, weight } of rules) best.set(word, Math.max(best.get(word) ?? 0, weight));
  const doubt = [...best.values()].toSorted((a, b) => a - b).reduce((rest, weight) => rest * (1 - weight), 1);
  // Rounded, so that equal evidence is equal; never 1, because a list of words is never sure.
  return Math.min(0.9999, Math.round((1 - doubt) * 10_000) / 10_000);
}

function wordsOf(
  rules: readonly CueRule[],
  places: ReadonlyMap<string, readonly number[]>,
  text: string,
): readonly CueWord[] {
  const words = [...new Set(rules.map((rule) => rule.word))];
  return words
    .flatMap((word) => (places.get(word) ?? []).map((at) => ({ text: text.slice(at, at + word.length), at })))
    .sort((a, b) => a.at - b.at);
}
