import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment, useState } from "react";
import type { ReactNode } from "react";
import type { ConsultationBoard, ConsultationView, TopicView } from "../../src/http/contract/index.ts";
import { consultationsQuery, sessionQuery } from "../shared/api/reads.ts";
import { Badge } from "../shared/design/glyph.tsx";
import { FoldText } from "../shared/design/fold-text.tsx";
import { useText } from "../shared/i18n/text.tsx";
import { formatTime, useNow } from "../shared/time.ts";
import { DecisionForm } from "./decision-form.tsx";
import { Panel } from "./panel.tsx";

const TOPIC_HEADS = [
  "consultation.item",
  "consultation.division",
  "consultation.requests",
  "consultation.ways",
  "consultation.between",
  "consultation.act",
] as const;

type Named = Pick<TopicView, "item" | "itemName" | "itemNameEn">;

function ItemName({ of }: { readonly of: Named }): ReactNode {
  const { t, language } = useText();
  if (of.item === null) return t("consultation.unjudged");
  return `${(language === "zh" ? of.itemName : of.itemNameEn) ?? ""} ${of.item}`.trim();
}

/** The requests behind a topic: each opens as any request does. */
function Behind({ topic }: { readonly topic: TopicView }): ReactNode {
  const { t, code } = useText();
  return (
    <tr>
      <td colSpan={TOPIC_HEADS.length}>
        <p className="aside">{t("consultation.behind")}</p>
        <ul>
          {topic.matters.map(({ requestNo, linkageId, at, ways }) => (
            <li key={linkageId}>
              <Link to="/requests/$no" params={{ no: requestNo }} className="number">
                {requestNo}
              </Link>{" "}
              <time dateTime={at}>{formatTime(at)}</time> {ways.map((way) => code("disputeWay", way)).join(" · ")}
            </li>
          ))}
        </ul>
        {topic.more === 0 ? null : <p className="aside">{t("consultation.more", { n: topic.more })}</p>}
      </td>
    </tr>
  );
}

function TopicRow({
  topic,
  onDecide,
}: {
  readonly topic: TopicView;
  readonly onDecide: (() => void) | null;
}): ReactNode {
  const { t, code } = useText();
  const now = useNow(60_000);
  const [open, setOpen] = useState(false);
  return (
    <Fragment>
      <tr>
        <td>
          <ItemName of={topic} />
          {topic.settledAt === null ? null : (
            <p className="aside">{t("consultation.again", { at: formatTime(topic.settledAt, now) })}</p>
          )}
          {topic.decidedOn === null ? null : (
            <p className="aside">{t("consultation.waits", { day: topic.decidedOn })}</p>
          )}
        </td>
        <td>{topic.division === null ? t("consultation.noDivision") : (topic.divisionName ?? topic.division)}</td>
        <td className="number">
          <button type="button" className="button small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {topic.requests}
          </button>
        </td>
        <td>{topic.ways.map(({ way, of }) => `${code("disputeWay", way)} ${of}`).join(" · ")}</td>
        <td>
          <time dateTime={topic.firstAt}>{formatTime(topic.firstAt, now)}</time> ·{" "}
          <time dateTime={topic.lastAt}>{formatTime(topic.lastAt, now)}</time>
        </td>
        <td>
          {onDecide === null || topic.item === null ? null : (
            <button type="button" className="button small" onClick={onDecide}>
              {t("consultation.decide")}
            </button>
          )}
        </td>
      </tr>
      {open ? <Behind topic={topic} /> : null}
    </Fragment>
  );
}

/** One consultation with its decision, its minutes, and how far its row has come. */
function Held({ held }: { readonly held: ConsultationView }): ReactNode {
  const { t, code } = useText();
  const now = useNow(60_000);
  return (
    <section className="panel" aria-label={held.titleZh}>
      <h2>
        {held.titleZh} <span className="note">{held.number}</span>
      </h2>
      <dl className="agreement-line">
        <dt>{t("consultation.heldOn")}</dt>
        <dd>{held.heldOn}</dd>
        <dt>{t("consultation.item")}</dt>
        <dd>
          <ItemName of={held} />
        </dd>
        <dt>{t("consultation.decision")}</dt>
        <dd>
          <b>{code("sideName", held.side)}</b> · {held.rule} · {held.validFrom}
        </dd>
        <dt>{t("consultation.version")}</dt>
        <dd>
          <span className="number">{held.version}</span>{" "}
          <Badge
            tone={held.versionState === "inForce" ? "ok" : "warn"}
            glyph={held.versionState === "inForce" ? "check" : "ring"}
          >
            {t(`consultation.state.${held.versionState ?? "none"}`)}
          </Badge>{" "}
          <Link to="/agreement">{t("consultation.sign")}</Link>
        </dd>
        <dt>{t("consultation.tookPart")}</dt>
        <dd>{held.tookPart}</dd>
        <dt>{t("consultation.minutes")}</dt>
        <dd>
          <FoldText text={held.minutes} />
        </dd>
        <dt>{t("consultation.behind")}</dt>
        <dd>
          {held.requestNos.map((no) => (
            <Link key={no} to="/requests/$no" params={{ no }} className="number">
              {no}{" "}
            </Link>
          ))}
        </dd>
      </dl>
      <p className="aside">
        {held.issuer} ·{" "}
        {t("consultation.recordedBy", { name: held.recordedBy ?? "", at: formatTime(held.recordedAt, now) })}
      </p>
    </section>
  );
}

function policyWords({ policy }: ConsultationBoard, t: ReturnType<typeof useText>["t"]): string {
  const rests =
    policy.source === "default" ? t("consultation.default") : t("consultation.source", { source: policy.source });
  return `${t("consultation.policy", { times: policy.times, days: policy.days })}（${rests}）`;
}

/** What both sides must talk about and why, the requests behind it, and what was decided. @source nmg:2.2.4 @source yn:3.4 @req REQ-35 */
export function Consultations(): ReactNode {
  const { t } = useText();
  const query = useQuery(consultationsQuery);
  const session = useQuery(sessionQuery).data;
  const [deciding, setDeciding] = useState<TopicView | null>(null);
  const board = query.data;
  // Who answers for the desk writes it down; an operator only reads.
  const mayDecide = session?.user.roles.includes("supervisor") ?? false;
  return (
    <div className="supervision">
      <h1>{t("consultation.title")}</h1>
      <p>
        <Link to="/supervision">{t("supervision.title")}</Link>
      </p>
      <p className="aside">{t("consultation.what")}</p>
      <Panel
        title={t("consultation.topics")}
        note={board === undefined ? "" : policyWords(board, t)}
        empty={t("consultation.noTopics")}
        query={query}
        count={board?.topics.length ?? 0}
        heads={TOPIC_HEADS}
      >
        {board?.topics.map((topic) => (
          <TopicRow
            key={`${topic.item} ${topic.division}`}
            topic={topic}
            onDecide={mayDecide ? () => setDeciding(topic) : null}
          />
        ))}
      </Panel>
      {deciding === null ? null : (
        <DecisionForm
          key={`${deciding.item} ${deciding.division}`}
          topic={deciding}
          onClose={() => setDeciding(null)}
        />
      )}
      <h2>{t("consultation.held")}</h2>
      {board?.held.length === 0 ? <p className="aside">{t("consultation.noneHeld")}</p> : null}
      {board?.held.map((held) => (
        <Held key={held.id} held={held} />
      ))}
    </div>
  );
}
