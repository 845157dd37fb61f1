import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import type { Catalogue, CatalogueHead, CodeEntry, Policies } from "./catalogue.ts";
import { crossCheck } from "./cross-check.ts";
import { CATALOGUE_COLUMNS, CATALOGUE_FILES, LIST_FILES } from "./files.ts";
import type { CatalogueFile, RawCatalogue } from "./files.ts";
import type { GroupQuestion } from "./group.ts";
import { HEAD_FILE, parseHead } from "./head.ts";
import { channelOf, classOf, clauseOf, entryOf, exclusionOf, groupOf, guidanceOf, itemOf, questionOf } from "./rows.ts";
import type { Placed, QuestionRow } from "./rows.ts";
import { noteDuplicates, readSheet } from "./sheet.ts";
import type { CatalogueProblem, RowReader } from "./sheet.ts";

/**
 * Decides whether a folder of sheets is a catalogue we may judge by. Every problem names file, row (line of the sheet) and
 * rule; all are found in one pass (rules over several sheets only once every sheet is there). A head with a `base` is
 * refused here (BASE_DIFFERS): read the base and use `overlayHead`.
 * @req REQ-08 @req REQ-20
 */
export function validateCatalogue(raw: RawCatalogue): Result<Catalogue, readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  const head = parseHead(raw.head);
  problems.push(...(head.ok ? standsAlone(head.value) : head.error));
  const read = readerOfSheets(raw, problems);
  const rows = {
    clauses: read("clauses.csv", clauseOf),
    classes: read("classes.csv", classOf),
    items: read("items.csv", itemOf),
    groups: read("groups.csv", groupOf),
    questions: read("group-questions.csv", questionOf),
    channels: read("channels.csv", channelOf),
    exclusions: read("exclusions.csv", exclusionOf),
    guidanceReasons: read("guidance-reasons.csv", guidanceOf),
  };
  const lists = {
    requestKinds: read(LIST_FILES.requestKinds, entryOf),
    fields: read(LIST_FILES.fields, entryOf),
    requesterTypes: read(LIST_FILES.requesterTypes, entryOf),
    returnReasons: read(LIST_FILES.returnReasons, entryOf),
    withdrawReasons: read(LIST_FILES.withdrawReasons, entryOf),
    resolutions: read(LIST_FILES.resolutions, entryOf),
    unitKinds: read(LIST_FILES.unitKinds, entryOf),
  };
  if (CATALOGUE_FILES.every((file) => raw.sheets[file] !== undefined)) {
    crossCheck(
      { ...rows, unitKinds: lists.unitKinds, coded: codedOf(rows, lists) },
      head.ok ? head.value : null,
      problems,
    );
  }
  if (!head.ok || problems.length > 0) return err(problems);
  return ok({
    head: head.value,
    policies: { ...SILENT, ...head.value.policies },
    clauses: plain(rows.clauses),
    classes: plain(rows.classes),
    items: plain(rows.items),
    groups: plain(rows.groups).map((group) => ({ ...group, questions: questionsOf(group.code, rows.questions) })),
    lists: {
      requestKinds: plain(lists.requestKinds),
      fields: plain(lists.fields),
      requesterTypes: plain(lists.requesterTypes),
      returnReasons: plain(lists.returnReasons),
      withdrawReasons: plain(lists.withdrawReasons),
      resolutions: plain(lists.resolutions),
      unitKinds: plain(lists.unitKinds),
    },
    channels: plain(rows.channels),
    exclusions: plain(rows.exclusions),
    guidanceReasons: plain(rows.guidanceReasons),
  });
}

const SILENT: Policies = {
  matterList: null,
  policeFirstWhen: null,
  onlineForward: null,
  jointConference: null,
  assessment: null,
  answerRateMergeBelow: null,
  answerRateTarget: null,
  eventNotice: null,
  dutyPhoneDirectory: null,
  bulkUse: null,
  hotlineMergeWhen: null,
  threeWayCall: null,
  stabilityPush: null,
  onSiteHandling: null,
  seatSupportBy: null,
  staffExchange: null,
  sharingWays: null,
  exclusionList: null,
  knowledgeBase: null,
  expertBase: null,
  intelligentMeans: null,
  measureDeadlines: null,
  dutyUnits: null,
};

type Coded = readonly Placed<CodeEntry>[];

function codedOf(
  rows: { readonly channels: Coded; readonly exclusions: Coded; readonly guidanceReasons: Coded },
  lists: Readonly<Record<keyof typeof LIST_FILES, Coded>>,
): readonly (readonly [CatalogueFile, Coded])[] {
  return [
    ["channels.csv", rows.channels],
    ["exclusions.csv", rows.exclusions],
    ["guidance-reasons.csv", rows.guidanceReasons],
    [LIST_FILES.requestKinds, lists.requestKinds],
    [LIST_FILES.fields, lists.fields],
    [LIST_FILES.requesterTypes, lists.requesterTypes],
    [LIST_FILES.returnReasons, lists.returnReasons],
    [LIST_FILES.withdrawReasons, lists.withdrawReasons],
    [LIST_FILES.resolutions, lists.resolutions],
    [LIST_FILES.unitKinds, lists.unitKinds],
  ];
}

function standsAlone(head: CatalogueHead): readonly CatalogueProblem[] {
  return head.base === null ? [] : [{ file: HEAD_FILE, row: null, code: "BASE_DIFFERS", detail: head.base }];
}

function questionsOf(group: string, rows: readonly Placed<QuestionRow>[]): readonly GroupQuestion[] {
  return rows
    .filter(({ row }) => row.groupCode === group)
    .map(({ row: { groupCode: _group, ...question } }) => question);
}

function plain<T>(rows: readonly Placed<T>[]): readonly T[] {
  return rows.map(({ row }) => row);
}

type ReadFile = <T>(file: CatalogueFile, make: (row: RowReader) => T) => readonly Placed<T>[];

function readerOfSheets(raw: RawCatalogue, problems: CatalogueProblem[]): ReadFile {
  for (const file of CATALOGUE_FILES) {
    if (raw.sheets[file] === undefined) problems.push({ file, row: null, code: "FILE_MISSING", detail: file });
  }
  return (file, make) => {
    const sheet = raw.sheets[file];
    if (sheet === undefined) return [];
    noteDuplicates({ ...sheet, file }, file === "clauses.csv" ? "key" : "code", problems);
    return readSheet({ ...sheet, file }, CATALOGUE_COLUMNS[file], problems, (row) => ({
      line: row.line,
      row: make(row),
    }));
  };
}
