import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AlarmView } from "../../../src/http/contract/index.ts";
import { callApi } from "../../shared/api/client.ts";
import { alarmsQuery } from "../../shared/api/reads.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { ProblemNote } from "../../shared/design/states.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { toldLines } from "./told-lines.ts";
import { tailOf } from "./which.tsx";

/** News that asks for no answer is over when somebody says that he has it. */
function Acknowledge({ alarm }: { readonly alarm: AlarmView }): ReactNode {
  const { t } = useText();
  const client = useQueryClient();
  const acknowledge = useMutation({
    networkMode: "always",
    mutationFn: () =>
      callApi("/alarms/acknowledge", { method: "POST", body: { kind: alarm.kind, subject: alarm.subject } }),
    onSettled: () => client.invalidateQueries({ queryKey: alarmsQuery.queryKey }),
  });
  return (
    <>
      <button
        type="button"
        className="button small"
        disabled={acknowledge.isPending}
        onClick={() => acknowledge.mutate()}
      >
        {t("alarm.acknowledge")}
      </button>
      {acknowledge.isError ? <ProblemNote error={acknowledge.error} /> : null}
    </>
  );
}

function Told({ alarm, no }: { readonly alarm: AlarmView; readonly no: string }): ReactNode {
  const { t, code } = useText();
  return (
    <li className="ring told-line">
      <span className="ring-what">
        <Glyph name="in" size={16} /> <b>{code("alarm", alarm.kind)}</b>
        <span className="number" title={no}>
          {t("which.tail", { tail: tailOf(no) })}
        </span>
      </span>
      <Link to="/requests/$no" params={{ no }} className="button small">
        {t("told.look")}
      </Link>
      {alarm.kind === "supportMoved" || alarm.kind === "lateReply" ? <Acknowledge alarm={alarm} /> : null}
    </li>
  );
}

/**
 * What the other desk has told this one, or asks of it, on every screen with the way to it. It is no alarm: it stands below the bar of
 * dangers, quietly. @source yn:3.3 @source nmg:2.2.3 @req REQ-32
 */
export function ToldBar({
  alarms,
  dangers,
}: {
  readonly alarms: readonly AlarmView[];
  readonly dangers: number;
}): ReactNode {
  const { t } = useText();
  const { shown, more } = toldLines(alarms, dangers);
  if (shown.length === 0) return null;
  return (
    <section className="rings" role="status" aria-label={t("told.title")}>
      <ul>
        {shown.map((alarm) =>
          alarm.requestNo === null ? null : (
            <Told key={`${alarm.kind} ${alarm.subject}`} alarm={alarm} no={alarm.requestNo} />
          ),
        )}
      </ul>
      {more === 0 ? null : <p className="aside">{t("told.more", { n: more })}</p>}
    </section>
  );
}
