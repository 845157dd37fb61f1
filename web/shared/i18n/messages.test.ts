import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

const HAN = /\p{Script=Han}/u;
const webRoot = join(import.meta.dirname, "../..");

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|tsx|html)$/.test(entry.name) ? [path] : [];
  });
}

function valueNames(sentence: string): string {
  return [...sentence.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1])
    .sort()
    .join(" ");
}

/** Words between tags or in attributes that people read; a tag's own name and code are not. */
const SPOKEN_ATTRIBUTE = /\b(?:aria-label|title|placeholder|alt)="[^"]*[A-Za-z]{2}/;

/** Words by which a sentence claims a rule: a clause, a part of the annex, a plan by its number, what a list or a rule prescribes. */
const NAMES_A_RULE = {
  zh: /(nmg|yn):|附件[一二三四]|第[一二三四五六七八九十\d]+[条款项]|〔\d{4}〕|(按|依)(清单|规定|方案|照)|清单(列|规定)|方案规定|均不受理：/,
  en: /\b(nmg|yn):|\bannex\b|\bclause \d|\bby (the (list|catalogue|plan|annex)|rule)\b|\bthe (plan|catalogue|list) (says|calls)/i,
};

describe("message catalogues", () => {
  test("Chinese and English have the same keys, none empty", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    const empty = [...Object.entries(zh), ...Object.entries(en)].filter(([, words]) => words.trim() === "");
    expect(empty).toEqual([]);
  });

  test("a sentence names the same values in both languages", () => {
    const english: Readonly<Record<string, string>> = en;
    const unlike = Object.entries(zh).filter(([key, words]) => valueNames(words) !== valueNames(english[key] ?? ""));
    expect(unlike).toEqual([]);
  });

  test("no Chinese stands in the English catalogue, except the name of the other language", () => {
    const chinese = Object.entries(en).filter(([, words]) => HAN.test(words));
    expect(chinese.map(([key]) => key)).toEqual(["language.switch"]);
  });

  test("no screen holds words of its own: Han characters stand in the catalogues only", () => {
    const files = sources(webRoot).filter((path) => !/i18n\/(zh|en)(-[a-z]+)?\.ts$|\.test\.ts$/.test(path));
    expect(files.length).toBeGreaterThan(20);
    const guilty = files.filter((path) => HAN.test(readFileSync(path, "utf8").replace(/"Noto Sans CJK SC"/g, "")));
    expect(guilty).toEqual([]);
  });

  test("no message states a rule by itself: clauses, plans and lists are named by the node alone (P6, REQ-08)", () => {
    const stated = (words: Readonly<Record<string, string>>, rule: RegExp) =>
      Object.entries(words).filter(([, sentence]) => rule.test(sentence));
    expect(stated(zh, NAMES_A_RULE.zh)).toEqual([]);
    expect(stated(en, NAMES_A_RULE.en)).toEqual([]);
    expect(NAMES_A_RULE.zh.test("按清单应由 110 办理")).toBe(true);
    expect(NAMES_A_RULE.en.test("By the catalogue this desk handles it")).toBe(true);
  });

  test("no attribute that is read out is written in the component", () => {
    const guilty = sources(webRoot).filter(
      (path) => path.endsWith(".tsx") && SPOKEN_ATTRIBUTE.test(readFileSync(path, "utf8")),
    );
    expect(guilty).toEqual([]);
  });
});
