import type { ReactNode } from "react";
import type { CommandName, RequestView } from "../../../src/http/contract/index.ts";
import { ClockNote } from "../../shared/design/clock-note.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { formatTime } from "../../shared/time.ts";
import { isTimeLimitCommand } from "./actions/time-limit-specs.ts";

/** The time of the whole request: until when, what was done to it, and what this reader may do. @source nmg:2.2.5 */
export function TimeLimit({
  request,
  busy,
  ask,
}: {
  readonly request: RequestView;
  readonly busy: boolean;
  readonly ask: (name: CommandName, subject: string) => void;
}): ReactNode {
  const { t, code } = useText();
  const { clock, caseId } = request;
  const commands = request.allowed.filter(isTimeLimitCommand);
  if (clock === null || clock === undefined) return null;
  const stage = t(`due.stage.${clock.stage}`);
  const due =
    clock.dueAt === null ? null : `${formatTime(clock.dueAt)}${clock.provisional ? t("due.provisional") : ""}`;
  return (
    <section className="block" aria-labelledby="time-limit">
      <h2 id="time-limit">{t("clock.title")}</h2>
      <div className="card">
        <p className="card-line">
          <b>{stage}</b>
          {due === null ? null : <span>{t("clock.due", { time: due })}</span>}
        </p>
        <ClockNote clock={clock} />
        {commands.length === 0 ? null : (
          <fieldset className="card-acts" aria-label={t("clock.title")}>
            {commands.map((name) => (
              <button
                key={name}
                type="button"
                className="button small"
                disabled={busy}
                onClick={() => ask(name, caseId)}
              >
                {code("command", name)}
              </button>
            ))}
          </fieldset>
        )}
      </div>
    </section>
  );
}
