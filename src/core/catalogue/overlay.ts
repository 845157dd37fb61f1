import { err, ok } from "../../kernel/index.ts";
import type { RegionCode, Result } from "../../kernel/index.ts";
import { assemble, collectRows, rowsToCheck } from "./assemble.ts";
import type { ReadFile } from "./assemble.ts";
import type { Catalogue, CatalogueDocument, CatalogueHead, CatalogueItem, Policy } from "./catalogue.ts";
import { crossCheck } from "./cross-check.ts";
import { CATALOGUE_COLUMNS, DOCUMENT_COLUMNS, OVERLAY_FILES } from "./files.ts";
import type { CatalogueFile, OverlaySheets } from "./files.ts";
import { HEAD_FILE } from "./head.ts";
import { documentOf } from "./rows.ts";
import type { Placed } from "./rows.ts";
import { noteDuplicates, readSheet } from "./sheet.ts";
import type { CatalogueProblem, RowReader, Sheet } from "./sheet.ts";
import { checkStandingOrder } from "./standing-order.ts";
import { BASES } from "./vocabulary.ts";

const CHANGES = ["add", "replace", "end"] as const;
/** In the column `document`: the paper this folder itself carries, whose clauses are in the index. */
const OWN = "plan";
const DOCUMENTS = "documents.csv";

/**
 * The rule set of a folder that rests on a base: its own head and policies, and its rows added to, put in place of or ended
 * among those of the base, each by a document that allows it, or by the plan of its own region where the folder carries that. What the base's own region prescribes binds the regions
 * within it; elsewhere the borrowed rows are proposals (`default`, 待会商), for that plan binds nobody there. An ended item
 * or code stays, with its last day, so that it can still be explained. The whole is checked as if it stood alone.
 * Errors: BASE_DIFFERS when `base` is not the version the head names; OVERRIDE_NO_DOCUMENT, OVERRIDE_UNKNOWN (nothing to
 * change), OVERRIDE_EXISTS (nothing to add), OVERRIDE_BASIS (only its own plan's clauses are `plan`), OVERRIDE_GAP,
 * DOCUMENT_UNKNOWN, DOCUMENT_LATER, PART_THREE_ENDED, DANGER_LOST (by a plan's clause urgent and 110's), FILE_UNKNOWN; and all of `validateCatalogue`.
 * @source yn:4.1.1 @source nmg:2.2.5 @req REQ-20 @req REQ-93
 */
export function overlayCatalogue(
  base: Catalogue,
  head: CatalogueHead,
  sheets: OverlaySheets,
): Result<Catalogue, readonly CatalogueProblem[]> {
  if (head.base !== base.head.version) {
    const detail = `${head.base ?? "none"} ${base.head.version}`;
    return err([{ file: HEAD_FILE, row: null, code: "BASE_DIFFERS", detail }]);
  }
  const problems: CatalogueProblem[] = [];
  const bound = isWithin(head.region, base.head.region);
  const inherited = bound ? base : asProposal(base);
  const documents = readDocuments(sheets[DOCUMENTS], problems);
  const known: readonly string[] = [...OVERLAY_FILES, DOCUMENTS];
  for (const file of Object.keys(sheets).filter((name) => !known.includes(name)))
    problems.push({ file, row: null, code: "FILE_UNKNOWN", detail: file });
  const used = new Set<string>();
  const own = ownPlanOf(head, bound);
  const rows = collectRows(readerOver(sheets, { head, own, documents, problems, used }), inherited);
  const differs = policiesThatDiffer(base, head);
  if (bound) problems.push(...differs.flatMap((policy) => againstThePlan(base, policy)));
  problems.push(...dangersLost(base, rows.items));
  crossCheck(rowsToCheck(rows), head, problems, documents);
  problems.push(...checkStandingOrder({ ...base.policies, ...head.policies }));
  if (problems.length > 0)
    return err(problems.map((problem) => (problem.row === 0 ? { ...problem, row: null } : problem)));
  const changed = used.size > 0 || differs.some(({ source }) => !isOfOwnPlan(source, own)) || (bound && base.changed);
  return ok(assemble(rows, head, inherited, documents, changed));
}

/**
 * What a plan's clause names as danger in which 110 acts stays urgent and with 110, whoever agreed on what: no city gives a drowning person to
 * a desk that sends nobody. @source nmg:2.2.1 @source nmg:a3
 */
