import { err, ok } from "../../kernel/index.ts";
import type { ItemCode, Result } from "../../kernel/index.ts";
import { CATALOGUE_COLUMNS, DOCUMENT_COLUMNS, findItem } from "../catalogue/index.ts";
import type { Catalogue, CatalogueItem, CatalogueMode, Day } from "../catalogue/index.ts";

/** Whose a matter is from now on, as both sides decided it. @req REQ-36 */
export const DECIDED_SIDES = ["hotline", "police"] as const;

export type Decision = {
  readonly item: ItemCode;
  readonly side: (typeof DECIDED_SIDES)[number];
  /** How it is handled, as it was put down: read to whoever asks why. */
  readonly rule: string;
  /** Kind of unit that acts; null = as the row has it. */
  readonly unitKind: string | null;
  /** The minutes (会商纪要): the paper that allows the row. */
  readonly minutes: {
    readonly titleZh: string;
    readonly titleEn: string;
    readonly number: string;
    readonly issuer: string;
    readonly heldOn: Day;
  };
  /** First day on which the row may be judged by; not before the meeting. */
  readonly validFrom: Day;
};

/** What a decision rests on: the rules in force, the files of their own folder (empty where they rest on no base), the region of this node. */
export type Ground = {
  readonly current: Catalogue;
  readonly files: ReadonlyMap<string, string>;
  readonly region: string;
  /** Numbers of this folder that are taken, drafts too. */
  readonly taken: (id: string) => number;
};

export type DecisionRefusal =
  | { readonly code: "ITEM_UNKNOWN"; readonly item: string }
  /** The city's own sheet was written by hand in another form: its rows are added there. */
  | { readonly code: "SHEET_BY_HAND"; readonly file: string };

/** The id of the folder that a city's own decisions stand in while it has written none by hand. */
export function cityFolder(region: string): string {
  return `city-${region}`;
}

const ITEMS = "items.csv";
const DOCUMENTS = "documents.csv";
const ITEM_HEAD = ["change", "document", ...CATALOGUE_COLUMNS[ITEMS]];

const MODES = { hotline: "hotlineHandles", police: "policeHandles" } as const satisfies Record<
  Decision["side"],
  CatalogueMode
>;

/** Beginning of the name by which a row names the minutes it rests on. */
const MINUTES = "minutes-";

/** Whether a row rests on the minutes of a consultation. */
export function isMinutes(document: string | null): boolean {
  return document?.startsWith(MINUTES) === true;
}

/**
 * The next version of the region's own folder with the row that a decision proposes, in the form of an overlay: the row stands in place of the
 * one in force, with the basis `agreement` and the minutes as the document that allows it; all other rows stay. It takes effect only when
 * both desks have signed it, and is checked as any folder is. Errors: ITEM_UNKNOWN, SHEET_BY_HAND.
 * @source nmg:2.2.4 @source yn:3.4 @req REQ-20 @req REQ-36
 */
export function proposedFiles(
  decision: Decision,
  { current, files, region, taken }: Ground,
): Result<{ readonly version: string; readonly files: ReadonlyMap<string, string> }, DecisionRefusal> {
  const item = findItem(current, decision.item);
  if (item === null) return err({ code: "ITEM_UNKNOWN", item: decision.item });
  const own = current.head.base !== null && current.head.region === region;
  const id = own ? current.head.id : cityFolder(region);
  const paper = `${MINUTES}${decision.minutes.heldOn.replaceAll("-", "")}-${decision.item.toLowerCase()}`;
  const { titleZh, titleEn, number, issuer, heldOn } = decision.minutes;
  const before = own ? files : new Map<string, string>();
  const papers = withRow(before.get(DOCUMENTS), DOCUMENTS, DOCUMENT_COLUMNS, 0, [
    paper,
    titleZh,
    titleEn,
    number,
    issuer,
    heldOn,
  ]);
  const rows = withRow(before.get(ITEMS), ITEMS, ITEM_HEAD, 2, rowOf(item, decision, paper));
  if (!papers.ok) return papers;
  if (!rows.ok) return rows;
  const version = `${id}@${taken(id) + 1}`;
  const { policies, milestones } = own ? headOf(current) : { policies: {}, milestones: [] };
  const head = {
    id,
    version,
    base: own ? current.head.base : current.head.version,
    region,
    // Each row names its own paper; what the city's folder itself rests on stays.
    document: own ? current.head.document : { titleZh, titleEn, number, issuer, issuedOn: heldOn },
    // Not before a row that stands in it already, or that matter would have no row until then.
    validFrom: own && current.head.validFrom > decision.validFrom ? current.head.validFrom : decision.validFrom,
    policies,
    milestones,
  };
  const kept = [...before].filter(([name]) => name !== ITEMS && name !== DOCUMENTS);
  // A mapping in braces is YAML as well.
  const written: readonly (readonly [string, string])[] = [
    ["catalogue.yaml", `${JSON.stringify(head, null, 2)}\n`],
    [DOCUMENTS, papers.value],
    [ITEMS, rows.value],
  ];
  return ok({ version, files: new Map([...kept, ...written]) });
}

function headOf({ head }: Catalogue) {
  return { policies: head.policies, milestones: head.milestones };
}

/** The row in force with another owner: the danger it may bear stays as it is. */
function rowOf(item: CatalogueItem, { side, rule, unitKind, validFrom }: Decision, paper: string): readonly string[] {
  // The other half keeps its kind, so that a later decision can turn back.
  const hotline = side === "hotline" ? (unitKind ?? item.defaultUnitKind) : item.defaultUnitKind;
  const police = side === "police" ? (unitKind ?? item.defaultPoliceUnitKind) : item.defaultPoliceUnitKind;
  const cells: Readonly<Record<(typeof CATALOGUE_COLUMNS)["items.csv"][number], string>> = {
    code: item.code,
    class_code: item.classCode,
    class_name_zh: item.classNameZh,
    class_name_en: item.classNameEn,
    name_zh: item.nameZh,
    name_en: item.nameEn,
    initials: item.initials,
    condition_zh: rule,
    note_zh: "",
    side,
    mode: MODES[side],
    urgency: item.urgency,
    urgency_source: item.urgencySource ?? "",
    basis: "agreement",
    source: item.source,
    default_unit_kind: hotline ?? "",
    default_police_unit_kind: police ?? "",
    valid_from: validFrom,
    valid_to: "",
  };
  return ["replace", paper, ...CATALOGUE_COLUMNS[ITEMS].map((column) => cells[column])];
}

/** A sheet with one row put in place of that with the same code (in column `at`), or added; its first line is that of the form. */
function withRow(
  sheet: string | undefined,
  file: string,
  columns: readonly string[],
  at: number,
  row: readonly string[],
): Result<string, DecisionRefusal> {
  const lines = (sheet ?? `${columns.join(",")}\n`)
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "");
  const [head, ...rest] = lines;
  // Cells before the code are codes too: none of them is ever quoted. A quoted line break stands in no sheet that was written here.
  if (head !== columns.join(",") || rest.some((line) => (line.split('"').length - 1) % 2 === 1))
    return err({ code: "SHEET_BY_HAND", file });
  const same = rest.find((line) => line.split(",")[at] === row[at]);
  // What was added to the base stays an addition.
  const change = at === 2 && same?.startsWith("add,") === true ? ["add", ...row.slice(1)] : row;
  const others = rest.filter((line) => line !== same);
  return ok(`\uFEFF${[head, ...others, change.map(cellOf).join(",")].join("\r\n")}\r\n`);
}

/** A cell as a spreadsheet reads it; blanks at its ends and line breaks are none of a sheet. */
function cellOf(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
