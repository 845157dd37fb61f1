import { may } from "../../core/access/index.ts";
import { shownMark } from "../../app/alarm-marks.ts";
import { answerAlarm, readAlarms } from "../../app/answer-alarm.ts";
import type { Deps } from "../../app/deps.ts";
import { readOwnPushes } from "../../app/read-own-pushes.ts";
import type { AppApi } from "../../http/index.ts";
import { err, ok } from "../../kernel/index.ts";
import { digestOf } from "./digest.ts";

/** Pushes one waits for, red marks, and how a person answers them. */
export function alarmApi(deps: Deps): Pick<AppApi, "ownPushes" | "alarms" | "acknowledgeAlarm"> {
  return {
    ownPushes: (actor) => readOwnPushes(deps, actor),
    alarms: async (actor) => {
      if (!may(actor, "readAlarms", null)) return err({ code: "FORBIDDEN" });
      const now = deps.clock.now();
      const { unit } = deps.rules();
      return ok({ rows: (await readAlarms(deps, actor)).map((row) => shownMark(row, now, unit)) });
    },
    acknowledgeAlarm: (actor, id, { kind, subject, outcome = null }) =>
      answerAlarm(deps, {
        actor,
        id,
        digest: digestOf(["acknowledgeAlarm", kind, subject, outcome]),
        kind,
        subject,
        outcome,
      }),
  };
}
