import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { EVERYDAY_FILE, searchItems } from "../../core/catalogue/index.ts";
import { everydayWordsOf, readCatalogueFolder } from "./read-catalogue.ts";

const read = await readCatalogueFolder(fileURLToPath(new URL("../../../catalogue/nmg-2022-89", import.meta.url)));
if (!read.ok) throw new Error(JSON.stringify(read.error));
const { catalogue, files } = read.value;
const kept = files.get(EVERYDAY_FILE);
if (kept === undefined) throw new Error(`no ${EVERYDAY_FILE}`);
const words = everydayWordsOf(kept, catalogue);

const found = (query: string): readonly string[] =>
  searchItems(catalogue, query, 12, null, words.ok ? words.value : []).map(({ code }) => code);

test.each([
  ["偷", "B01-02"],
  ["迷路", "B05-01"],
  ["走丢", "B05-02"],
  ["着火", "B04-04"],
  ["停电", "A14-03"],
  ["红绿灯", "D01-02"],
])("a call taker who types %s alone finds %s among the first", (word, code) => {
  expect(found(word).slice(0, 4)).toContain(code);
});

test("the words of callers name items that exist, and each finds all that it names", () => {
  if (!words.ok) throw new Error(JSON.stringify(words.error));
  expect(words.value).toHaveLength(66);
  const lost = words.value.flatMap(({ word, items }) => items.filter((code) => !found(word).includes(code)));
  expect(lost).toEqual([]);
});

test("a folder whose words name an item that is not there is refused", async () => {
  const wrong = everydayWordsOf(new TextEncoder().encode("word,items\n偷,B99-99\n"), catalogue);
  expect(wrong).toMatchObject({ ok: false, error: [{ file: EVERYDAY_FILE, row: 2, code: "ITEM_UNKNOWN" }] });
});
