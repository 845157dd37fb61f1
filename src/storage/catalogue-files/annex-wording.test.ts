import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../catalogue/nmg-2022-89", import.meta.url));
const NUMERALS = [
  "一",
  "二",
  "三",
  "四",
  "五",
  "六",
  "七",
  "八",
  "九",
  "十",
  "十一",
  "十二",
  "十三",
  "十四",
  "十五",
  "十六",
];

/** The annex as printed, one clause a line, by class code: `A05` = part one （五）. */
function clausesByClass(annex: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let part = -1;
  for (const line of annex.trim().split("\n")) {
    if (/^[一二三四]、/.test(line)) part += 1;
    const numeral = /^（([一二三四五六七八九十]+)）/.exec(line)?.[1];
    if (numeral === undefined) continue;
    const number = String(NUMERALS.indexOf(numeral) + 1).padStart(2, "0");
    found.set(`${"ABCD".charAt(part)}${number}`, line.slice(numeral.length + 2));
  }
  return found;
}

/** Whether all characters of `words` stand in `text` in this order: a shared head or tail of a list may be written out. */
function standsIn(words: string, text: string): boolean {
  let from = 0;
  for (const character of words) {
    const at = text.indexOf(character, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

const read = await readCatalogue(FOLDER);
if (!read.ok) throw new Error(JSON.stringify(read.error));
const catalogue = read.value;
const clauses = clausesByClass(await readFile(`${FOLDER}/annex.txt`, "utf8"));

describe("the annex as printed (nmg:a)", () => {
  test("has a clause for each of the 34 classes, which begins with the class's name", () => {
    const classes = catalogue.classes.filter((row) => /^[A-D]/.test(row.code));
    expect([...clauses.keys()]).toEqual(classes.map((row) => row.code));
    expect(classes.filter((row) => !clauses.get(row.code)?.startsWith(`${row.nameZh}：`))).toEqual([]);
  });

  test("holds the words of every named item and of every condition", () => {
    const strange = catalogue.items
      .filter((item) => /^[A-D]/.test(item.code))
      .flatMap((item) => {
        const name = item.code.endsWith("-99") ? "" : item.nameZh;
        const phrases = `${name}·${item.conditionZh ?? ""}`.split(/[·，]/);
        const text = clauses.get(item.classCode) ?? "";
        return phrases.filter((phrase) => !standsIn(phrase, text)).map((phrase) => `${item.code} ${phrase}`);
      });
    expect(strange).toEqual([]);
  });

  test("says 等 in every class that is open, and in a closed one only of a manner of acting", () => {
    const withOpening = [...clauses].filter(([, text]) => text.includes("等")).map(([code]) => code);
    const open = catalogue.classes.filter((row) => row.list === "open" && row.code !== "N00").map((row) => row.code);
    expect(open.filter((code) => !withOpening.includes(code))).toEqual([]);
    expect(withOpening.filter((code) => !open.includes(code))).toEqual(["B03", "C02"]);
  });
});
