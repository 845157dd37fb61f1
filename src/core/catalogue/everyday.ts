import type { ItemCode } from "../../kernel/index.ts";
import type { CatalogueItem } from "./catalogue.ts";
import { noteDuplicates, readSheet } from "./sheet.ts";
import type { CatalogueProblem, Sheet } from "./sheet.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";

/** A word callers say that stands in no name of its items, and the items it means, likeliest first (length >= 1). */
export type EverydayWord = { readonly word: string; readonly items: readonly ItemCode[] };

/** File of a catalogue folder, and its columns; `items` = codes divided by one blank. All rows are `default`: they only find. */
export const EVERYDAY_FILE = "everyday-words.csv";
export const EVERYDAY_COLUMNS = ["word", "items"] as const;

/**
 * Checks the sheet against the items. Problems: ITEM_UNKNOWN (no such item), CODE_DUPLICATE (a word or an item twice),
 * VALUE_UNKNOWN (the word stands in the item's own name, so it is found without this row).
 */
export function readEverydayWords(
  sheet: Sheet,
  items: readonly Pick<CatalogueItem, "code" | "nameZh">[],
): Result<readonly EverydayWord[], readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  noteDuplicates(sheet, "word", problems);
  const words = readSheet(sheet, EVERYDAY_COLUMNS, problems, (row): EverydayWord => {
    const word = row.text("word");
    const codes = row.text("items").split(" ");
    const known = codes.flatMap((code) => {
      const item = items.find((one) => one.code === code);
      if (item === undefined) row.problem("ITEM_UNKNOWN", code);
      else if (item.nameZh.includes(word)) row.problem("VALUE_UNKNOWN", `${word} stands in the name of ${code}`);
      return item === undefined ? [] : [item.code];
    });
    if (new Set(codes).size < codes.length) row.problem("CODE_DUPLICATE", row.text("items"));
    return { word, items: known };
  });
  return problems.length > 0 ? err(problems) : ok(words);
}
