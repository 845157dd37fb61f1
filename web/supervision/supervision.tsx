import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AlarmView } from "../../src/http/contract/index.ts";
import { ApiFailure, callApi } from "../shared/api/client.ts";
import { alarmsQuery, countsQuery, deadLettersQuery, linksQuery, metaQuery } from "../shared/api/reads.ts";
import { Badge } from "../shared/design/glyph.tsx";
import { Bones, Empty, ProblemNote } from "../shared/design/states.tsx";
import { useText } from "../shared/i18n/text.tsx";
import { deskOf } from "../shared/list-names.ts";
import { formatAge, formatTime, useNow } from "../shared/time.ts";

/** A table with its own loading, error and empty states; forbidden parts say so instead of failing. */
function Panel<T>({
  title,
  empty,
  query,
  heads,
  rows,
}: {
  readonly title: string;
  readonly empty: string;
  readonly query: UseQueryResult<{ readonly rows: readonly T[] }>;
  readonly heads: readonly string[];
  readonly rows: (row: T) => ReactNode;
}): ReactNode {
  const { t } = useText();
  const forbidden = query.error instanceof ApiFailure && query.error.status === 403;
  const list = query.data?.rows ?? [];
  return (
    <section className="panel" aria-label={title}>
      <h2>
        {title} {list.length === 0 ? null : <span className="count">{list.length}</span>}
      </h2>
      {forbidden ? <Empty title={t("supervision.notAllowed")} /> : null}
      {query.isPending ? <Bones rows={1} /> : null}
      {query.isError && !forbidden ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && list.length === 0 ? <Empty title={empty} /> : null}
      {list.length === 0 ? null : (
        // Keyboards must be able to scroll a wide table.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="table" tabIndex={0} role="group" aria-label={title}>
          <table>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{list.map(rows)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Counts(): ReactNode {
  const { t } = useText();
  const query = useQuery(countsQuery);
  if (query.data === undefined) return null;
  const views = ["mine", "incoming", "theirs", "danger", "closed"] as const;
  return (
    <section className="panel counts" aria-label={t("supervision.counts")}>
      {views.map((view) => (
        <p key={view} className={view === "danger" && query.data.danger > 0 ? "count-card hot" : "count-card"}>
          <b>{query.data[view] >= 1_000 ? t("queue.capped") : query.data[view]}</b>
          <span>{t(`queue.${view}`)}</span>
        </p>
      ))}
    </section>
  );
}

function AlarmRow({ alarm }: { readonly alarm: AlarmView }): ReactNode {
  const { t, code } = useText();
  const now = useNow(10_000);
  const client = useQueryClient();
  const acknowledge = useMutation({
    networkMode: "always",
    mutationFn: () =>
      callApi("/alarms/acknowledge", { method: "POST", body: { kind: alarm.kind, subject: alarm.subject } }),
    onSettled: () => client.invalidateQueries({ queryKey: alarmsQuery.queryKey }),
  });
  return (
    <tr>
      <td>
        <Badge tone={alarm.level > 1 || alarm.dial !== null ? "danger" : "warn"} glyph="danger">
          {t("alarm.level", { n: alarm.level })}
        </Badge>
      </td>
      <td>
        {code("alarm", alarm.kind)}
        {acknowledge.isError ? <ProblemNote error={acknowledge.error} /> : null}
      </td>
      <td className="number">
        {alarm.requestNo === null ? null : (
          <Link to="/requests/$no" params={{ no: alarm.requestNo }}>
            {alarm.requestNo}
          </Link>
        )}
      </td>
      <td>
        <time dateTime={alarm.raisedAt} title={formatTime(alarm.raisedAt, now)}>
          {formatAge(t, alarm.raisedAt, now)}
        </time>
      </td>
      <td>
        {alarm.dial === null ? (
          alarm.kind === "urgentPush" || alarm.acknowledgedAt !== null ? null : (
            <button
              type="button"
              className="button small"
              disabled={acknowledge.isPending}
              onClick={() => acknowledge.mutate()}
            >
              {t("alarm.acknowledge")}
            </button>
          )
        ) : (
          <a className="number" href={`tel:${alarm.dial}`}>
            {alarm.dial}
          </a>
        )}
      </td>
    </tr>
  );
}

/** For supervisors and operators: what is red, which links stand, what could not be delivered. */
export function Supervision(): ReactNode {
  const { t, code } = useText();
  const client = useQueryClient();
  const meta = useQuery(metaQuery).data;
  const alarms = useQuery(alarmsQuery);
  const links = useQuery(linksQuery);
  const dead = useQuery(deadLettersQuery);
  const retry = useMutation({
    networkMode: "always",
    mutationFn: (one: { readonly direction: string; readonly id: string }) =>
      callApi(`/dead-letters/${one.direction}/${encodeURIComponent(one.id)}/retry`, { method: "POST", body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: deadLettersQuery.queryKey }),
  });
  const nodeName = (node: string) => {
    const desk = deskOf(meta, node);
    return desk === null ? node : `${code("sideName", desk)} · ${node}`;
  };
  return (
    <div className="supervision">
      <h1>{t("supervision.title")}</h1>
      <Counts />
      <Panel
        title={t("supervision.alarms")}
        empty={t("supervision.noAlarms")}
        query={alarms}
        heads={["", t("supervision.what"), t("request.no"), t("supervision.raisedAt"), ""].map((head) => head || " ")}
        rows={(alarm) => <AlarmRow key={`${alarm.kind} ${alarm.subject}`} alarm={alarm} />}
      />
      <Panel
        title={t("supervision.links")}
        empty={t("supervision.noLinks")}
        query={links}
        heads={[
          t("supervision.peer"),
          t("supervision.state"),
          t("supervision.lastReceipt"),
          t("supervision.backlogUrgent"),
          t("supervision.backlogOrdinary"),
          t("supervision.dead"),
          t("linkage.dutyPhone"),
        ]}
        rows={(link) => (
          <tr key={link.peer}>
            <td>{nodeName(link.peer)}</td>
            <td>
              <Badge tone={link.up ? "ok" : "danger"} glyph={link.up ? "check" : "cross"}>
                {link.up ? t("supervision.up") : t("supervision.down")}
              </Badge>
            </td>
            <td>{link.lastReceiptAt === null ? "—" : formatTime(link.lastReceiptAt)}</td>
            <td className={link.backlogUrgent > 0 ? "hot number" : "number"}>{link.backlogUrgent}</td>
            <td className="number">{link.backlogOrdinary}</td>
            <td className="number">{link.dead}</td>
            <td className="number">{link.dutyPhone}</td>
          </tr>
        )}
      />
      <Panel
        title={t("supervision.deadLetters")}
        empty={t("supervision.noDead")}
        query={dead}
        heads={[
          t("supervision.since"),
          t("supervision.type"),
          t("supervision.peer"),
          t("supervision.error"),
          t("supervision.attempts"),
          t("supervision.retry"),
        ]}
        rows={(letter) => (
          <tr key={`${letter.direction} ${letter.messageId}`}>
            <td>{formatTime(letter.since)}</td>
            <td>
              {t(`supervision.direction.${letter.direction}`)} {letter.type}
            </td>
            <td>{nodeName(letter.peer)}</td>
            <td>{letter.error}</td>
            <td className="number">{letter.attempts}</td>
            <td>
              <button
                type="button"
                className="button small"
                disabled={retry.isPending}
                onClick={() => retry.mutate({ direction: letter.direction, id: letter.messageId })}
              >
                {t("supervision.retry")}
              </button>
            </td>
          </tr>
        )}
      />
      {retry.isError ? <ProblemNote error={retry.error} /> : null}
    </div>
  );
}
