import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Static } from "typebox";
import type { AlarmView, DeadLetterList, LinkList } from "../../src/http/contract/index.ts";
import { callApi } from "../shared/api/client.ts";
import { alarmsQuery, countsQuery, deadLettersQuery, linksQuery } from "../shared/api/reads.ts";
import { Badge } from "../shared/design/glyph.tsx";
import { ProblemNote } from "../shared/design/states.tsx";
import { useText } from "../shared/i18n/text.tsx";
import { formatAge, formatTime, useNow } from "../shared/time.ts";
import { LeftOut } from "./left-out.tsx";
import { Panel, useNodeName } from "./panel.tsx";
import { PeerFiguresPanel } from "./peer-figures.tsx";
import { StandingPanel } from "./standing.tsx";

type Link = Static<typeof LinkList>["rows"][number];
type Letter = Static<typeof DeadLetterList>["rows"][number];
function Counts(): ReactNode {
  const { t } = useText();
  const query = useQuery(countsQuery);
  if (query.data === undefined) return null;
  const views = ["mine", "incoming", "theirs", "danger", "closed"] as const;
  // As the tabs of the desk count: what was given back stands among what comes from the other desk.
  const counts = { ...query.data, incoming: query.data.incoming + query.data.returned };
  return (
    <section className="panel counts" aria-label={t("supervision.counts")}>
      {views.map((view) => (
        <p key={view} className={view === "danger" && counts.danger > 0 ? "count-card hot" : "count-card"}>
          <b>{counts[view] >= 1_000 ? t("queue.capped") : counts[view]}</b>
          <span>{t(`queue.${view}`)}</span>
        </p>
      ))}
    </section>
  );
}

function AlarmRow({ alarm }: { readonly alarm: AlarmView }): ReactNode {
  const { t, code, named } = useText();
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
        {alarm.rings === undefined ? null : ` · ${named(alarm.rings)}`}
        {acknowledge.isError ? <ProblemNote error={acknowledge.error} /> : null}
      </td>
      <td className="number">
        {alarm.requestNo === null ? (
          alarm.kind === "coverGap" && <Gap subject={alarm.subject} now={now} />
        ) : (
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
        {alarm.kind === "urgentUnsigned" ? (
          // Its number is this desk's own: nobody rings himself.
          <b>{t("alarm.signHere")}</b>
        ) : alarm.dial === null ? (
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

/** The unit and from when nobody is on duty for it. */
function Gap({ subject, now }: { readonly subject: string; readonly now: number }): ReactNode {
  const { t } = useText();
  const [unit = "", from = ""] = subject.split("@");
  return (
    <>
      {unit} {from === "" ? null : t("alarm.gapFrom", { time: formatTime(from, now) })}
    </>
  );
}

function LinkRow({ link }: { readonly link: Link }): ReactNode {
  const { t } = useText();
  const nodeName = useNodeName();
  return (
    <tr>
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
  );
}

function LetterRow({ letter }: { readonly letter: Letter }): ReactNode {
  const { t } = useText();
  const client = useQueryClient();
  const nodeName = useNodeName();
  const retry = useMutation({
    networkMode: "always",
    mutationFn: () =>
      callApi(`/dead-letters/${letter.direction}/${encodeURIComponent(letter.messageId)}/retry`, {
        method: "POST",
        body: {},
      }),
    onSettled: () => client.invalidateQueries({ queryKey: deadLettersQuery.queryKey }),
  });
  return (
    <tr>
      <td>{formatTime(letter.since)}</td>
      <td>
        {t(`supervision.direction.${letter.direction}`)} {letter.type}
      </td>
      <td>{nodeName(letter.peer)}</td>
      <td>{letter.error}</td>
      <td className="number">{letter.attempts}</td>
      <td>
        <button type="button" className="button small" disabled={retry.isPending} onClick={() => retry.mutate()}>
          {t("supervision.retry")}
        </button>
        {retry.isError ? <ProblemNote error={retry.error} /> : null}
      </td>
    </tr>
  );
}

/** How many of the listed marks stand on each level, the highest first. */
function useByLevel(): (rows: readonly AlarmView[]) => string {
  const { t } = useText();
  return (rows) => {
    const counts = new Map<number, number>();
    for (const { level } of rows) counts.set(level, (counts.get(level) ?? 0) + 1);
    const levels = [...counts].sort(([a], [b]) => b - a);
    return levels.map(([n, of]) => t("standing.onLevel", { n, of })).join(" · ");
  };
}

/** For supervisors and operators: what is red, which links stand, what could not be delivered. */
export function Supervision(): ReactNode {
  const { t } = useText();
  const byLevel = useByLevel();
  const alarms = useQuery(alarmsQuery);
  const links = useQuery(linksQuery);
  const dead = useQuery(deadLettersQuery);
  return (
    <div className="supervision">
      <h1>{t("supervision.title")}</h1>
      <p>
        <Link to="/agreement">{t("agreement.open")}</Link>
      </p>
      <Counts />
      <Panel
        title={t("supervision.alarms")}
        note={byLevel(alarms.data?.rows ?? [])}
        empty={t("supervision.noAlarms")}
        query={alarms}
        count={alarms.data?.rows.length ?? 0}
        heads={["alarm.head", "supervision.what", "request.no", "supervision.raisedAt", "supervision.act"]}
      >
        {alarms.data?.rows.map((alarm) => (
          <AlarmRow key={`${alarm.kind} ${alarm.subject}`} alarm={alarm} />
        ))}
        <LeftOut rows={alarms.data?.rows ?? []} />
      </Panel>
      <StandingPanel />
      <PeerFiguresPanel />
      <Panel
        title={t("supervision.links")}
        empty={t("supervision.noLinks")}
        query={links}
        count={links.data?.rows.length ?? 0}
        heads={[
          "supervision.peer",
          "supervision.state",
          "supervision.lastReceipt",
          "supervision.backlogUrgent",
          "supervision.backlogOrdinary",
          "supervision.dead",
          "linkage.dutyPhone",
        ]}
      >
        {links.data?.rows.map((link) => (
          <LinkRow key={link.peer} link={link} />
        ))}
      </Panel>
      <Panel
        title={t("supervision.deadLetters")}
        empty={t("supervision.noDead")}
        query={dead}
        count={dead.data?.rows.length ?? 0}
        heads={[
          "supervision.since",
          "supervision.type",
          "supervision.peer",
          "supervision.error",
          "supervision.attempts",
          "supervision.act",
        ]}
      >
        {dead.data?.rows.map((letter) => (
          <LetterRow key={`${letter.direction} ${letter.messageId}`} letter={letter} />
        ))}
      </Panel>
    </div>
  );
}
