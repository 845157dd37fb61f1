import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { ACCESS_TABLE } from "../../src/core/access/index.ts";
import { CASE_TABLE } from "../../src/core/case/index.ts";
import { CLOCK_TABLE } from "../../src/core/clock/index.ts";
import { LINKAGE_TABLES } from "../../src/core/linkage/index.ts";
import { ORDER_TABLE } from "../../src/core/order/index.ts";
import { filesMatching, textOf } from "./source-files.ts";

const root = join(import.meta.dirname, "..", "..");
const glossary = textOf(root, "GLOSSARY.md") ?? "";

/** Cells of every table: Chinese, term, meaning, source. */
const entries = glossary
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (?:Chinese|---)/.test(line))
  .map((line) => line.slice(2, -2).split(" | "));

const codesIn = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
const terms = new Set(entries.flatMap((cells) => codesIn(cells[1] ?? "")));

/** Identifiers and the words of texts in the code, and the codes of the catalogue. */
function knownWords(): ReadonlySet<string> {
  const words = new Set<string>();
  for (const path of filesMatching(root, ["src/{core,kernel,app}/**/*.ts"], ["**/*.test.ts", "**/*.test-data.ts"]))
    for (const [word] of withoutComments(textOf(root, path) ?? "").matchAll(/[A-Za-z_][\w]*\??/g))
      words.add(word).add(word.replace("?", ""));
  for (const path of filesMatching(root, ["catalogue/nmg-2022-89/*.csv"])) {
    const rows: readonly Readonly<Record<string, string>>[] = parse(textOf(root, path) ?? "", {
      columns: true,
      bom: true,
    });
    for (const row of rows) words.add(row["code"] ?? "");
  }
  return words;
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
}

describe("the glossary", () => {
  test("has four cells in every row, and explains every word only once in a section", () => {
    expect(entries.filter((cells) => cells.length !== 4 || cells.includes(""))).toEqual([]);
    const sections = glossary.split(/^#+ /m);
    const twice = sections.flatMap((section) => {
      const rows = section.split("\n").filter((line) => line.startsWith("| "));
      const first = rows.flatMap((line) => codesIn(line.split(" | ")[1] ?? ""));
      return first.filter((term, i) => first.indexOf(term) !== i);
    });
    expect(twice).toEqual([]);
  });

  test("names only identifiers and codes that there are", () => {
    const words = knownWords();
    const claimed = new Set(entries.flatMap((cells) => [...codesIn(cells[1] ?? ""), ...codesIn(cells[2] ?? "")]));
    expect(claimed.size).toBeGreaterThan(100);
    expect([...claimed].filter((term) => !words.has(term))).toEqual([]);
  });

  test("explains every role, verb, status and kind of cases and orders", () => {
    const rows = [...CASE_TABLE].flatMap((row) => [row.verb, row.to, ...row.from]);
    const orders = [...ORDER_TABLE].flatMap((row) => [row.command, row.to, ...row.from, ...row.kinds]);
    const roles = [...ACCESS_TABLE].flatMap((row) => [...row.roles, ...("unitRoles" in row ? row.unitRoles : [])]);
    const wanted = new Set<string>([...rows, ...orders, ...roles]);
    expect([...wanted].filter((word) => word !== "same" && !terms.has(word))).toEqual([]);
  });

  test("explains every state and command of clocks", () => {
    const wanted = new Set<string>(CLOCK_TABLE.flatMap((row) => [row.command, row.to, ...row.from]));
    expect([...wanted].filter((word) => word !== "same" && !terms.has(word))).toEqual([]);
  });

  test("explains every state, kind and command of linkages", () => {
    const wanted = new Set<string>(Object.keys(LINKAGE_TABLES));
    for (const row of Object.values(LINKAGE_TABLES).flatMap((rows) => rows ?? [])) {
      for (const state of [row.to, ...row.from]) wanted.add(state);
      if (row.on.startsWith("command:")) wanted.add(row.on.slice("command:".length));
    }
    expect([...wanted].filter((word) => word !== "same" && word !== "-" && !terms.has(word))).toEqual([]);
  });
});
