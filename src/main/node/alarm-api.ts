import { inRegions, may } from "../../core/access/index.ts";
import type { Actor } from "../../core/access/index.ts";
import { endsCall, isCallDue } from "../../core/case/index.ts";
import type { AlarmRow } from "../../app/ports/queries.ts";
import { urgently } from "../../app/ports/urgency.ts";
import type { Deps } from "../../app/deps.ts";
import { recordCall } from "../../app/record-call.ts";
import { formatCallOutcome, parseCallOutcome } from "../../telephony/index.ts";
import type { CallOutcome } from "../../telephony/index.ts";
import type { AppApi, AppRefusal } from "../../http/index.ts";
import type { AlarmView } from "../../http/contract/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Instant, Result, UserId } from "../../kernel/index.ts";

/** Red marks, and how a person answers them. */
export function alarmApi(deps: Deps): Pick<AppApi, "alarms" | "acknowledgeAlarm"> {
  return {
    alarms: async (actor) => {
      if (!may(actor, "readAlarms", null)) return err({ code: "FORBIDDEN" });
      const now = deps.clock.now();
      return ok({ rows: (await alarmsFor(deps, actor)).map((row) => alarmView(row, now)) });
    },
    acknowledgeAlarm: async (actor, body) => {
      if (!may(actor, "acknowledgeAlarm", null)) return err({ code: "FORBIDDEN" });
      const rows = await alarmsFor(deps, actor);
      const mark = rows.find((a) => a.kind === body.kind && a.subject === body.subject);
      if (mark === undefined || isOver(mark)) return err({ code: "ALARM_UNKNOWN" });
      const outcome = parseCallOutcome(body.outcome ?? "");
      if (outcome.ok) return answerCall(deps, actor, mark, rows, outcome.value);
      // A red task that names a number ends only with what came of dialling it.
      if (mark.dial !== null) return err({ code: "ALARM_OUTCOME_NEEDED", params: { dial: mark.dial } });
      return answer(deps, actor, [mark], body.outcome ?? null);
    },
  };
}

/** One call answers every mark of the same subject that names the number, and stands in the request's own history. */
async function answerCall(
  deps: Deps,
  actor: Actor,
  mark: AlarmRow,
  rows: readonly AlarmRow[],
  { result, text }: CallOutcome,
): Promise<Result<null, AppRefusal>> {
  const { subject, dial, caseId } = mark;
  const same = (row: AlarmRow) => dial !== null && row.subject === subject && row.dial === dial && !isOver(row);
  const marks = rows.filter((row) => row === mark || same(row));
  // A mark without a request has no history to stand in: its row alone keeps what was said.
  if (caseId === null) return answer(deps, actor, marks, formatCallOutcome({ result, text }));
  const about = marks.map(({ kind }) => kind);
  const by = { kind: "user", id: actor.id, node: deps.node.self } as const;
  const kept = await recordCall(deps, { caseId, by, dial, subject, about, result, text });
  return kept.ok ? answer(deps, actor, marks, result) : err(kept.error);
}

async function answer(
  deps: Deps,
  actor: Actor,
  marks: readonly AlarmRow[],
  outcome: string | null,
): Promise<Result<null, AppRefusal>> {
  const at = deps.clock.now();
  const done = await Promise.all(
    marks.map(({ kind, subject, acknowledgedAt: seen }) =>
      deps.alarmDesk.acknowledge({ kind, subject, seen }, actor.id as UserId, at, outcome),
    ),
  );
  deps.wake.wake("alarms");
  return done.includes(true) ? ok(null) : err({ code: "ALARM_UNKNOWN" });
}

/** What the last call about a mark came to; null = none was made. */
function lastCall({ outcome }: AlarmRow): CallOutcome["result"] | null {
  const said = outcome === null ? null : parseCallOutcome(outcome);
  return said?.ok === true ? said.value.result : null;
}

/** Whether nothing more need be answered: who was dialled and did not answer still has to be told. */
function isOver(row: AlarmRow): boolean {
  const call = lastCall(row);
  return row.acknowledgedAt !== null && (call === null || endsCall(call));
}

/** Whose marks a role sees. What the operator must mend the supervisor answers for, so he sees it as well. */
function audiencesOf(roles: readonly string[]): readonly AlarmRow["audience"][] {
  const supervisor = roles.includes("supervisor");
  return [
    ...(supervisor || roles.some((r) => r === "callTaker" || r === "dispatcher") ? (["desk"] as const) : []),
    ...(supervisor ? (["supervisor"] as const) : []),
    ...(supervisor || roles.includes("operator") ? (["operator"] as const) : []),
  ];
}

/** The marks of the reader's roles within the reader's divisions; one without a place is everybody's. @source nmg:2.3.2 */
async function alarmsFor(deps: Deps, actor: Actor): Promise<readonly AlarmRow[]> {
  // A push is seen by its red mark: reading it may not wait behind ordinary load.
  const rows = await urgently(() => deps.queries.alarms(audiencesOf(actor.roles)));
  return rows.filter(({ place }) => inRegions(actor.regions, place));
}

/** A number that nobody answered is shown as unanswered again when it must be dialled again. */
function alarmView(row: AlarmRow, now: Instant): AlarmView {
  const { acknowledgedBy: _by, place: _place, outcome: _outcome, ...view } = row;
  const call = lastCall(row);
  const due = call !== null && row.acknowledgedAt !== null && isCallDue(call, row.acknowledgedAt, now);
  return due ? { ...view, acknowledgedAt: null } : view;
}
