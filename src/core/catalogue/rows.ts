import type { ItemCode } from "../../kernel/index.ts";
import { BASES, DESKS, MODES, PARTS, SIDES, URGENCIES } from "./vocabulary.ts";
import type {
  CatalogueClass,
  CatalogueDocument,
  CatalogueItem,
  CatalogueLimit,
  Channel,
  Clause,
  CodeEntry,
  Exclusion,
  GuidanceReason,
  MarkRule,
} from "./catalogue.ts";
import type { CatalogueFile } from "./files.ts";
import { QUESTION_SUBJECTS } from "./group.ts";
import type { GroupQuestion, MatterGroup } from "./group.ts";
import type { RowReader } from "./sheet.ts";

const CODE = /^[a-z][A-Za-z0-9]*$/;
const ITEM = /^[A-DNZ]\d{2}-\d{2}$/;
const CLASS = /^[A-DNZ]\d{2}$/;
const GROUP = /^G\d{2,3}$/;
const QUESTION = /^G\d{2,3}-\d{1,2}$/;
const TARGET = /^(negotiate|G\d{2,3}-\d{1,2}|[A-DNZ]\d{2}-\d{2})$/;
const CLAUSE = /^(nmg|yn):(intro|a|a\.end|a?\d+(\.\d+)*)$/;

/** A row together with its line in the sheet, so that cross-checks can point at it. */
export type Placed<T> = { readonly line: number; readonly row: T };

/** One question together with the group it belongs to. */
export type QuestionRow = GroupQuestion & { readonly groupCode: string };

/** All sheets read, each row with its line. */
export type ReadRows = {
  readonly clauses: readonly Placed<Clause>[];
  readonly classes: readonly Placed<CatalogueClass>[];
  readonly items: readonly Placed<CatalogueItem>[];
  readonly groups: readonly Placed<Omit<MatterGroup, "questions">>[];
  readonly questions: readonly Placed<QuestionRow>[];
  readonly guidanceReasons: readonly Placed<GuidanceReason>[];
  readonly unitKinds: readonly Placed<CodeEntry>[];
  readonly requestKinds: readonly Placed<CodeEntry>[];
  readonly exclusions: readonly Placed<Exclusion>[];
  readonly limits: readonly Placed<CatalogueLimit>[];
  readonly clockMarks: readonly Placed<MarkRule>[];
  /** Every sheet of coded entries, channels, exclusions and guidance reasons among them. */
  readonly coded: readonly (readonly [CatalogueFile, readonly Placed<CodeEntry>[]])[];
};

/** One clause. */
export function clauseOf(row: RowReader): Clause {
  return {
    key: row.shaped("key", CLAUSE),
    titleZh: row.text("title_zh"),
    titleEn: row.text("title_en"),
    textZh: row.optional("text_zh"),
    reqs: row.optional("reqs")?.split(" ") ?? [],
  };
}

/** One class. */
export function classOf(row: RowReader): CatalogueClass {
  return {
    code: row.shaped("code", CLASS),
    part: row.oneOf("part", PARTS),
    nameZh: row.text("name_zh"),
    nameEn: row.text("name_en"),
    list: row.oneOf("list", ["open", "closed"]),
    source: row.text("source"),
    document: documentIn(row),
  };
}

/** One item. */
export function itemOf(row: RowReader): CatalogueItem {
  return {
    code: row.shaped("code", ITEM) as ItemCode,
    classCode: row.shaped("class_code", CLASS),
    classNameZh: row.text("class_name_zh"),
    classNameEn: row.text("class_name_en"),
    nameZh: row.text("name_zh"),
    nameEn: row.text("name_en"),
    initials: row.shaped("initials", /^[a-z0-9]+$/),
    conditionZh: row.optional("condition_zh"),
    noteZh: row.optional("note_zh"),
    side: row.oneOf("side", SIDES),
    mode: row.oneOf("mode", MODES),
    urgency: row.oneOf("urgency", URGENCIES),
    urgencySource: row.optional("urgency_source"),
    basis: row.oneOf("basis", BASES),
    source: row.text("source"),
    defaultUnitKind: row.optional("default_unit_kind"),
    defaultPoliceUnitKind: row.optional("default_police_unit_kind"),
    document: documentIn(row),
    validFrom: row.day("valid_from"),
    validTo: row.optionalDay("valid_to"),
  };
}

/** One group, its questions apart. */
export function groupOf(row: RowReader): Omit<MatterGroup, "questions"> {
  return {
    code: row.shaped("code", GROUP),
    nameZh: row.text("name_zh"),
    nameEn: row.text("name_en"),
    parts: row.several("parts", (word) => PARTS.find((part) => part === word) ?? null),
    items: row.several("items", (word) => (ITEM.test(word) ? (word as ItemCode) : null)),
    noteZh: row.optional("note_zh"),
    document: documentIn(row),
  };
}

/** One question of a group. */
export function questionOf(row: RowReader): QuestionRow {
  return {
    groupCode: row.shaped("group_code", GROUP),
    code: row.shaped("code", QUESTION),
    subject: row.oneOf("about", QUESTION_SUBJECTS),
    askZh: row.text("ask_zh"),
    askEn: row.text("ask_en"),
    leadsTo: {
      yes: row.shaped("if_yes", TARGET),
      no: row.shaped("if_no", TARGET),
      unknown: row.shaped("if_unknown", TARGET),
    },
    basis: row.oneOf("basis", BASES),
    source: row.text("source"),
    criterionZh: row.optional("criterion_zh"),
    noteZh: row.optional("note_zh"),
    document: documentIn(row),
  };
}

/** One entry of a plain code list; without a column for the desk both use it. */
export function entryOf(row: RowReader): CodeEntry {
  return coded(row, CODE, "side");
}

/** One channel. */
export function channelOf(row: RowReader): Channel {
  return { ...coded(row, CODE, "side"), voice: row.yes("voice"), online: row.yes("online") };
}

/** One exclusion. */
export function exclusionOf(row: RowReader): Exclusion {
  return {
    ...coded(row, CODE, "binds"),
    itemCode: row.shaped("item_code", ITEM) as ItemCode,
    needsLegalEye: row.yes("needs_legal_eye"),
  };
}

/** One reason to guide a caller elsewhere. */
export function guidanceOf(row: RowReader): GuidanceReason {
  return { ...coded(row, ITEM, "side"), pointToZh: row.text("point_to_zh"), pointToEn: row.text("point_to_en") };
}

function coded(row: RowReader, shape: RegExp, sideColumn: string): CodeEntry {
  return {
    code: row.shaped("code", shape),
    nameZh: row.text("name_zh"),
    nameEn: row.text("name_en"),
    side: row.optional(sideColumn) === null ? "both" : row.oneOf(sideColumn, DESKS),
    source: row.text("source"),
    basis: row.oneOf("basis", BASES),
    document: documentIn(row),
    validTo: row.optionalDay("valid_to"),
  };
}

/** One document that allows changed rows. Title, issuer and day find it; minutes of a meeting often bear no number. */
export function documentOf(row: RowReader): CatalogueDocument {
  return {
    code: row.shaped("code", /^[a-z][A-Za-z0-9-]*$/),
    titleZh: row.text("title_zh"),
    titleEn: row.text("title_en"),
    number: row.optional("number"),
    issuer: row.text("issuer"),
    issuedOn: row.day("issued_on"),
  };
}

/** The document of a row in a folder that rests on a base; `plan` = the folder's own. Other sheets have no such column. */
export function documentIn(row: RowReader): string | null {
  const code = row.optional("document");
  return code === "plan" ? null : code;
}
