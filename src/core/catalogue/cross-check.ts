import type { CatalogueDocument, CatalogueHead, CatalogueItem } from "./catalogue.ts";
import type { AnnexPart, CatalogueMode, CatalogueSide } from "./vocabulary.ts";
import { checkGroups } from "./group-check.ts";
import { HEAD_FILE } from "./head.ts";
import { checkLimits } from "./limits.ts";
import type { CatalogueProblem, CatalogueProblemCode } from "./sheet.ts";
import type { ReadRows } from "./rows.ts";

/** Handling each part of the annex prescribes; an agreement may depart from it for a row, a plan row may not. */
const MODE_OF_PART = {
  one: "hotlineHandles",
  two: "policeHandles",
  three: "urgentBoth",
  four: "policeFirstThenHotline",
  neither: "guide",
  negotiate: "negotiate",
} as const satisfies Record<AnnexPart, CatalogueMode>;

const SIDE_OF_MODE = {
  hotlineHandles: "hotline",
  policeHandles: "police",
  urgentBoth: "both",
  policeFirstThenHotline: "police",
  guide: "neither",
  negotiate: "negotiate",
} as const satisfies Record<CatalogueMode, CatalogueSide>;

/** The part of the annex is in the letter of a class: no paper gives danger to life (C) another one. @source nmg:a */
const PART_OF_LETTER: Readonly<Record<string, AnnexPart>> = {
  A: "one",
  B: "two",
  C: "three",
  D: "four",
  N: "neither",
  Z: "negotiate",
};

/** Which halves of an item a unit must be proposed for. */
const HALVES = {
  hotlineHandles: { hotline: true, police: false },
  policeHandles: { hotline: false, police: true },
  urgentBoth: { hotline: true, police: true },
  policeFirstThenHotline: { hotline: true, police: true },
  guide: { hotline: false, police: false },
  negotiate: { hotline: false, police: false },
} as const satisfies Record<CatalogueMode, { hotline: boolean; police: boolean }>;

/** Exclusions that are a judgement of law, never of a machine, whatever a folder says. @source nmg:2.1 @req REQ-06 */
const LEGAL_EYE = ["stateSecret", "tradeSecret", "privacy", "publicMorals"] as const;

type Note = (line: number | null, code: CatalogueProblemCode, detail: string) => void;

/**
 * Rules that look at more than one sheet: every source is a known clause, every item a member of its class with the
 * class's name, handling as its part prescribes, urgency explained, a known unit kind for each half, no opening in a
 * closed class; and the rules of groups and of limits. A policy may rest on one of the `documents` that allow changes. Problems are
 * appended. @source nmg:a
 */
export function crossCheck(
  rows: ReadRows,
  head: CatalogueHead | null,
  problems: CatalogueProblem[],
  documents: readonly CatalogueDocument[] = [],
): void {
  const noteIn =
    (file: string): Note =>
    (line, code, detail) => {
      problems.push({ file, row: line, code, detail });
    };
  checkSources(rows, head, noteIn);
  checkPolicies(rows, head, documents, noteIn(HEAD_FILE));
  checkItems(rows, noteIn("items.csv"));
  checkClasses(rows, noteIn("classes.csv"));
  checkGroups(rows, (file, line, code, detail) => noteIn(file)(line, code, detail));
  checkLimits(rows, (file, line, code, detail) => noteIn(file)(line, code, detail));
  const items = new Set<string>(rows.items.map(({ row }) => row.code));
  const mustBeItem = (file: string, line: number, code: string): void => {
    if (!items.has(code)) noteIn(file)(line, "ITEM_UNKNOWN", code);
  };
  for (const code of LEGAL_EYE) {
    const pinned = rows.exclusions.find(({ row }) => row.code === code);
    if (pinned?.row.needsLegalEye === false) noteIn("exclusions.csv")(pinned.line, "LEGAL_EYE_NEEDED", code);
  }
  for (const { line, row } of rows.exclusions) {
    mustBeItem("exclusions.csv", line, row.itemCode);
    // nmg:2.1 bounds what 12345 takes. 110 may never turn anybody away by it.
    if (row.side !== "hotline") noteIn("exclusions.csv")(line, "EXCLUSION_BINDS_POLICE", row.side);
  }
  for (const { line, row } of rows.guidanceReasons) mustBeItem("guidance-reasons.csv", line, row.code);
}

