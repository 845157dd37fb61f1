import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import type { ReactNode } from "react";
import type { Meta, RequestView } from "../../../src/http/contract/index.ts";
import { metaQuery, requestQuery, timelineQuery } from "../../shared/api/reads.ts";
import { Badge, Glyph } from "../../shared/design/glyph.tsx";
import { Bones, ProblemNote } from "../../shared/design/states.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { deskOf } from "../../shared/list-names.ts";
import { useDangerAim } from "../alarm/danger.tsx";
import { useReportPushes } from "../alarm/shown.ts";
import { DangerBadge, StatusBadge } from "../queue/row-marks.tsx";
import { ActionBar } from "./actions/action-bar.tsx";
import { useActions } from "./actions/use-actions.ts";
import { Facts } from "./facts.tsx";
import { Linkages } from "./linkages.tsx";
import { Orders } from "./orders.tsx";
import { Outcome } from "./outcome.tsx";
import { Said } from "./said.tsx";
import { Timeline } from "./timeline.tsx";
import { Verdict } from "./verdict.tsx";

/** Who answers for the danger part: the sender until it holds that a seat at the other desk has it on screen. @source nmg:2.2.1 */
function DangerPart({ request }: { readonly request: RequestView }): ReactNode {
  const { t, code } = useText();
  const urgent = request.linkages.filter((one) => one.kind === "urgent" && one.state !== "ended").at(-1);
  if (urgent === undefined || !request.dangerOpen) return null;
  const ours = urgent.role === "R" || urgent.state === "pushed";
  return (
    <Badge tone={ours ? "danger-soft" : "plain"} glyph={ours ? "square" : "out"}>
      {ours ? t("danger.partOurs") : t("danger.partTheirs", { peer: code("sideName", urgent.peerSide) })}
    </Badge>
  );
}

function Head({ request, meta }: { readonly request: RequestView; readonly meta: Meta }): ReactNode {
  const { t, code, language } = useText();
  const verdict = request.verdict;
  const matter = (language === "zh" ? verdict?.itemName : verdict?.itemNameEn) ?? t("queue.noItem");
  const holderSide = request.holder === null ? null : deskOf(meta, request.holder);
  const holder = holderSide === null ? request.holder : code("sideName", holderSide);
  return (
    <header className="pane-head request-head">
      <Link to="/requests" className="button quiet small only-narrow">
        <Glyph name="in" /> {t("app.back")}
      </Link>
      <h1>{matter}</h1>
      <span className="head-marks">
        <DangerBadge danger={request.danger} open={request.dangerOpen} />
        <DangerPart request={request} />
        <StatusBadge status={request.status} />
        {request.responsible ? (
          <Badge tone="accent" glyph="square">
            {t("request.responsible")}
          </Badge>
        ) : (
          <Badge glyph="out">
            {holder === null ? t("request.nobodyHere") : t("request.notResponsible", { holder })}
          </Badge>
        )}
      </span>
      <span className="number aside" title={t("request.no")}>
        {request.requestNo}
      </span>
    </header>
  );
}

function Opened({ request, meta }: { readonly request: RequestView; readonly meta: Meta }): ReactNode {
  const { t, code } = useText();
  const actions = useActions(request, meta);
  const timeline = useQuery(timelineQuery(request.requestNo)).data?.rows ?? [];
  const urgent = request.linkages.find((one) => one.kind === "urgent" && one.role === "R" && one.state === "active");
  useReportPushes(request.requestNo, urgent?.signedAt === null ? null : (urgent?.id ?? null), true);
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const no = request.requestNo;
  const { ask } = actions;
  const wantsAmend = search.act === "amend" && request.allowed.includes("amend");
  useEffect(() => {
    if (!wantsAmend) return;
    ask("amend", no);
    void navigate({ to: "/requests/$no", params: { no }, search: {}, replace: true });
    // Once, when the danger key brought us here to go on asking.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wantsAmend]);
  return (
    <article className="request pane">
      <Head request={request} meta={meta} />
      <div className="request-body">
        <Said request={request} onRead={(id) => ask("readAdditions", id)} />
        <Verdict verdict={request.verdict} />
        <Linkages request={request} timeline={timeline} busy={actions.busy} ask={ask} />
        <Facts request={request} meta={meta} />
        {request.missing.length === 0 ? null : (
          <p className="notice">
            <Glyph name="ring" />
            <span>{t("request.missing", { list: request.missing.map((name) => code("fact", name)).join(" · ") })}</span>
          </p>
        )}
        <Orders request={request} meta={meta} busy={actions.busy} ask={ask} />
        <Outcome request={request} meta={meta} />
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
