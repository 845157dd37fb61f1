import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ItemCode } from "../../kernel/index.ts";
import { aCatalogue, sheetOf, valid } from "./small-catalogue.test-data.ts";
import { findGroup, groupsOf, impliedAnswers, nextQuestion, ungroupedTwins, validateCatalogue } from "./index.ts";
import type { CatalogueFile, GroupStep, MatterGroup } from "./index.ts";

const catalogue = valid();
const NOTHING_KNOWN = { receivedBy: "hotline", initialResponse: false, duringOrder: false } as const;

function mustFind(code: string): MatterGroup {
  const group = findGroup(catalogue, code);
  if (group === null) throw new Error(code);
  return group;
}

function outcomeOf(step: GroupStep | null): readonly [string, string] {
  if (step?.kind !== "outcome") throw new Error("a question is left");
  return [step.item, step.basis];
}

describe("a matter that stands in several parts (nmg:a, REQ-94)", () => {
  test("is asked about question by question, and each answer leads to the next or to the item", () => {
    expect(nextQuestion(catalogue, "G01", {})).toMatchObject({
      kind: "question",
      question: { code: "G01-1", askZh: "坏的是路灯吗？" },
      path: [],
    });
    expect(nextQuestion(catalogue, "G01", { "G01-1": "no" })).toMatchObject({
      kind: "question",
      question: { code: "G01-2" },
      path: [{ question: { code: "G01-1" }, answer: "no" }],
    });
    expect(outcomeOf(nextQuestion(catalogue, "G01", { "G01-1": "no", "G01-2": "yes" }))).toEqual(["D06-01", "plan"]);
    expect(outcomeOf(nextQuestion(catalogue, "G01", { "G01-1": "yes", "G01-2": "yes" }))).toEqual(["A01-05", "plan"]);
  });

  test("is negotiated where the criteria end, and rests on a default where the caller does not know (nmg:2.2.1)", () => {
    expect(outcomeOf(nextQuestion(catalogue, "G01", { "G01-1": "no", "G01-2": "no" }))).toEqual(["negotiate", "plan"]);
    expect(outcomeOf(nextQuestion(catalogue, "G01", { "G01-1": "no", "G01-2": "unknown" }))).toEqual([
      "D06-01",
      "default",
    ]);
    const change = { file: "group-questions.csv", from: "D06-01|plan|", to: "D06-01|default|" } as const;
    const proposed = valid(aCatalogue(change));
    expect(outcomeOf(nextQuestion(proposed, "G01", { "G01-1": "no", "G01-2": "yes" }))[1]).toBe("default");
  });

  test("is found by the item, and an unknown group is no error", () => {
    expect(groupsOf(catalogue, "D06-01").map((group) => group.code)).toEqual(["G01"]);
    expect(groupsOf(catalogue, "C01-01")).toEqual([]);
    expect(nextQuestion(catalogue, "G99", {})).toBeNull();
  });

  test("needs no question that the chosen item or the desk's own record answers", () => {
    const group = mustFind("G01");
    expect(impliedAnswers(group, "D06-01", null)).toEqual({ "G01-1": "no" });
    expect(impliedAnswers(group, "A01-05", null)).toEqual({ "G01-1": "yes" });
    expect(impliedAnswers(group, "C01-01", NOTHING_KNOWN)).toEqual({});
    const asked = (subject: MatterGroup["questions"][number]["subject"]): MatterGroup => ({
      ...group,
      questions: group.questions.map((question) => ({ ...question, subject })),
    });
    const yes = { "G01-1": "yes", "G01-2": "yes" };
    const no = { "G01-1": "no", "G01-2": "no" };
    expect(impliedAnswers(asked("whichDesk"), null, NOTHING_KNOWN)).toEqual(yes);
    expect(impliedAnswers(asked("whichDesk"), null, { ...NOTHING_KNOWN, receivedBy: "police" })).toEqual(no);
    expect(impliedAnswers(asked("afterResponse"), null, NOTHING_KNOWN)).toEqual(no);
    expect(impliedAnswers(asked("duringOrder"), null, { ...NOTHING_KNOWN, duringOrder: true })).toEqual(yes);
  });

  test("is told when two parts name it alike and no group holds both", () => {
    const ended = "2026-01-01|2026-06-30";
    const open = aCatalogue({ file: "items.csv", from: ended, to: "2026-01-01|" });
    expect(validateCatalogue(open)).toMatchObject({ ok: false, error: [{ row: 6, code: "TWIN_UNGROUPED" }] });
    const held = { items: ["A01-10" as ItemCode, "D06-01" as ItemCode] };
    const items = catalogue.items.map((item) => ({ ...item, validTo: null }));
    expect(ungroupedTwins(items, [])).toEqual([{ a: "A01-10", b: "D06-01", sameName: true }]);
    expect(ungroupedTwins(items, [held])).toEqual([]);
    expect(ungroupedTwins(catalogue.items, [])).toEqual([]);
  });
});

