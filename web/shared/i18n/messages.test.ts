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
    const files = sources(webRoot).filter(
      (path) => !/i18n\/(zh|en)(-codes|-alarms|-between|-desk)?\.ts$|\.test\.ts$/.test(path),
    );
    expect(files.length).toBeGreaterThan(20);
    const guilty = files.filter((path) => HAN.test(readFileSync(path, "utf8").replace(/"Noto Sans CJK SC"/g, "")));
    expect(guilty).toEqual([]);
  });

  test("no attribute that is read out is written in the component", () => {
    const guilty = sources(webRoot).filter(
      (path) => path.endsWith(".tsx") && SPOKEN_ATTRIBUTE.test(readFileSync(path, "utf8")),
    );
    expect(guilty).toEqual([]);
  });
});
