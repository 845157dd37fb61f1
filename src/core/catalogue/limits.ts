import type { ItemCode } from "../../kernel/index.ts";
import { CLOCK_MARKS, LIMIT_STAGES, LIMIT_UNITS, MARK_AUDIENCES } from "./catalogue.ts";
import type { CatalogueLimit, MarkRule } from "./catalogue.ts";
import { documentIn } from "./rows.ts";
import type { Placed, ReadRows } from "./rows.ts";
import type { CatalogueProblemCode, RowReader } from "./sheet.ts";
import { BASES, URGENCIES } from "./vocabulary.ts";

const ITEM = /^[A-DNZ]\d{2}-\d{2}$/;
const NAME = /^[a-z][A-Za-z0-9-]*$/;
const WHOLE = /^(0|[1-9]\d{0,4})$/;
const AMOUNT = /^[1-9]\d{0,3}$/;

/** One time limit. */
export function limitOf(row: RowReader): CatalogueLimit {
  const optionalOf = <T extends string>(column: string, values: readonly [T, ...T[]]): T | null =>
    row.optional(column) === null ? null : row.oneOf(column, values);
  return {
    code: row.shaped("code", NAME),
    stage: row.oneOf("stage", LIMIT_STAGES),
    urgency: optionalOf("urgency", URGENCIES),
    orderKind: optionalOf("order_kind", ["work", "police"]),
    itemCode: row.optional("item_code") === null ? null : (row.shaped("item_code", ITEM) as ItemCode),
    classCode: row.optional("class_code"),
    requestKind: row.optional("request_kind"),
    amount: Number(row.shaped("amount", AMOUNT)),
    unit: row.oneOf("unit", LIMIT_UNITS),
    hours: row.shaped("hours", NAME),
    pausable: row.yes("pausable"),
    extensionMax: Number(row.shaped("extension_max", WHOLE)),
    giveBackMinutes:
      row.optional("give_back_minutes") === null ? null : Number(row.shaped("give_back_minutes", AMOUNT)),
    marks: row.shaped("marks", NAME),
    noteZh: row.optional("note_zh"),
    source: row.text("source"),
    basis: row.oneOf("basis", BASES),
    document: documentIn(row),
    validFrom: row.day("valid_from"),
    validTo: row.optionalDay("valid_to"),
  };
}

/** One mark of a profile. */
export function markOf(row: RowReader): MarkRule {
  return {
    code: row.shaped("code", NAME),
    profile: row.shaped("profile", NAME),
    mark: row.oneOf("mark", CLOCK_MARKS),
    minutes: Number(row.shaped("minutes", WHOLE)),
    audience: row.oneOf("audience", MARK_AUDIENCES),
    source: row.text("source"),
    basis: row.oneOf("basis", BASES),
    document: documentIn(row),
  };
}

/** The sheets a limit is held against, and its own. */
type LimitRows = Pick<ReadRows, "limits" | "clockMarks" | "clauses" | "items" | "classes" | "requestKinds">;

type Note = (file: string, line: number | null, code: CatalogueProblemCode, detail: string) => void;

/**
 * Rules of the two sheets of limits: known clauses, items, classes, kinds and profiles, no item beside its class, no period
 * reversed, no two rows that fit the same matters on the same day, each mark once in a profile.
 */