describe("groups and their questions are refused by file, row and rule", () => {
  const cases: readonly [string, CatalogueFile, string, string, string][] = [
    ["a question of no group", "group-questions.csv", "G01|G01-2", "G02|G02-2", "group-questions.csv:3 GROUP_UNKNOWN"],
    [
      "a question coded for another group",
      "group-questions.csv",
      "G01|G01-2",
      "G01|G02-2",
      "group-questions.csv:3 GROUP_UNKNOWN",
    ],
    ["a group without questions", "groups.csv", "G01|", "G02|", "groups.csv:2 GROUP_EMPTY"],
    ["parts that are not those of its items", "groups.csv", "one four", "one two", "groups.csv:2 GROUP_PARTS_DIFFER"],
    ["an item nobody knows", "groups.csv", "A01-05 D06-01", "A01-05 D06-07", "groups.csv:2 ITEM_UNKNOWN"],
    ["an item that ends", "groups.csv", "A01-05 D06-01", "A01-10 D06-01", "groups.csv:2 ITEM_ENDED"],
    ["a code of no form among the items", "groups.csv", "A01-05 D06-01", "A01-05 D0601", "groups.csv:2 VALUE_UNKNOWN"],
    [
      "an item no answer leads to",
      "groups.csv",
      "A01-05 D06-01",
      "A01-05 B07-02 D06-01",
      "groups.csv:2 GROUP_ITEM_UNREACHED",
    ],
    [
      "an answer that leads nowhere",
      "group-questions.csv",
      "|A01-05|G01-2|",
      "|A01-05||",
      "group-questions.csv:2 CELL_EMPTY",
    ],
    [
      "an answer to a strange question",
      "group-questions.csv",
      "A01-05|G01-2|",
      "A01-05|G01-3|",
      "group-questions.csv:2 QUESTION_UNKNOWN",
    ],
    [
      "an answer to a strange item",
      "group-questions.csv",
      "|D06-01|negotiate",
      "|D06-07|negotiate",
      "group-questions.csv:3 ITEM_UNKNOWN",
    ],
    [
      "an answer to an item that ends",
      "group-questions.csv",
      "|A01-05|G01-2",
      "|A01-10|G01-2",
      "group-questions.csv:2 ITEM_ENDED",
    ],
    [
      "an answer of no form",
      "group-questions.csv",
      "|A01-05|G01-2",
      "|later|G01-2",
      "group-questions.csv:2 CODE_SHAPE",
    ],
    [
      "a question nobody can reach",
      "group-questions.csv",
      "|A01-05|G01-2|",
      "|A01-05|D06-01|",
      "group-questions.csv:3 QUESTION_UNREACHABLE",
    ],
    [
      "a way round and round",
      "group-questions.csv",
      "|D06-01|negotiate|",
      "|D06-01|G01-1|",
      "group-questions.csv:2 QUESTION_LOOP",
    ],
    [
      "a criterion of the plan that is missing",
      "group-questions.csv",
      "nmg:a1.1|路灯|",
      "nmg:a1.1||",
      "group-questions.csv:2 CRITERION_MISSING",
    ],
    [
      "words the clause does not hold",
      "group-questions.csv",
      "井盖缺失…警示标志",
      "井盖…护栏",
      "group-questions.csv:3 CRITERION_NOT_IN_SOURCE",
    ],
    [
      "a source that is no clause of the index",
      "group-questions.csv",
      "nmg:a4.6",
      "nmg:a4.5",
      "group-questions.csv:3 SOURCE_UNKNOWN",
    ],
    [
      "a subject outside the list",
      "group-questions.csv",
      "|condition|",
      "|weather|",
      "group-questions.csv:3 VALUE_UNKNOWN",
    ],
  ];
  test.each(cases)("%s is refused", (_name, file, from, to, expected) => {
    const result = validateCatalogue(aCatalogue({ file, from, to }));
    const found = result.ok ? [] : result.error.map((problem) => `${problem.file}:${problem.row} ${problem.code}`);
    expect(found).toContain(expected);
  });
});