function dangersLost(base: Catalogue, items: readonly Placed<CatalogueItem>[]): readonly CatalogueProblem[] {
  const dangers = base.items.filter(
    ({ code, urgency, urgencySource, side }) =>
      // Part three has rules of its own (PART_THREE_*, MODE_NOT_OF_PART).
      !code.startsWith("C") && urgency === "urgent" && urgencySource !== "default" && POLICE_ACTS.has(side),
  );
  return dangers.flatMap(({ code }) => {
    const now = items.find(({ row }) => row.code === code);
    if (now === undefined || now.line === 0) return [];
    const { urgency, side, validTo } = now.row;
    if (urgency === "urgent" && POLICE_ACTS.has(side) && validTo === null) return [];
    return [{ file: "items.csv", row: now.line, code: "DANGER_LOST", detail: `${code} ${side} ${urgency}` } as const];
  });
}

const POLICE_ACTS: ReadonlySet<CatalogueItem["side"]> = new Set(["police", "both"] as const);

/** The regions whose own plans are in the index of clauses, by the first part of their keys. */
const PLAN_REGIONS: Readonly<Record<string, string>> = { nmg: "150000", yn: "530000" };

/**
 * The key of the plan a folder itself carries: that of its own region, over a base of another one. null = it carries none, and whatever it
 * changes needs a paper and both signatures. @req REQ-20
 */
function ownPlanOf({ id, region }: CatalogueHead, bound: boolean): string | null {
  const key = id.split("-")[0] ?? "";
  return !bound && PLAN_REGIONS[key] === region ? key : null;
}

/** What the folder's own plan says, is silent of (null) or leaves to a proposal needs nobody's signature; every other value does. */
function isOfOwnPlan(source: string | null, own: string | null): boolean {
  return own !== null && (source === null || source === "default" || source.startsWith(`${own}:`));
}

type NamedPolicy = { readonly name: string; readonly source: string | null };

/** Policies to which the folder gives another value than its base has. */
function policiesThatDiffer(base: Catalogue, { policies }: CatalogueHead): readonly NamedPolicy[] {
  const before: Readonly<Record<string, Policy<unknown>>> = base.policies;
  return Object.entries(policies).flatMap(([name, policy]: [string, Policy<unknown>]): readonly NamedPolicy[] => {
    const same = JSON.stringify(policy?.value ?? null) === JSON.stringify(before[name]?.value ?? null);
    return same ? [] : [{ name, source: policy?.source ?? null }];
  });
}

/** A plan binds the divisions within its own: its clauses carry no other value than they print. @source nmg:2.2.5 */
function againstThePlan({ clauses }: Catalogue, { name, source }: NamedPolicy): readonly CatalogueProblem[] {
  if (source !== null && !clauses.some(({ key }) => key === source)) return [];
  return [{ file: HEAD_FILE, row: null, code: "OVERRIDE_NO_DOCUMENT", detail: `policies.${name}` }];
}

/** Whether a division lies in another: codes end in zeros where they are wider. */
function isWithin(region: RegionCode, wider: RegionCode): boolean {
  return region.startsWith(wider.replace(/(00)+$/, ""));
}

/** Every row of another region's plan as what it is here: a proposal. */
function asProposal(base: Catalogue): Catalogue {
  const proposed = <T extends { readonly basis: unknown }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, basis: "default" as const }));
  const { lists } = base;
  return {
    ...base,
    items: proposed(base.items),
    groups: base.groups.map((group) => ({ ...group, questions: proposed(group.questions) })),
    lists: {
      requestKinds: proposed(lists.requestKinds),
      fields: proposed(lists.fields),
      requesterTypes: proposed(lists.requesterTypes),
      returnReasons: proposed(lists.returnReasons),
      withdrawReasons: proposed(lists.withdrawReasons),
      resolutions: proposed(lists.resolutions),
      unitKinds: proposed(lists.unitKinds),
    },
    channels: proposed(base.channels),
    exclusions: proposed(base.exclusions),
    guidanceReasons: proposed(base.guidanceReasons),
    limits: proposed(base.limits),
    clockMarks: proposed(base.clockMarks),
  };
}

