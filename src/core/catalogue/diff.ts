import type { Catalogue } from "./catalogue.ts";

/** One difference of two versions, by the code of the row. `fields` names what changed; empty for a row added or removed. */
export type CatalogueChange = {
  readonly list: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: "added" | "removed" | "ended" | "changed";
  readonly fields: readonly { readonly field: string; readonly from: string; readonly to: string }[];
  /** Code of the document that allows it; null = none is named. */
  readonly document: string | null;
};

type Row = Readonly<Record<string, unknown>> & { readonly code: string };

/**
 * What differs between two versions, row by row: sorted by list as in the catalogue, then by code. A row that got its last day
 * is `ended`, not changed. Equal catalogues give an empty list. @req REQ-20
 */
export function diffCatalogues(from: Catalogue, to: Catalogue): readonly CatalogueChange[] {
  const [before, after] = [rowsOf(from), rowsOf(to)];
  return [...after.keys()].flatMap((list) => diffList(list, before.get(list) ?? [], after.get(list) ?? []));
}

function diffList(list: string, before: readonly Row[], after: readonly Row[]): readonly CatalogueChange[] {
  const old = new Map(before.map((row) => [row.code, row]));
  const now = new Map(after.map((row) => [row.code, row]));
  const codes = [...new Set([...old.keys(), ...now.keys()])].toSorted((a, b) => (a < b ? -1 : 1));
  return codes.flatMap((code): readonly CatalogueChange[] => {
    const [left, right] = [old.get(code), now.get(code)];
    const shown = right ?? left;
    if (shown === undefined) return [];
    const fields = left === undefined || right === undefined ? [] : changedFields(left, right);
    const kind = left === undefined ? "added" : right === undefined ? "removed" : kindOf(fields);
    const { document } = shown;
    const change: CatalogueChange = {
      list,
      code,
      nameZh: nameOf(shown, "Zh"),
      nameEn: nameOf(shown, "En"),
      kind,
      document: textOrNull(document),
      fields,
    };
    return kind === "changed" && fields.length === 0 ? [] : [change];
  });
}

/** A row whose only change is its last day, or the document that allows it. */
function kindOf(fields: CatalogueChange["fields"]): "ended" | "changed" {
  const ended = fields.some(({ field, from }) => field === "validTo" && from === "-");
  return ended && fields.every(({ field }) => field === "validTo" || field === "document") ? "ended" : "changed";
}

function changedFields(left: Row, right: Row): CatalogueChange["fields"] {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return names
    .map((field) => ({ field, from: words(left[field]), to: words(right[field]) }))
    .filter(({ from, to }) => from !== to);
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function words(value: unknown): string {
  if (value === null || value === undefined || value === "") return "-";
  return typeof value === "string" ? value : JSON.stringify(sorted(value));
}

/** The same value with its keys in one order: a database gives objects back in another than they were written. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function nameOf(row: Row, language: "Zh" | "En"): string {
  const name = row[`name${language}`] ?? row[`title${language}`] ?? row[`ask${language}`];
  return typeof name === "string" ? name : row.code;
}

function rowsOf(catalogue: Catalogue): ReadonlyMap<string, readonly Row[]> {
  const questions = catalogue.groups.flatMap((group) => group.questions);
  const groups = catalogue.groups.map(({ questions: _questions, ...group }) => group);
  const policies = Object.entries(catalogue.policies).map(([code, policy]) => ({ code, ...policy }));
  const clauses = catalogue.clauses.map(({ key, ...clause }) => ({ code: key, ...clause }));
  return new Map<string, readonly Row[]>([
    ["head", [{ code: "head", ...catalogue.head.document, validFrom: catalogue.head.validFrom }]],
    ["policies", policies],
    ["documents", catalogue.documents],
    ["classes", catalogue.classes],
    ["items", catalogue.items],
    ["groups", groups],
    ["groupQuestions", questions],
    ["channels", catalogue.channels],
    ["exclusions", catalogue.exclusions],
    ["guidanceReasons", catalogue.guidanceReasons],
    ["limits", catalogue.limits],
    ["clockMarks", catalogue.clockMarks],
    ...Object.entries(catalogue.lists),
    ["clauses", clauses],
  ]);
}
