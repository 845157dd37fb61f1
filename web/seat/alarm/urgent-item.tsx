import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import type { AlarmView, FieldView } from "../../../src/http/contract/index.ts";
import { callApi } from "../../shared/api/client.ts";
import { requestQuery } from "../../shared/api/reads.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { foldText } from "../../shared/design/fold-text.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { placeWords } from "../../shared/place-words.ts";
import { useNow } from "../../shared/time.ts";
import { useSeat } from "../../shared/session/session.tsx";
import { answeredLines, headlineOf, matterOf, raisedByUnit, saidFirst } from "../request/matter.ts";
import { Age } from "./age.tsx";
import { Pressed } from "../request/pressed.tsx";
import { unsignedStep } from "./unsigned-step.ts";
import { useShownReceipt } from "./shown.ts";
import { tailOf } from "./which.tsx";

/** The facts read after this push came up; the item is mounted anew for every level. */
function useFreshRequest(alarm: AlarmView) {
  const [since] = useState(() => Date.now());
  const query = useQuery({
    ...requestQuery(alarm.requestNo ?? ""),
    enabled: alarm.requestNo !== null,
    retry: 20,
    retryDelay: 1_000,
  });
  const { dataUpdatedAt, refetch } = query;
  const stale = dataUpdatedAt < since;
  useEffect(() => {
    if (stale && alarm.requestNo !== null) void refetch();
  }, [stale, refetch, alarm.requestNo]);
  return stale ? { request: query.data, fresh: false } : { request: query.data, fresh: query.data !== undefined };
}

function CallerNumber({ no, view }: { readonly no: string; readonly view: FieldView | undefined }): ReactNode {
  const { t } = useText();
  const [clear, setClear] = useState<string | null>(null);
  const shown = clear ?? view?.value ?? null;
  if (shown === null) return <span>{t("urgent.unknownNumber")}</span>;
  const reveal = () => {
    callApi<{ readonly value: { readonly value: string | null } }>(`/requests/${no}/reveal`, {
      method: "POST",
      body: { field: "requester.phone", reason: t("reveal.urgent") },
    })
      .then((answer) => setClear(answer.value.value))
      .catch(() => undefined);
  };
  return (
    <>
      <b className="number">{shown}</b>
      {clear === null && view?.revealable === true ? (
        <button type="button" className="button small" onClick={reveal}>
          {t("urgent.reveal")}
        </button>
      ) : null}
    </>
  );
}

const END = 36;

/** What fits into one line of a long text: its END, because threats stand at the end. */
function endOf(text: string): string {
  const points = [...text];
  return points.length <= END ? text : `\u2026${points.slice(-END).join("")}`;
}

/** Says that it waits too long, louder at each step; read aloud when the step changes, not every second. */
function Unsigned({ since }: { readonly since: string }): ReactNode {
  const { t } = useText();
  const step = unsignedStep(useNow(1_000) - Date.parse(since));
  if (step === 0) return null;
  return (
    <b className={step === 1 ? "urgent-step" : "urgent-step worst"}>
      <Glyph name="clock" size={14} /> {t(step === 1 ? "urgent.unsigned30" : "urgent.unsigned60")}
    </b>
  );
}

/** One unsigned urgent push: matter, place, number and what was said; compact = in one line. */
export function UrgentItem({
  alarm,
  first,
  compact,
  onSign,
}: {
  readonly alarm: AlarmView;
  readonly first: boolean;
  readonly compact: boolean;
  readonly onSign: (alarm: AlarmView) => void;
}): ReactNode {
  const { t, language } = useText();
  const { session } = useSeat();
  const { request, fresh } = useFreshRequest(alarm);
  const linkage = request?.linkages.find(({ id }) => id === alarm.subject);
  const onScreen = useShownReceipt(fresh ? linkage : undefined);
  const matter = (request === undefined ? null : headlineOf(request, language)) ?? t("urgent.unknownMatter");
  const raised = request === undefined ? null : raisedByUnit(request);
  const place = placeWords(request?.placeName ?? null, request?.fields["address"]?.value ?? null);
  // Without an item the caller's own words head it, and those are Chinese on every screen.
  const spoken = request !== undefined && matterOf(request, language) === null;
  // Whoever is in danger speaks first: the unit's words stand before what the requester once said.
  const answered = request === undefined ? [] : answeredLines(request, language);
  const said = foldText(request === undefined ? "" : saidFirst(request));
  return (
    <section ref={onScreen} className={compact ? "urgent compact" : "urgent"} aria-label={t("urgent.title")}>
      <div className="urgent-head">
        <Glyph name="danger" size={26} />
        <h2>
          {t("urgent.title")}
          <span className="unseen">: </span> <b lang={spoken ? "zh-CN" : undefined}>{matter}</b>
        </h2>
        <span className="urgent-age">
          <Age since={alarm.raisedAt} label="urgent.waiting" />
        </span>
        <Unsigned since={alarm.raisedAt} />
        {alarm.level > 1 ? <span className="urgent-again">{t("urgent.again", { n: alarm.level })}</span> : null}
        <span className="urgent-acts">
          <button type="button" className="button" onClick={() => onSign(alarm)}>
            {t("urgent.sign")} {first ? <kbd>F1</kbd> : null}
          </button>
        </span>
      </div>
      {linkage === undefined ? null : <Pressed linkage={linkage} onlyLate />}
      {raised === null ? null : <p className="urgent-unit">{raised.unit}</p>}
      <div className="urgent-facts">
        <span>{place === "" ? t("urgent.unknownPlace") : place}</span>
        <span>
          <Glyph name="phone" size={14} />{" "}
          {alarm.requestNo === null ? null : (
            <CallerNumber no={alarm.requestNo} view={request?.fields["requester.phone"]} />
          )}
        </span>
        {alarm.requestNo === null ? null : (
          <span className="number urgent-no" title={alarm.requestNo}>
            {compact ? t("which.tail", { tail: tailOf(alarm.requestNo) }) : alarm.requestNo}
          </span>
        )}
        {session.onDuty ? fresh ? null : <span>{t("urgent.reading")}</span> : <span>{t("urgent.offDuty")}</span>}
      </div>
      {said.head === "" ? null : (
        <p className="urgent-said">
          {compact
            ? endOf(said.tail === "" ? said.head : said.tail)
            : said.tail === ""
              ? said.head
              : `${said.head.slice(0, 60)} … ${said.tail.slice(-120)}`}
        </p>
      )}
      {compact || answered.length === 0 ? null : <p className="urgent-answers">{answered.join(" · ")}</p>}
    </section>
  );
}