function checkSources(rows: ReadRows, head: CatalogueHead | null, noteIn: (file: string) => Note): void {
  const known = new Set(rows.clauses.map(({ row }) => row.key));
  const check = (file: string, line: number | null, source: string): void => {
    if (source !== "" && !known.has(source)) noteIn(file)(line, "SOURCE_UNKNOWN", source);
  };
  for (const { line, row } of rows.classes) check("classes.csv", line, row.source);
  for (const { line, row } of rows.items) {
    check("items.csv", line, row.source);
    if (row.urgencySource !== null && row.urgencySource !== "default") check("items.csv", line, row.urgencySource);
  }
  for (const [file, entries] of rows.coded) {
    for (const { line, row } of entries) check(file, line, row.source);
  }
  for (const milestone of head?.milestones ?? []) check(HEAD_FILE, null, milestone.source);
}

/** What a plan fixes bears its clause, what two desks agreed on the document that says so. @source nmg:2.2.5 @source yn:4.1.1 */
function checkPolicies(
  rows: ReadRows,
  head: CatalogueHead | null,
  documents: readonly CatalogueDocument[],
  note: Note,
): void {
  for (const policy of Object.values(head?.policies ?? {})) {
    if (policy === null || policy.source === "default") continue;
    const paper = documents.find(({ code }) => code === policy.source);
    if (paper === undefined && !rows.clauses.some(({ row }) => row.key === policy.source))
      note(null, "SOURCE_UNKNOWN", policy.source);
    if (paper !== undefined && head !== null && paper.issuedOn > head.validFrom)
      note(null, "DOCUMENT_LATER", `${paper.code} ${paper.issuedOn}`);
  }
}

function checkItems(rows: ReadRows, note: Note): void {
  const classes = new Map(rows.classes.map(({ row }) => [row.code, row]));
  const kinds = new Map(rows.unitKinds.map(({ row }) => [row.code, row.side]));
  for (const { line, row } of rows.items) {
    const of = classes.get(row.classCode);
    if (of === undefined || !row.code.startsWith(`${row.classCode}-`))
      note(line, "CLASS_UNKNOWN", `${row.code} ${row.classCode}`);
    if (of !== undefined) {
      if (of.nameZh !== row.classNameZh || of.nameEn !== row.classNameEn)
        note(line, "CLASS_NAME_DIFFERS", row.classNameZh);
      if (row.basis === "plan" && MODE_OF_PART[of.part] !== row.mode)
        note(line, "MODE_NOT_OF_PART", `${row.code} ${row.mode}`);
      if (of.list === "closed" && row.basis === "plan" && row.code.endsWith("-99"))
        note(line, "CLASS_CLOSED", row.code);
    }
    if (row.code.startsWith("C")) checkPartThree(line, row, note);
    if (SIDE_OF_MODE[row.mode] !== row.side) note(line, "SIDE_NOT_OF_MODE", `${row.mode} ${row.side}`);
    if ((row.urgency === "urgent") !== (row.urgencySource !== null)) note(line, "URGENCY_UNEXPLAINED", row.code);
    if (row.validTo !== null && row.validTo < row.validFrom)
      note(line, "PERIOD_REVERSED", `${row.validFrom} ${row.validTo}`);
    checkUnitKinds(line, row, kinds, note);
  }
}

/** Danger to life is pushed and dispatched at once, whoever agreed on what: no paper and no last day takes it off. @source nmg:a3 */
function checkPartThree(line: number, row: CatalogueItem, note: Note): void {
  if (row.urgency !== "urgent") note(line, "PART_THREE_NOT_URGENT", row.code);
  if (row.basis !== "plan" && row.mode !== MODE_OF_PART.three)
    note(line, "MODE_NOT_OF_PART", `${row.code} ${row.mode}`);
  if (row.validTo !== null) note(line, "PART_THREE_ENDED", row.code);
}

function checkUnitKinds(line: number, item: CatalogueItem, kinds: ReadonlyMap<string, string>, note: Note): void {
  const halves = HALVES[item.mode];
  const check = (kind: string | null, side: "hotline" | "police"): void => {
    if (kind === null) {
      if (halves[side]) note(line, "UNIT_KIND_MISSING", `${item.code} ${side}`);
      return;
    }
    const found = kinds.get(kind);
    if (found === undefined) note(line, "UNIT_KIND_UNKNOWN", kind);
    else if (found !== side && found !== "both") note(line, "UNIT_KIND_WRONG_SIDE", `${kind} ${found}`);
  };
  check(item.defaultUnitKind, "hotline");
  check(item.defaultPoliceUnitKind, "police");
}

function checkClasses(rows: ReadRows, note: Note): void {
  const used = new Set(rows.items.map(({ row }) => row.classCode));
  for (const { line, row } of rows.classes) {
    if (!used.has(row.code)) note(line, "CLASS_EMPTY", row.code);
    if (PART_OF_LETTER[row.code.charAt(0)] !== row.part) note(line, "CLASS_PART_DIFFERS", `${row.code} ${row.part}`);
  }
}
