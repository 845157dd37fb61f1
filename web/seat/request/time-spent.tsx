import type { ReactNode } from "react";
import type { Static } from "typebox";
import type { Meta, RequestView, TimeSpentView } from "../../../src/http/contract/index.ts";
import { Badge } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { deskOf } from "../../shared/list-names.ts";
import { formatMinutes, formatTime } from "../../shared/time.ts";

type Spent = Static<typeof TimeSpentView>;

/** Who had to act, in order, and for how long; working time beside it where it differs. */
function Shares({ spent, nameOf }: { readonly spent: Spent; readonly nameOf: (of: Holder) => string }): ReactNode {
  const { t } = useText();
  return spent.shares.map((share) => (
    <li key={share.owner}>
      <b>{nameOf(share)}</b> {formatMinutes(t, share.runningMinutes)}
      {share.workedMinutes === share.runningMinutes ? null : (
        <span className="aside"> · {t("spent.worked", { time: formatMinutes(t, share.workedMinutes) })}</span>
      )}
    </li>
  ));
}

type Holder = Pick<Spent["shares"][number], "owner" | "unitName">;

/** Where the time of a request went, behind one press: each stage that was timed, and each who had to act meanwhile. @source nmg:2.2.5 */
export function TimeSpent({ request, meta }: { readonly request: RequestView; readonly meta: Meta }): ReactNode {
  const { t, code } = useText();
  const { spent = [], orders } = request;
  if (spent.length === 0) return null;
  const nameOf = ({ owner, unitName }: Holder): string => {
    const side = deskOf(meta, owner);
    return unitName ?? (side === null ? owner : code("sideName", side));
  };
  return (
    <details className="why-later">
      <summary>{t("spent.title")}</summary>
      {spent.map((one) => (
        <div key={`${one.stage} ${one.subject} ${one.startedAt}`}>
          <p className="card-line">
            <b>{t(`due.stage.${one.stage}`)}</b>
            <span className="aside">{orders.find(({ id }) => id === one.subject)?.unitName ?? null}</span>
            <span>
              <time dateTime={one.startedAt}>{formatTime(one.startedAt)}</time> –{" "}
              {one.stoppedAt === null ? (
                t("spent.runs")
              ) : (
                <time dateTime={one.stoppedAt}>{formatTime(one.stoppedAt)}</time>
              )}
            </span>
            {one.lateWith === null ? null : (
              <Badge tone="warn">{t("spent.late", { holder: nameOf(one.lateWith) })}</Badge>
            )}
          </p>
          <ul>
            <Shares spent={one} nameOf={nameOf} />
          </ul>
        </div>
      ))}
    </details>
  );
}
