import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { StandingView } from "../../src/http/contract/index.ts";
import { metaQuery, standingQuery } from "../shared/api/reads.ts";
import { Badge } from "../shared/design/glyph.tsx";
import { useText } from "../shared/i18n/text.tsx";
import { deskOf } from "../shared/list-names.ts";
import { formatAge, formatTime, useNow } from "../shared/time.ts";
import { Panel, useNodeName } from "./panel.tsx";

const HEADS = [
  "alarm.head",
  "request.no",
  "standing.what",
  "supervision.peer",
  "standing.since",
  "standing.must",
] as const;

/** Hand-overs that stand still past their time; the whole line opens the request. */
export function StandingPanel(): ReactNode {
  const { t } = useText();
  const query = useInfiniteQuery(standingQuery);
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Panel
      title={t("standing.title")}
      note={t("standing.order")}
      empty={t("standing.none")}
      query={query}
      count={rows.length}
      heads={HEADS}
    >
      {rows.map((row) => (
        <StandingRow key={row.linkageId} row={row} />
      ))}
      {query.hasNextPage ? (
        <tr>
          <td colSpan={HEADS.length}>
            <button
              type="button"
              className="button small"
              disabled={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t("standing.more")}
            </button>
          </td>
        </tr>
      ) : null}
    </Panel>
  );
}

function StandingRow({ row }: { readonly row: StandingView }): ReactNode {
  const { t, code } = useText();
  const now = useNow(10_000);
  const nodeName = useNodeName();
  const actor = useActorName();
  const danger = row.part === "danger";
  return (
    <tr className="opens">
      <td>
        <Badge tone={danger || row.level > 1 ? "danger" : "warn"} glyph="danger">
          {t("alarm.level", { n: row.level })}
        </Badge>
      </td>
      <td className="number">
        <Link to="/requests/$no" params={{ no: row.requestNo }}>
          {row.requestNo}
        </Link>
      </td>
      <td>
        {t(row.role === "S" ? "standing.out" : "standing.in")} · {code("linkageKind", row.kind)} ·{" "}
        {code("linkageState", row.state)}
      </td>
      <td>{nodeName(row.peer)}</td>
      <td>
        <time dateTime={row.since} title={formatTime(row.since, now)}>
          {formatTime(row.since, now)}
          {t("standing.for", { time: formatAge(t, row.since, now) })}
        </time>
      </td>
      <td className={danger ? "hot" : undefined}>
        <b>{actor(row)}</b> · {code("standingAct", row.act)}
      </td>
    </tr>
  );
}

/** Who must act, as people call him: a desk by its number. */
function useActorName(): (row: StandingView) => string {
  const { t, code } = useText();
  const meta = useQuery(metaQuery).data;
  return ({ who, peer }) => {
    if (who === "arbiter" || who === "operator") return t(`standing.${who}`);
    const desk = who === "thisDesk" ? meta?.side : deskOf(meta, peer);
    const name = desk === undefined || desk === null ? "" : code("sideName", desk);
    return who === "thisDesk" ? t("standing.thisDesk", { desk: name }) : name || peer;
  };
}
