import type { CodeLists } from "./catalogue.ts";
import type { Sheet } from "./sheet.ts";

/** Names of all sheets a catalogue folder must hold. */
export const CATALOGUE_FILES = [
  "clauses.csv",
  "classes.csv",
  "items.csv",
  "groups.csv",
  "group-questions.csv",
  "channels.csv",
  "exclusions.csv",
  "guidance-reasons.csv",
  "request-kinds.csv",
  "fields.csv",
  "requester-types.csv",
  "return-reasons.csv",
  "withdraw-reasons.csv",
  "resolutions.csv",
  "unit-kinds.csv",
  "limits.csv",
  "clock-marks.csv",
] as const;

export type CatalogueFile = (typeof CATALOGUE_FILES)[number];

/** The columns of each sheet, in the order an official sees them. */
export const CATALOGUE_COLUMNS = {
  "clauses.csv": ["key", "title_zh", "title_en", "reqs", "text_zh"],
  "classes.csv": ["code", "part", "name_zh", "name_en", "list", "source"],
  "items.csv": [
    "code",
    "class_code",
    "class_name_zh",
    "class_name_en",
    "name_zh",
    "name_en",
    "initials",
    "condition_zh",
    "note_zh",
    "side",
    "mode",
    "urgency",
    "urgency_source",
    "basis",
    "source",
    "default_unit_kind",
    "default_police_unit_kind",
    "valid_from",
    "valid_to",
  ],
  "groups.csv": ["code", "name_zh", "name_en", "parts", "items", "note_zh"],
  "group-questions.csv": [
    "group_code",
    "code",
    "about",
    "ask_zh",
    "ask_en",
    "if_yes",
    "if_no",
    "if_unknown",
    "basis",
    "source",
    "criterion_zh",
    "note_zh",
  ],
  "channels.csv": ["code", "name_zh", "name_en", "side", "voice", "online", "source", "basis"],
  "exclusions.csv": ["code", "item_code", "name_zh", "name_en", "binds", "needs_legal_eye", "source", "basis"],
  "guidance-reasons.csv": ["code", "name_zh", "name_en", "point_to_zh", "point_to_en", "source", "basis"],
  "request-kinds.csv": ["code", "name_zh", "name_en", "side", "source", "basis"],
  "fields.csv": ["code", "name_zh", "name_en", "source", "basis"],
  "requester-types.csv": ["code", "name_zh", "name_en", "source", "basis"],
  "return-reasons.csv": ["code", "name_zh", "name_en", "source", "basis"],
  "withdraw-reasons.csv": ["code", "name_zh", "name_en", "source", "basis"],
  "resolutions.csv": ["code", "name_zh", "name_en", "side", "source", "basis"],
  "unit-kinds.csv": ["code", "name_zh", "name_en", "side", "source", "basis"],
  "limits.csv": [
    "code",
    "stage",
    "urgency",
    "order_kind",
    "item_code",
    "class_code",
    "request_kind",
    "amount",
    "unit",
    "hours",
    "pausable",
    "extension_max",
    "give_back_minutes",
    "marks",
    "note_zh",
    "source",
    "basis",
    "valid_from",
    "valid_to",
  ],
  "clock-marks.csv": ["code", "profile", "mark", "minutes", "audience", "source", "basis"],
} as const satisfies Readonly<Record<CatalogueFile, readonly string[]>>;

/** Sheets a folder that rests on a base may hold: clauses are what was printed and are never changed. */
export const OVERLAY_FILES: readonly CatalogueFile[] = CATALOGUE_FILES.filter((file) => file !== "clauses.csv");

/** Columns of documents.csv: the papers that allow changed rows. */
export const DOCUMENT_COLUMNS = ["code", "title_zh", "title_en", "number", "issuer", "issued_on"] as const;

/** The sheets of a folder that rests on a base, by file name; nothing checked. */
export type OverlaySheets = Readonly<Record<string, Sheet | undefined>>;

/** Which sheet each plain code list is kept in. */
export const LIST_FILES = {
  requestKinds: "request-kinds.csv",
  fields: "fields.csv",
  requesterTypes: "requester-types.csv",
  returnReasons: "return-reasons.csv",
  withdrawReasons: "withdraw-reasons.csv",
  resolutions: "resolutions.csv",
  unitKinds: "unit-kinds.csv",
} as const satisfies Readonly<Record<keyof CodeLists, CatalogueFile>>;

/** A catalogue folder as read, nothing checked: the head (any shape) and the sheets that were there. */
export type RawCatalogue = {
  readonly head: unknown;
  readonly sheets: Readonly<Partial<Record<CatalogueFile, Sheet>>>;
};