function readDocuments(sheet: Sheet | undefined, problems: CatalogueProblem[]): readonly CatalogueDocument[] {
  if (sheet === undefined) return [];
  noteDuplicates({ ...sheet, file: DOCUMENTS }, "code", problems);
  return readSheet({ ...sheet, file: DOCUMENTS }, DOCUMENT_COLUMNS, problems, documentOf);
}

type Overlay = {
  readonly head: CatalogueHead;
  /** Key of the plan the folder carries; null = none. */
  readonly own: string | null;
  readonly documents: readonly CatalogueDocument[];
  readonly problems: CatalogueProblem[];
  /** Papers by which rows were changed. */
  readonly used: Set<string>;
};

/** Rows of the base keep line 0: what is wrong with them has no line here. */
function readerOver(sheets: OverlaySheets, overlay: Overlay): ReadFile {
  return <T extends object>(file: CatalogueFile, make: (row: RowReader) => T, base: readonly T[]) => {
    const rows = base.map((row): Placed<T> => ({ line: 0, row }));
    const sheet = sheets[file];
    if (sheet === undefined || !OVERLAY_FILES.some((name) => name === file)) return rows;
    noteDuplicates({ ...sheet, file }, "code", overlay.problems);
    const own: readonly string[] = CATALOGUE_COLUMNS[file];
    const columns = ["change", "document", ...own, ...(own.includes("valid_to") ? [] : ["valid_to"])];
    readSheet({ ...sheet, file }, columns, overlay.problems, (row) => applyRow(row, rows, make, overlay));
    return rows;
  };
}

function applyRow<T extends object>(
  row: RowReader,
  rows: Placed<T>[],
  make: (row: RowReader) => T,
  overlay: Overlay,
): void {
  const change = row.oneOf("change", CHANGES);
  const code = row.text("code");
  const at = rows.findIndex((placed) => "code" in placed.row && placed.row.code === code);
  if (change === "add" ? at >= 0 : at < 0) row.problem(change === "add" ? "OVERRIDE_EXISTS" : "OVERRIDE_UNKNOWN", code);
  checkDocument(row, overlay);
  if (change === "end") {
    const validTo = row.day("valid_to");
    const ended = rows[at];
    if (ended === undefined) return;
    // What has no period of its own is taken out: the version that held it still explains it.
    if ("validTo" in ended.row) rows[at] = { line: row.line, row: { ...ended.row, validTo } };
    else rows.splice(at, 1);
    return;
  }
  checkBasis(row, overlay);
  if (change === "replace" && (row.optional("valid_from") ?? "") > overlay.head.validFrom)
    row.problem(
      "OVERRIDE_GAP",
      `${code}: valid_from ${row.optional("valid_from")}, catalogue.yaml valid_from ${overlay.head.validFrom}`,
    );
  const placed = { line: row.line, row: make(row) };
  if (at < 0) rows.push(placed);
  else rows[at] = placed;
}

function checkDocument(row: RowReader, { head, own, documents, used }: Overlay): void {
  const code = row.optional("document");
  if (code === null || (code === OWN && own === null)) row.problem("OVERRIDE_NO_DOCUMENT", row.text("code"));
  if (code === null || code === OWN) return;
  used.add(code);
  const document = documents.find((known) => known.code === code);
  if (document === undefined) row.problem("DOCUMENT_UNKNOWN", code);
  else if (document.issuedOn > (row.optional("valid_from") ?? head.validFrom))
    row.problem("DOCUMENT_LATER", `${code} ${document.issuedOn}`);
}

/** `plan` is what the folder's own plan says in a clause of its own; all else is agreed, or proposed. */
function checkBasis(row: RowReader, { own }: Overlay): void {
  const ownClause = own !== null && row.has("source") && row.text("source").startsWith(`${own}:`);
  if (!row.has("basis")) {
    // A sheet that has no basis has a clause at most: by the plan it is changed only where that says so.
    if (row.optional("document") === OWN && row.has("source") && !ownClause)
      row.problem("OVERRIDE_BASIS", row.text("source"));
    return;
  }
  const isPlan = row.oneOf("basis", BASES) === "plan";
  if (isPlan !== (row.optional("document") === OWN) || (isPlan && !ownClause))
    row.problem("OVERRIDE_BASIS", `${row.text("basis")} ${row.text("source")}`);
}