type Tree = {
  readonly code: string;
  readonly yes: Tree | string;
  readonly no: Tree | string;
  readonly unknown: string;
};

const ITEMS = ["A01-05", "B07-02", "C01-01", "D06-01"];

/** Every tree whose leaves are these items in this order, with a number for each question. */
function treeOf(leaves: readonly string[], cut: (most: number) => number, next: () => number): Tree | string {
  if (leaves.length === 1) return leaves[0] ?? "";
  const code = `G01-${next()}`;
  const at = 1 + cut(leaves.length - 1);
  const yes = treeOf(leaves.slice(0, at), cut, next);
  return { code, yes, no: treeOf(leaves.slice(at), cut, next), unknown: "negotiate" };
}

function rowsOf(tree: Tree | string): readonly string[] {
  if (typeof tree === "string") return [];
  const to = (branch: Tree | string): string => (typeof branch === "string" ? branch : branch.code);
  const own = `G01|${tree.code}|condition|要吗？|Is it?|${to(tree.yes)}|${to(tree.no)}|${tree.unknown}|default|nmg:2.1||`;
  return [own, ...rowsOf(tree.yes), ...rowsOf(tree.no)];
}

function withTree(rows: readonly string[]): ReturnType<typeof aCatalogue> {
  const raw = aCatalogue({
    file: "groups.csv",
    from: "one four|A01-05 D06-01",
    to: `one two three four|${ITEMS.join(" ")}`,
  });
  return { ...raw, sheets: { ...raw.sheets, "group-questions.csv": sheetOf("group-questions.csv", rows) } };
}

const trees = fc
  .tuple(fc.shuffledSubarray(ITEMS, { minLength: ITEMS.length }), fc.infiniteStream(fc.nat(1000)))
  .map(([leaves, stream]) => {
    let count = 0;
    const cut = (most: number): number => (stream.next().value ?? 0) % most;
    return rowsOf(treeOf(leaves, cut, () => (count += 1)));
  });

describe("any tree of questions", () => {
  test("leads from every combination of answers to an item or a negotiation, and to every item by yes and no", () => {
    fc.assert(
      fc.property(trees, (rows) => {
        const built = valid(withTree(rows));
        const reached = new Set<string>();
        const walk = (answers: Readonly<Record<string, "yes" | "no" | "unknown">>): void => {
          const step = nextQuestion(built, "G01", answers);
          if (step === null) throw new Error("no group");
          if (step.kind === "outcome") reached.add(step.item);
          else
            for (const answer of ["yes", "no", "unknown"] as const) walk({ ...answers, [step.question.code]: answer });
        };
        walk({});
        expect([...reached].toSorted()).toEqual([...ITEMS, "negotiate"].toSorted());
      }),
      { numRuns: 40 },
    );
  });

  test("is refused as soon as one item is cut off", () => {
    fc.assert(
      fc.property(trees, fc.constantFrom(...ITEMS), (rows, lost) => {
        const cut = rows.map((row) => row.replace(`|${lost}|`, "|negotiate|"));
        const result = validateCatalogue(withTree(cut));
        expect(result).toMatchObject({ ok: false, error: [{ code: "GROUP_ITEM_UNREACHED", detail: lost }] });
      }),
      { numRuns: 40 },
    );
  });
});
