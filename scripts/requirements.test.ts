import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allCitations, citationsIn, clauseIndex, emptyTags, requirements } from "./gen/clauses.ts";
import { citing, requirementsPage, statusOf } from "./gen/requirements.ts";
import { sourceFiles, textOf } from "./test/source-files.ts";

const root = join(import.meta.dirname, "..");
const all = requirements(root);
const citations = allCitations(root);
const index = clauseIndex(root);
const known = index ?? new Set(all.flatMap((one) => one.clauses));

describe("citations of this checkout", () => {
  test("the list of requirements runs from REQ-01 to REQ-94 without gap, each with a clause and a short text", () => {
    expect(all.map((one) => one.req)).toEqual(
      Array.from({ length: 94 }, (_, i) => `REQ-${String(i + 1).padStart(2, "0")}`),
    );
    expect(all.filter((one) => one.text === "" || one.text.length > 90 || one.clauses.includes(""))).toEqual([]);
  });

  test("every clause of the list of requirements is in the clause index", () => {
    expect(
      all.flatMap((one) => one.clauses.filter((clause) => !known.has(clause)).map((clause) => `${one.req} ${clause}`)),
    ).toEqual([]);
  });

  test("every @source is a clause of the index or `default`", () => {
    const wrong = citations.flatMap((file) =>
      file.clauses
        .filter((clause) => clause !== "default" && !known.has(clause))
        .map((clause) => `${file.path}: ${clause}`),
    );
    expect(wrong).toEqual([]);
  });

  test("every @req is a requirement of the list", () => {
    const reqs = new Set(all.map((one) => one.req));
    expect(
      citations.flatMap((file) => file.reqs.filter((req) => !reqs.has(req)).map((req) => `${file.path}: ${req}`)),
    ).toEqual([]);
  });

  test("no @source or @req stands without a value", () => {
    const files = sourceFiles(root).filter((path) => !path.startsWith("scripts/"));
    expect(files.filter((path) => emptyTags(textOf(root, path) ?? "") > 0)).toEqual([]);
  });
});

describe("how a status follows", () => {
  const list = [
    { req: "REQ-01", clauses: ["nmg:1.1", "nmg:2.1"], text: "one", gap: "" },
    { req: "REQ-02", clauses: ["nmg:1.1"], text: "two", gap: "" },
  ];
  const status = (path: string, text: string): readonly string[] =>
    list.map((one) => statusOf(one, citing(one, list, [citationsIn(path, text)])));

  test("a docstring's @req meets exactly that requirement", () => {
    expect(status("src/a.ts", "/** Decides. @req REQ-02 */")).toEqual(["open", "met"]);
    expect(status("src/a.ts", "/**\n * Decides.\n * @req REQ-02, REQ-01\n */")).toEqual(["met", "met"]);
  });

  test("a clause meets a requirement only when no other requirement has it", () => {
    expect(status("src/a.ts", "/** Decides. @source nmg:1.1 @source nmg:2.1 */")).toEqual(["met", "open"]);
  });

  test("a test that names the requirement or its own clause makes it tested", () => {
    expect(status("src/a.test.ts", 'test("x (REQ-02)", f)')).toEqual(["open", "tested"]);
    expect(status("test/e2e/a.e2e.test.ts", 'test("x (nmg:2.1)", f)')).toEqual(["tested", "open"]);
  });

  test("a comment that is no docstring and a string in code prove nothing", () => {
    expect(status("src/a.ts", '// @req REQ-01\nconst a = "REQ-01 nmg:2.1";')).toEqual(["open", "open"]);
  });

  test("a test proves by its titles and comments, not by its data", () => {
    expect(status("src/a.test.ts", 'const rows = ["nmg:2.1"]; test("x", () => check("REQ-02"));')).toEqual([
      "open",
      "open",
    ]);
    expect(status("src/a.test.ts", 'test.each(rows)("%s (REQ-02)", f);')).toEqual(["open", "tested"]);
    expect(status("src/a.test.ts", "// the rest of nmg:2.1\nconst a = 1;")).toEqual(["tested", "open"]);
  });

  test("a tag without a value is noticed", () => {
    expect(emptyTags("/** @source */")).toBe(1);
    expect(emptyTags("/** @source nmg:2.1 @req REQ-01 @source default */")).toBe(0);
  });

  test("a known gap makes a tested requirement a partly met one, and an open one stays open", () => {
    const gappy = list.map((one) => ({ ...one, gap: "no reports" }));
    const page = requirementsPage(gappy, [citationsIn("src/a.test.ts", "// REQ-01")]);
    expect(page).toContain("0 tested, 0 met, 1 partly, 1 open.");
    expect(page).toContain("| one | partly: no reports |");
  });

  test("the page counts and lists modules", () => {
    const page = requirementsPage(list, [
      citationsIn("src/core/case/a.ts", "/** @req REQ-01 */"),
      citationsIn("test/e2e/a.ts", "// proves REQ-01"),
    ]);
    expect(page).toContain("1 tested, 0 met, 0 partly, 1 open.");
    expect(page).toContain("| REQ-01 | nmg:1.1 nmg:2.1 | one | tested | src/core/case | test/e2e |");
  });
});
