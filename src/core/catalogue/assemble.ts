import type {
  Catalogue,
  CatalogueDocument,
  CatalogueHead,
  Channel,
  CodeEntry,
  CodeLists,
  GuidanceReason,
  Policies,
} from "./catalogue.ts";
import { LIST_FILES } from "./files.ts";
import type { CatalogueFile } from "./files.ts";
import { limitOf, markOf } from "./limits.ts";
import { channelOf, classOf, clauseOf, entryOf, exclusionOf, groupOf, guidanceOf, itemOf, questionOf } from "./rows.ts";
import type { Placed, QuestionRow, ReadRows } from "./rows.ts";
import type { RowReader } from "./sheet.ts";

/** Reads one sheet; `inherited` are the rows it changes, [] for a catalogue that stands alone. */
export type ReadFile = <T extends object>(
  file: CatalogueFile,
  make: (row: RowReader) => T,
  inherited: readonly T[],
) => readonly Placed<T>[];

/** All rows of a catalogue with the line each stands in. */
export type PlacedRows = Pick<
  ReadRows,
  "clauses" | "classes" | "items" | "groups" | "questions" | "guidanceReasons" | "exclusions" | "limits" | "clockMarks"
> & {
  readonly channels: readonly Placed<Channel>[];
  readonly lists: Readonly<Record<keyof CodeLists, readonly Placed<CodeEntry>[]>>;
};

/** Reads every sheet, each over the rows it inherits from `base`. */
export function collectRows(read: ReadFile, base: Catalogue | null): PlacedRows {
  const list = (name: keyof CodeLists): readonly Placed<CodeEntry>[] =>
    read(LIST_FILES[name], entryOf, base?.lists[name] ?? []);
  const groups = base?.groups ?? [];
  return {
    clauses: read("clauses.csv", clauseOf, base?.clauses ?? []),
    classes: read("classes.csv", classOf, base?.classes ?? []),
    items: read("items.csv", itemOf, base?.items ?? []),
    groups: read(
      "groups.csv",
      groupOf,
      groups.map(({ questions: _questions, ...group }) => group),
    ),
    questions: read(
      "group-questions.csv",
      questionOf,
      groups.flatMap((group) => group.questions.map((question) => ({ ...question, groupCode: group.code }))),
    ),
    channels: read("channels.csv", channelOf, base?.channels ?? []),
    exclusions: read("exclusions.csv", exclusionOf, base?.exclusions ?? []),
    guidanceReasons: read("guidance-reasons.csv", guidanceOf, base?.guidanceReasons ?? []),
    limits: read("limits.csv", limitOf, base?.limits ?? []),
    clockMarks: read("clock-marks.csv", markOf, base?.clockMarks ?? []),
    lists: {
      requestKinds: list("requestKinds"),
      fields: list("fields"),
      requesterTypes: list("requesterTypes"),
      returnReasons: list("returnReasons"),
      withdrawReasons: list("withdrawReasons"),
      resolutions: list("resolutions"),
      unitKinds: list("unitKinds"),
    },
  };
}

/** The rows as the rules over several sheets look at them. */
export function rowsToCheck(rows: PlacedRows): ReadRows {
  const lists = Object.entries(LIST_FILES).map(
    ([name, file]): readonly [CatalogueFile, readonly Placed<CodeEntry>[]] => [file, rows.lists[parseListName(name)]],
  );
  return {
    ...rows,
    unitKinds: rows.lists.unitKinds,
    requestKinds: rows.lists.requestKinds,
    coded: [
      ["channels.csv", rows.channels],
      ["exclusions.csv", rows.exclusions],
      ["guidance-reasons.csv", rows.guidanceReasons],
      ...lists,
    ],
  };
}

/** The catalogue these rows make; they were checked. `documents` = those of its base and those that allow changed rows; `changed` = it departs from what binds it. */
export function assemble(
  rows: PlacedRows,
  head: CatalogueHead,
  base: Catalogue | null,
  documents: readonly CatalogueDocument[],
  changed = false,
): Catalogue {
  const { lists } = rows;
  return {
    head,
    policies: { ...(base?.policies ?? SILENT), ...head.policies },
    documents: [...(base?.documents ?? []), { code: head.id, ...head.document }, ...documents],
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
    guidanceReasons: plain<GuidanceReason>(rows.guidanceReasons),
    limits: plain(rows.limits),
    clockMarks: plain(rows.clockMarks),
    changed,
  };
}

function questionsOf(group: string, rows: readonly Placed<QuestionRow>[]): Catalogue["groups"][number]["questions"] {
  return rows
    .filter(({ row }) => row.groupCode === group)
    .map(({ row: { groupCode: _group, ...question } }) => question);
}

function plain<T>(rows: readonly Placed<T>[]): readonly T[] {
  return rows.map(({ row }) => row);
}

/** The keys of LIST_FILES are the names of the lists. */
function parseListName(name: string): keyof CodeLists {
  return name as keyof CodeLists;
}

/** A plan that says nothing of any point. */
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
  dutyArbiter: null,
  pauseDays: null,
  pauseRemindDays: null,
  awaitDays: null,
  awaitTimes: null,
  handOverReceiptMinutes: null,
  handOverAnswerMinutes: null,
  handOverAnswerAtSenderMinutes: null,
  returnDecideMinutes: null,
  negotiationMinutes: null,
  arbiterMinutes: null,
  arbiterRepeatMinutes: null,
  acceptConfirmMinutes: null,
  answerOwedMinutes: null,
  consultationTimes: null,
  consultationDays: null,
};
