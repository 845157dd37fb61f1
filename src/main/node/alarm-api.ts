import { may } from "../../core/access/index.ts";
import type { Actor } from "../../core/access/index.ts";
import { answerTo, audiencesOf, marksInScope, shownMark } from "../../app/alarm-marks.ts";
import type { AlarmRow } from "../../app/ports/queries.ts";
import { urgently } from "../../app/ports/urgency.ts";
import type { Deps } from "../../app/deps.ts";
import { recordCall } from "../../app/record-call.ts";
import type { AppApi, AppRefusal } from "../../http/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Result, UserId } from "../../kernel/index.ts";

/** Red marks, and how a person answers them. */
export function alarmApi(deps: Deps): Pick<AppApi, "alarms" | "acknowledgeAlarm"> {
  return {
    alarms: async (actor) => {
      if (!may(actor, "readAlarms", null)) return err({ code: "FORBIDDEN" });
      const now = deps.clock.now();
      return ok({ rows: (await alarmsFor(deps, actor)).map((row) => shownMark(row, now)) });
    },
    acknowledgeAlarm: async (actor, { kind, subject, outcome = null }) => {
      if (!may(actor, "acknowledgeAlarm", null)) return err({ code: "FORBIDDEN" });
      const decided = answerTo(await alarmsFor(deps, actor), { kind, subject, outcome });
      if (!decided.ok) return decided;
      const { mark, marks, call } = decided.value;
      if (call !== null && mark.caseId !== null) {
        const by = { kind: "user", id: actor.id, node: deps.node.self } as const;
        const about = marks.map((one) => one.kind);
        const kept = await recordCall(deps, { caseId: mark.caseId, by, dial: mark.dial, subject, about, ...call });
        if (!kept.ok) return kept;
      }
      return answer(deps, actor, marks, decided.value.outcome);
    },
  };
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

/** The marks of the reader's roles within his divisions. */
async function alarmsFor(deps: Deps, actor: Actor): Promise<readonly AlarmRow[]> {
  // A push is seen by its red mark: reading it may not wait behind ordinary load.
  return marksInScope(actor, await urgently(() => deps.queries.alarms(audiencesOf(actor.roles))));
}
