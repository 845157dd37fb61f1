import { inRegions } from "../core/access/index.ts";
import type { Actor } from "../core/access/index.ts";
import { endsCall, formatCallOutcome, isCallDue, parseCallOutcome } from "../core/case/index.ts";
import type { CallOutcome, CallResult } from "../core/case/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { Instant, Result, UnitCode } from "../kernel/index.ts";
import type { Rules, UnitCard } from "./deps.ts";
import type { AlarmRow } from "./ports/queries.ts";

/** A mark as its reader sees it: without who answered it, and without the words of a call. */
export type ShownMark = Omit<AlarmRow, "acknowledgedBy" | "place" | "outcome" | "rings"> & {
  readonly rings?: Pick<UnitCard, "nameZh" | "nameEn">;
};

/** What a person says to a mark; `outcome` null = nothing. */
export type MarkSaid = Pick<AlarmRow, "kind" | "subject" | "outcome">;

/** The marks that an answer ends, and the call it tells of; `outcome` = what is kept with each of them. */
export type MarkAnswer = {
  readonly mark: AlarmRow;
  readonly marks: readonly AlarmRow[];
  readonly call: CallOutcome | null;
  readonly outcome: string | null;
};

export type MarkRefusal =
  | { readonly code: "ALARM_UNKNOWN" }
  | { readonly code: "ALARM_OUTCOME_NEEDED"; readonly params: { readonly dial: string } };

/** Whose marks a role sees. What the operator must mend the supervisor answers for, so he sees it as well. */
export function audiencesOf(roles: Actor["roles"]): readonly AlarmRow["audience"][] {
  const supervisor = roles.includes("supervisor");
  return [
    ...(supervisor || roles.some((role) => role === "callTaker" || role === "dispatcher") ? (["desk"] as const) : []),
    ...(supervisor ? (["supervisor"] as const) : []),
    ...(supervisor || roles.includes("operator") ? (["operator"] as const) : []),
  ];
}

/** The marks within the reader's divisions; one without a place is everybody's. @source nmg:2.3.2 */
export function marksInScope({ regions }: Pick<Actor, "regions">, rows: readonly AlarmRow[]): readonly AlarmRow[] {
  return rows.filter(({ place }) => inRegions(regions, place));
}

/** What the last call about a mark came to; null = none was made. */
function lastCall({ outcome }: AlarmRow): CallResult | null {
  const said = outcome === null ? null : parseCallOutcome(outcome);
  return said?.ok === true ? said.value.result : null;
}

/** Whether nothing more need be answered: who was dialled and did not answer still has to be told. */
export function isAnswered(row: AlarmRow): boolean {
  const call = lastCall(row);
  return row.acknowledgedAt !== null && (call === null || endsCall(call));
}

/** A number that nobody answered is shown as unanswered again when it must be dialled again. @source nmg:2.2.1 */
export function shownMark(row: AlarmRow, now: Instant, unitOf: Rules["unit"]): ShownMark {
  const { acknowledgedBy: _by, place: _place, outcome: _outcome, rings, ...rest } = row;
  const view = { ...rest, ...(rings === undefined ? {} : { rings: nameOf(rings, unitOf) }) };
  const call = lastCall(row);
  const due = call !== null && row.acknowledgedAt !== null && isCallDue(call, row.acknowledgedAt, now);
  return due ? { ...view, acknowledgedAt: null } : view;
}

/** A unit that the directory has no more is named by its code. */
function nameOf(unit: UnitCode, unitOf: Rules["unit"]): NonNullable<ShownMark["rings"]> {
  const { nameZh, nameEn } = unitOf(unit) ?? { nameZh: unit, nameEn: unit };
  return { nameZh, nameEn };
}

/**
 * Which marks an answer ends. One call answers every mark of the same subject that names the number; a mark that names one ends only
 * with what came of dialling it. With a request behind it the words stand sealed in its history, so that only the result is kept with
 * the mark; without one the mark alone keeps what was said. Errors: ALARM_UNKNOWN (not here, not the reader's, or answered),
 * ALARM_OUTCOME_NEEDED. @source nmg:2.2.1
 */
export function answerTo(rows: readonly AlarmRow[], said: MarkSaid): Result<MarkAnswer, MarkRefusal> {
  const mark = rows.find(({ kind, subject }) => kind === said.kind && subject === said.subject);
  if (mark === undefined || isAnswered(mark)) return err({ code: "ALARM_UNKNOWN" });
  const { dial, subject, caseId } = mark;
  const call = parseCallOutcome(said.outcome ?? "");
  if (!call.ok) {
    if (dial !== null) return err({ code: "ALARM_OUTCOME_NEEDED", params: { dial } });
    return ok({ mark, marks: [mark], call: null, outcome: said.outcome });
  }
  const same = (row: AlarmRow) => dial !== null && row.subject === subject && row.dial === dial && !isAnswered(row);
  const marks = rows.filter((row) => row === mark || same(row));
  const outcome = caseId === null ? formatCallOutcome(call.value) : call.value.result;
  return ok({ mark, marks, call: call.value, outcome });
}
