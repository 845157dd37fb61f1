import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ApiFailure } from "../../shared/api/client.ts";
import { requestQuery } from "../../shared/api/reads.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import type { MessageKey } from "../../shared/i18n/text.tsx";
import { useText } from "../../shared/i18n/text.tsx";

/** One press of the danger key and what became of it. */
export type Push = {
  readonly id: string;
  readonly state: "sending" | "retrying" | "sent" | "refused";
  readonly tries: number;
  readonly no: string | null;
  readonly failure: unknown;
};

function refusalOf(failure: unknown, zh: boolean): string {
  if (!(failure instanceof ApiFailure)) return "";
  const problem = failure.problem;
  return problem === null ? failure.code : `${zh ? problem.title : problem.titleEn} (${problem.code})`;
}

type Arrival = Extract<MessageKey, "danger.sent" | "danger.onScreen" | "danger.signed">;

/** How far the push has come at the other desk, by its receipts. */
function useArrival(no: string | null): Arrival {
  const request = useQuery({ ...requestQuery(no ?? ""), enabled: no !== null }).data;
  const urgent = request?.linkages.filter((one) => one.kind === "urgent" && one.role === "S").at(-1);
  if (urgent === undefined || urgent.deliveredAt === null) return "danger.sent";
  return urgent.signedAt === null ? "danger.onScreen" : "danger.signed";
}

/** Says over every screen whether the push has left, and which number to dial while it has not. */
export function DangerStrip({
  push,
  police,
  dial,
  onClose,
}: {
  readonly push: Push;
  readonly police: boolean;
  readonly dial: string | null;
  readonly onClose: () => void;
}): ReactNode {
  const { t, language } = useText();
  const arrival = useArrival(police ? null : push.no);
  const stuck = push.state === "retrying" || push.state === "refused";
  const words =
    push.state === "sending"
      ? t("danger.sending")
      : push.state === "sent"
        ? t(police ? "danger.sentPolice" : arrival)
        : push.state === "retrying"
          ? t("danger.notSent", { n: push.tries })
          : t("danger.refused", { reason: refusalOf(push.failure, language === "zh") });
  return (
    <section
      className={stuck ? "strip stuck" : "strip"}
      role={stuck ? "alert" : "status"}
      aria-label={t("danger.button")}
    >
      <Glyph
        name={push.state !== "sent" ? "danger" : police || arrival !== "danger.sent" ? "check" : "clock"}
        size={18}
      />
      <strong>{words}</strong>
      {stuck && dial !== null ? (
        <span className="strip-dial">
          {t("danger.dialNow")} <a href={`tel:${dial}`}>{dial}</a>
        </span>
      ) : null}
      {push.no === null ? null : (
        <Link to="/requests/$no" params={{ no: push.no }} className="number">
          {push.no}
        </Link>
      )}
      {push.state === "sent" && !police && arrival === "danger.sent" ? (
        <span className="aside wide-only">{t("danger.notThis")}</span>
      ) : null}
      {push.state === "sent" || push.state === "refused" ? (
        <button type="button" className="button small" onClick={onClose}>
          {t("danger.close")}
        </button>
      ) : null}
    </section>
  );
}
