import type { CatalogueItem, Clause } from "./catalogue.ts";
import { isQuestionCode, NEGOTIATE } from "./group.ts";
import type { AnswerTarget, MatterGroup } from "./group.ts";
import { leavesFrom } from "./next-question.ts";
import type { Placed, QuestionRow } from "./rows.ts";
import { ungroupedTwins } from "./twins.ts";
import type { CatalogueProblemCode } from "./sheet.ts";

type Note = (file: string, line: number | null, code: CatalogueProblemCode, detail: string) => void;

/** What the rules about groups look at. */
export type GroupRows = {
  readonly groups: readonly Placed<Omit<MatterGroup, "questions">>[];
  readonly questions: readonly Placed<QuestionRow>[];
  readonly items: readonly Placed<CatalogueItem>[];
  readonly clauses: readonly Placed<Clause>[];
};

const GROUPS = "groups.csv";
const QUESTIONS = "group-questions.csv";

/**
 * Rules about matters that stand in several parts: each group's questions form a tree in which every answer leads on, every
 * way ends in an item that exists or in a negotiation, no question stands aside and every item of the group is reached by
 * yes and no. A criterion said to be the plan's stands word by word in its clause. @source nmg:a @req REQ-94
 */
export function checkGroups(rows: GroupRows, note: Note): void {
  const items = new Map<string, CatalogueItem>(rows.items.map(({ row }) => [row.code, row]));
  const codes = new Set(rows.groups.map(({ row }) => row.code));
  for (const { line, row } of rows.questions) {
    if (!codes.has(row.groupCode)) note(QUESTIONS, line, "GROUP_UNKNOWN", row.groupCode);
    if (!row.code.startsWith(`${row.groupCode}-`))
      note(QUESTIONS, line, "GROUP_UNKNOWN", `${row.groupCode} ${row.code}`);
  }
  checkCriteria(rows, note);
  for (const { line, row } of rows.groups) {
    checkMembers(line, row, items, note);
    const questions = rows.questions.filter((question) => question.row.groupCode === row.code);
    checkTree(line, row, questions, items, note);
  }
  const placed = new Map<string, number>(rows.items.map(({ line, row }) => [row.code, line]));
  const twins = ungroupedTwins(
    rows.items.map(({ row }) => row),
    rows.groups.map(({ row }) => row),
  );
  for (const { a, b, sameName } of twins)
    if (sameName) note("items.csv", placed.get(b) ?? null, "TWIN_UNGROUPED", `${a} ${b}`);
}

function checkMembers(
  line: number,
  group: Omit<MatterGroup, "questions">,
  items: ReadonlyMap<string, CatalogueItem>,
  note: Note,
): void {
  for (const code of group.items) {
    const item = items.get(code);
    if (item === undefined) note(GROUPS, line, "ITEM_UNKNOWN", code);
    else if (item.validTo !== null) note(GROUPS, line, "ITEM_ENDED", code);
  }
  const letters = { A: "one", B: "two", C: "three", D: "four", N: "neither", Z: "negotiate" } as const;
  const parts = Object.entries(letters).flatMap(([letter, part]) =>
    group.items.some((code) => code.startsWith(letter)) ? [part] : [],
  );
  if (parts.join(" ") !== group.parts.join(" "))
    note(GROUPS, line, "GROUP_PARTS_DIFFER", `${group.code} ${parts.join(" ")}`);
}

function checkTree(
  line: number,
  group: Omit<MatterGroup, "questions">,
  placed: readonly Placed<QuestionRow>[],
  items: ReadonlyMap<string, CatalogueItem>,
  note: Note,
): void {
  const root = placed[0]?.row;
  if (root === undefined) {
    note(GROUPS, line, "GROUP_EMPTY", group.code);
    return;
  }
  const questions = placed.map(({ row }) => row);
  const byCode = new Map(placed.map((question) => [question.row.code, question]));
  for (const { line: at, row } of placed) {
    for (const target of Object.values(row.leadsTo)) {
      const item = items.get(target);
      if (target === NEGOTIATE) continue;
      if (isQuestionCode(target)) {
        if (!byCode.has(target)) note(QUESTIONS, at, "QUESTION_UNKNOWN", target);
      } else if (item === undefined) note(QUESTIONS, at, "ITEM_UNKNOWN", target);
      else if (item.validTo !== null) note(QUESTIONS, at, "ITEM_ENDED", target);
    }
  }
  const walked = new Set<string>();
  const looping = walk(root.code, byCode, [], walked);
  if (looping !== null) note(QUESTIONS, byCode.get(looping)?.line ?? null, "QUESTION_LOOP", looping);
  for (const { line: at, row } of placed)
    if (!walked.has(row.code)) note(QUESTIONS, at, "QUESTION_UNREACHABLE", row.code);
  const leaves = leavesFrom({ questions }, root.code);
  for (const code of group.items) if (!leaves.has(code)) note(GROUPS, line, "GROUP_ITEM_UNREACHED", code);
}

/** Marks every question that can be asked; gives one that can be asked again on its own way, or null. */
function walk(
  at: AnswerTarget,
  byCode: ReadonlyMap<string, Placed<QuestionRow>>,
  way: readonly string[],
  walked: Set<string>,
): string | null {
  const question = byCode.get(at)?.row;
  if (question === undefined) return null;
  if (way.includes(at)) return at;
  if (walked.has(at)) return null;
  let found: string | null = null;
  for (const target of Object.values(question.leadsTo)) found ??= walk(target, byCode, [...way, at], walked);
  walked.add(at);
  return found;
}

function checkCriteria({ questions, clauses }: GroupRows, note: Note): void {
  const texts = new Map(clauses.map(({ row }) => [row.key, row.textZh ?? ""]));
  for (const { line, row } of questions) {
    const text = texts.get(row.source);
    if (text === undefined) note(QUESTIONS, line, "SOURCE_UNKNOWN", row.source);
    if (row.basis === "plan" && row.criterionZh === null) note(QUESTIONS, line, "CRITERION_MISSING", row.code);
    const pieces = row.criterionZh?.split("…") ?? [];
    const strange = pieces.find((piece) => text !== undefined && !text.includes(piece));
    if (strange !== undefined && row.basis !== "agreement") note(QUESTIONS, line, "CRITERION_NOT_IN_SOURCE", strange);
  }
}
