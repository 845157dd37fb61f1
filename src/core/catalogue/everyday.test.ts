import { expect, test } from "vitest";
import type { ItemCode } from "../../kernel/index.ts";
import { EVERYDAY_COLUMNS, EVERYDAY_FILE, readEverydayWords } from "./everyday.ts";
import { searchItems } from "./search.ts";
import { aCatalogue } from "./small-catalogue.test-data.ts";
import { validateCatalogue } from "./validate.ts";

const checked = validateCatalogue(aCatalogue());
if (!checked.ok) throw new Error(JSON.stringify(checked.error));
const catalogue = checked.value;

const sheet = (...rows: readonly (readonly [word: string, items: string])[]) => ({
  file: EVERYDAY_FILE,
  columns: EVERYDAY_COLUMNS,
  rows: rows.map(([word, items], i) => ({ line: i + 2, cells: { word, items } })),
});

test("an item is found by what callers say for it, from the first character, and still only by every word typed", () => {
  const words = [
    { word: "黑灯", items: ["A01-05" as ItemCode] },
    { word: "吵", items: ["A01-05" as ItemCode, "A01-10" as ItemCode] },
  ];
  const codes = (query: string) => searchItems(catalogue, query, 10, null, words).map(({ code }) => code);
  expect(searchItems(catalogue, "黑灯", 10)).toEqual([]);
  expect(codes("黑灯")).toEqual(["A01-05"]);
  expect(codes("黑")).toEqual(["A01-05"]);
  expect(codes("吵")).toEqual(["A01-05", "A01-10"]);
  expect(codes("黑灯 井盖")).toEqual([]);
  // A name is nearer than a word.
  expect(searchItems(catalogue, "井盖", 10, null, [{ word: "井盖", items: ["A01-05" as ItemCode] }])[0]?.code).toBe(
    "A01-10",
  );
});

test("a row that names no item, says what the name says, or stands there twice is told with its line", () => {
  const read = readEverydayWords(
    sheet(["黑灯", "A01-05"], ["井盖", "A01-10"], ["走丢", "X99-01"], ["黑灯", "A01-10 A01-10"]),
    catalogue.items,
  );
  if (read.ok) throw new Error("taken");
  expect(read.error.map(({ row, code }) => [row, code])).toEqual([
    [5, "CODE_DUPLICATE"],
    [3, "VALUE_UNKNOWN"],
    [4, "ITEM_UNKNOWN"],
    [5, "CODE_DUPLICATE"],
  ]);
  expect(readEverydayWords(sheet(["黑灯", "A01-05 A01-10"]), catalogue.items)).toEqual({
    ok: true,
    value: [{ word: "黑灯", items: ["A01-05", "A01-10"] }],
  });
});