export function checkLimits(rows: LimitRows, note: Note): void {
  const inLimits = (line: number, code: CatalogueProblemCode, detail: string): void =>
    note("limits.csv", line, code, detail);
  const inMarks = (line: number, code: CatalogueProblemCode, detail: string): void =>
    note("clock-marks.csv", line, code, detail);
  const clauses = new Set(rows.clauses.map(({ row }) => row.key));
  const items = codesOf(rows.items);
  const classes = codesOf(rows.classes);
  const requestKinds = codesOf(rows.requestKinds);
  const profiles = new Set(rows.clockMarks.map(({ row }) => row.profile));
  for (const { line, row } of rows.limits) {
    const must = (known: ReadonlySet<string>, value: string | null, code: CatalogueProblemCode): void => {
      if (value !== null && value !== "" && !known.has(value)) inLimits(line, code, value);
    };
    must(clauses, row.source, "SOURCE_UNKNOWN");
    must(items, row.itemCode, "ITEM_UNKNOWN");
    must(classes, row.classCode, "CLASS_UNKNOWN");
    must(requestKinds, row.requestKind, "VALUE_UNKNOWN");
    must(profiles, row.marks, "MARKS_UNKNOWN");
    if (row.itemCode !== null && row.classCode !== null) inLimits(line, "LIMIT_AMBIGUOUS", "item_code and class_code");
    if (row.validTo !== null && row.validTo < row.validFrom)
      inLimits(line, "PERIOD_REVERSED", `${row.validFrom} ${row.validTo}`);
  }
  noteOverlaps(rows.limits, inLimits);
  noteSlowUrgent(rows.limits, inLimits);
  const seen = new Set<string>();
  for (const { line, row } of rows.clockMarks) {
    if (row.source !== "" && !clauses.has(row.source)) inMarks(line, "SOURCE_UNKNOWN", row.source);
    if (row.mark === "overdue" && row.minutes === 0) inMarks(line, "VALUE_UNKNOWN", "minutes: 0");
    const key = `${row.profile} ${row.mark}`;
    if (seen.has(key)) inMarks(line, "CODE_DUPLICATE", key);
    seen.add(key);
  }
}

function codesOf(rows: readonly Placed<{ readonly code: string }>[]): ReadonlySet<string> {
  return new Set(rows.map(({ row }) => row.code));
}

function noteOverlaps(
  limits: readonly Placed<CatalogueLimit>[],
  note: (line: number, code: CatalogueProblemCode, detail: string) => void,
): void {
  const bySelector = new Map<string, CatalogueLimit[]>();
  for (const { line, row } of limits) {
    const selector = limitSelector(row);
    const others = bySelector.get(selector) ?? [];
    const clash = others.find((other) => overlap(other, row));
    if (clash !== undefined) note(line, "LIMIT_AMBIGUOUS", `${row.code} ${clash.code}`);
    bySelector.set(selector, [...others, row]);
  }
}

/**
 * What is urgent waits for nobody: its time is never stood still, and is not longer than what the same matter would have without the haste.
 * @source nmg:2.2.1
 */
function noteSlowUrgent(
  limits: readonly Placed<CatalogueLimit>[],
  note: (line: number, code: CatalogueProblemCode, detail: string) => void,
): void {
  for (const { line, row } of limits) {
    if (row.urgency !== "urgent") continue;
    const selector = limitSelector({ ...row, urgency: null });
    const other = limits.find((one) => limitSelector(one.row) === selector && one.row.unit === row.unit)?.row;
    const longer = other !== undefined && row.amount > other.amount;
    if (row.pausable || longer)
      note(line, "LIMIT_URGENT", `${row.code}: ${row.pausable ? "pausable" : `${row.amount} > ${other?.amount}`}`);
  }
}

/** What a limit is for, as one text: stage and the five selectors. */
export function limitSelector(of: {
  readonly stage: string;
  readonly urgency: string | null;
  readonly orderKind: string | null;
  readonly itemCode: string | null;
  readonly classCode: string | null;
  readonly requestKind: string | null;
}): string {
  return [
    of.stage,
    of.urgency ?? "",
    of.orderKind ?? "",
    of.itemCode ?? "",
    of.classCode ?? "",
    of.requestKind ?? "",
  ].join(" ");
}

function overlap(a: CatalogueLimit, b: CatalogueLimit): boolean {
  return (a.validTo === null || b.validFrom <= a.validTo) && (b.validTo === null || a.validFrom <= b.validTo);
}
