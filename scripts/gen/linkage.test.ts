import { expect, test } from "vitest";
import { LINKAGE_TABLES } from "../../src/core/linkage/index.ts";
import { fillMarks, linkageParts } from "./linkage.ts";

test("what stands between the marks is replaced, what stands around them stays", () => {
  const text = "before\n<!-- table a -->\nold\n<!-- end a -->\nafter\n";
  const made = "before\n<!-- table a -->\n\nnew\n\n<!-- end a -->\nafter\n";
  expect(fillMarks(text, { a: ["new"] })).toBe(made);
  expect(fillMarks(made, { a: ["new"] })).toBe(made);
});

test("a mark without a table and a table without a mark are mistakes", () => {
  expect(() => fillMarks("<!-- table b -->\n<!-- end b -->", {})).toThrow("no table is called b");
  expect(() => fillMarks("nothing", { a: [] })).toThrow("no mark for a");
});

test("every row of every linkage table is on the page", () => {
  const page = Object.values(linkageParts()).flat().join("\n");
  const ids = Object.values(LINKAGE_TABLES).flatMap((rows) => (rows ?? []).map((row) => row.id));
  expect(ids.length).toBeGreaterThan(80);
  expect(ids.filter((id) => !page.includes(`| ${id} |`))).toEqual([]);
});
