import type { ItemCode } from "../../kernel/index.ts";

/** A word of the text that spoke for an item; `at` = where it begins, in UTF-16 code units of the text as given. */
export type CueWord = { readonly text: string; readonly at: number };

/** An item that may fit, and why anybody should think so. */
export type Suggestion = {
  readonly item: ItemCode;
  /** Above 0 and below 1, comparable within one answer only; it is no probability. */
  readonly score: number;
  readonly reason: {
    /** By place in the text, at least one. */
    readonly words: readonly CueWord[];
    /** What spoke: the rules by name, version and row, so that anybody can look them up. */
    readonly rule: string;
  };
};

/**
 * Proposes catalogue items for what a caller says. It never decides: a person picks, nothing waits for it, an empty answer
 * is a good answer, and no score makes a matter dangerous or harmless. `place` is a division code or null.
 * At most `limit` suggestions, best first, the same for the same text.
 * @source nmg:3.3 @req REQ-74
 */
export type Classifier = {
  readonly suggest: (text: string, place: string | null, limit: number) => readonly Suggestion[];
};
