import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import type { ReactNode } from "react";
import type { Meta, RequestView } from "../../../src/http/contract/index.ts";
import { metaQuery, requestQuery, timelineQuery } from "../../shared/api/reads.ts";
import { DueMark } from "../../shared/design/due-mark.tsx";
import { Glyph } from "../../shared/design/glyph.tsx";
import { Bones, ProblemNote } from "../../shared/design/states.tsx";
import { DueWhy } from "../../shared/explain/due-why.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { deskOf } from "../../shared/list-names.ts";
import { useDangerAim } from "../alarm/danger.tsx";
import { unreportedPush, useShownReceipt } from "../alarm/shown.ts";
import { ActionBar } from "./actions/action-bar.tsx";
import { useActions } from "./actions/use-actions.ts";
import { Completion } from "./completion.tsx";
import { DoubtfulValues } from "./doubtful.tsx";
import { Facts } from "./facts.tsx";
import { Linkages } from "./linkages.tsx";
import { matterOf } from "./matter.ts";
import { Orders } from "./orders.tsx";
import { Outcome } from "./outcome.tsx";
import { Said } from "./said.tsx";
import { TimeLimit } from "./time-limit.tsx";
import { TimeSpent } from "./time-spent.tsx";
import { Timeline } from "./timeline.tsx";
import { Verdict } from "./verdict.tsx";
import { dangerPart, ordinaryPart, partnerPart } from "./who-holds.ts";
import type { Holder } from "./who-holds.ts";

/** One line: who answers for the ordinary part, who for the danger and who for the part beside it, each once and in words. */
function WhoHolds({ request, meta }: { readonly request: RequestView; readonly meta: Meta }): ReactNode {
  const { t, code } = useText();
  const { holder, stage } = ordinaryPart(request, (node) => deskOf(meta, node));
  const danger = dangerPart(request);
  const partner = partnerPart(request);
  const wordOf = (one: Holder) =>
    one.by === "ours"
      ? t("holds.ours")
      : one.by === "ended"
        ? t("holds.ended")
        : t("holds.theirs", { peer: one.side === null ? (request.holder ?? "") : code("sideName", one.side) });
  const glyphOf = (one: Holder) => (one.by === "ours" ? "square" : one.by === "ended" ? "check" : "out");
  return (
    <p className="who-holds">
      {danger === null ? null : (
        <span className={danger.by === "ended" ? "holds" : "holds hot"}>
          <Glyph name={danger.by === "ended" ? "check" : "danger"} /> {t("holds.danger")}{" "}
          <b>
            <Glyph name={glyphOf(danger)} size={10} /> {wordOf(danger)}
          </b>
        </span>
      )}
      {partner === null ? null : (
        <span className="holds">
          {t("holds.partner")}{" "}
          <b>
            <Glyph name={glyphOf(partner)} size={10} /> {wordOf(partner)}
          </b>
        </span>
      )}
      <span className="holds">
        {danger === null && partner === null ? t("holds.whole") : t("holds.ordinary")}{" "}
        <b>
          <Glyph name={glyphOf(holder)} size={10} /> {wordOf(holder)}
        </b>
        {stage === null ? null : <> · {code("status", stage)}</>}
      </span>
    </p>
  );
}

function Head({ request, meta }: { readonly request: RequestView; readonly meta: Meta }): ReactNode {
  const { t, code, language } = useText();
  const matter = matterOf(request, language);
  const by = matter === null || matter.by === null ? null : deskOf(meta, matter.by);
  return (
    <header className="pane-head request-head">
      <Link to="/requests" className="button quiet small only-narrow">
        <Glyph name="in" /> {t("app.back")}
      </Link>
      <h1>
        {matter?.name ?? t("queue.noItem")}
        {by === null ? null : <span className="aside"> · {t("verdict.toldBy", { peer: code("sideName", by) })}</span>}
      </h1>
      <span className="number aside" title={t("request.no")}>
        {request.requestNo}
      </span>
      <WhoHolds request={request} meta={meta} />
      <DueMark due={request.due} />
    </header>
  );
}

function Opened({ request, meta }: { readonly request: RequestView; readonly meta: Meta }): ReactNode {
  const { t, code } = useText();
  const actions = useActions(request, meta);
  const timeline = useQuery(timelineQuery(request.requestNo)).data?.rows ?? [];
  // Before an urgent push is signed the red bar reports it.
  const pushed = request.linkages.filter(
    (one) => one.state === "active" && (one.kind === "joint" || one.signedAt !== null),
  );
  const newest = useShownReceipt(pushed.find((one) => unreportedPush(one) !== null));
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const no = request.requestNo;
  const { ask } = actions;
  const wanted = search.act !== undefined && request.allowed.includes(search.act) ? search.act : null;
  useEffect(() => {
    if (wanted === null) return;
    ask(wanted, no, search.at);
    void navigate({ to: "/requests/$no", params: { no }, search: {}, replace: true });
    // Once, when the danger key or a step that is owed brought us here.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted]);
  return (
    <article className="request pane">
      <Head request={request} meta={meta} />
      <div className="request-body">
        <Completion request={request} busy={actions.busy} ask={ask} />
        <Said request={request} newest={newest} onRead={(id) => ask("readAdditions", id)} />
        <Verdict request={request} meta={meta} />
        <DueWhy due={request.due} />
        <Linkages request={request} meta={meta} timeline={timeline} busy={actions.busy} ask={ask} />
        <Facts request={request} meta={meta} />
        <DoubtfulValues request={request} meta={meta} timeline={timeline} />
        {request.missing.length === 0 ? null : (
          <p className="notice">
            <Glyph name="ring" />
            <span>{t("request.missing", { list: request.missing.map((name) => code("fact", name)).join(" · ") })}</span>
          </p>
        )}
        <TimeLimit request={request} busy={actions.busy} ask={ask} />
        <Orders request={request} meta={meta} busy={actions.busy} ask={ask} />
        <Outcome request={request} meta={meta} />
        <TimeSpent request={request} meta={meta} />
      </div>
      <ActionBar request={request} meta={meta} actions={actions} />
    </article>
  );
}

/** The open request in the middle and its timeline on the right. */
export function RequestPane(): ReactNode {
  const { no = "" } = useParams({ strict: false });
  const meta = useQuery(metaQuery).data;
  const query = useQuery(requestQuery(no));
  useDangerAim({ kind: "request", no });
  if (query.isError && query.data === undefined) {
    return (
      <div className="pane">
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  if (query.data === undefined || meta === undefined) {
    return (
      <div className="pane">
        <Bones rows={4} />
      </div>
    );
  }
  return (
    <>
      <Opened key={no} request={query.data} meta={meta} />
      <Timeline no={no} meta={meta} />
    </>
  );
}
