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

  test("is silent on what neither desk takes: those conditions are the words of the plan's body (nmg:2.1, nmg:2.2.1)", () => {
    const texts = new Map(catalogue.clauses.map((clause) => [clause.key, clause.textZh ?? ""]));
    const neither = catalogue.items.filter((item) => item.classCode === "N00");
    expect(neither).toHaveLength(11);
    const strange = neither.filter(
      ({ conditionZh, source }) => conditionZh === null || !standsIn(conditionZh, texts.get(source) ?? ""),
    );
    expect(strange.map((item) => `${item.code} ${item.conditionZh}`)).toEqual([]);
  });

  test("stands clause by clause in the clause index, so that a source can be read where it is named", () => {
    const number: Readonly<Record<string, string>> = { A: "a1", B: "a2", C: "a3", D: "a4" };
    const texts = new Map(catalogue.clauses.map((clause) => [clause.key, clause.textZh]));
    const strange = [...clauses].filter(
      ([code, text]) => texts.get(`nmg:${number[code.slice(0, 1)]}.${Number(code.slice(1))}`) !== text,
    );
    expect(strange).toEqual([]);
    expect(catalogue.clauses.filter((clause) => clause.textZh === null)).toEqual([]);
  });

  test("holds the criterion of every question that is said to be the plan's, word by word", () => {
    const printed = new Map(catalogue.clauses.map((clause) => [clause.key, clause.textZh ?? ""]));
    const questions = catalogue.groups.flatMap((group) => group.questions);
    const strange = questions
      .filter((question) => question.basis === "plan")
      .filter(({ source, criterionZh }) =>
        (criterionZh ?? "？").split("…").some((piece) => printed.get(source)?.includes(piece) !== true),
      );
    expect(questions.length).toBeGreaterThan(100);
    expect(strange.map((question) => question.code)).toEqual([]);
  });

  test("takes a question from a clause of one of the group's own classes, or of the plan's body", () => {
    const part: Readonly<Record<string, string>> = { A: "a1", B: "a2", C: "a3", D: "a4" };
    const sourceOf = (item: string): string => `nmg:${part[item.slice(0, 1)]}.${Number(item.slice(1, 3))}`;
    const strange = catalogue.groups.flatMap((group) => {
      const own = new Set(["nmg:2.2.1", "nmg:2.2.2", "nmg:a3", ...group.items.map(sourceOf)]);
      return group.questions.filter((question) => !own.has(question.source)).map((question) => question.code);
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
