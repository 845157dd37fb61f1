import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { ApiFailure } from "../../shared/api/client.ts";
import { ordersQuery, requestQuery } from "../../shared/api/reads.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import type { RequestView } from "../../../src/http/contract/index.ts";
import { seenPushes } from "../request/seen-pushes.ts";
import { ByVoice } from "./by-voice.tsx";
import { Which } from "./which.tsx";

/** One press of the danger key and what became of it. */
export type Push = {
  readonly id: string;
  /** When the key was pressed. */
  readonly at: string;
  readonly state: "sending" | "retrying" | "sent" | "refused";
  readonly tries: number;
  readonly no: string | null;
  /** The order it was raised from, by a unit, which may not read the request. */
  readonly order: string | null;
  /** When the server had it, in ms; null = not yet. */
  readonly sentMs: number | null;
  readonly failure: unknown;
};

function refusalOf(failure: unknown, zh: boolean): string {
  if (!(failure instanceof ApiFailure)) return "";
  const problem = failure.problem;
  return problem === null ? failure.code : `${zh ? problem.title : problem.titleEn} (${problem.code})`;
}

/** How far the push has come: `notPushed` = there was no desk to push to; `older` = an earlier push is on the other desk's screen, the last one is not. */
type Arrival = {
  readonly is: "sent" | "notPushed" | "onScreen" | "signed" | "ended" | "older";
  readonly shown: number;
  readonly last: number;
};

/** How far the push has come at the other desk, by its receipts; what was not read yet has left at least. */
export function arrivalOf(request: Pick<RequestView, "linkages"> | undefined): Arrival {
  const urgent = request?.linkages.filter((one) => one.kind === "urgent" && one.role === "S").at(-1);
  if (request !== undefined && urgent === undefined) return { is: "notPushed", shown: 0, last: 0 };
  if (urgent?.state === "ended") return { is: "ended", shown: urgent.pushNo, last: urgent.pushNo };
  if (urgent === undefined || urgent.deliveredAt === null) return { is: "sent", shown: 0, last: urgent?.pushNo ?? 1 };
  const { shown, last, older } = seenPushes(urgent);
  return { is: older ? "older" : urgent.signedAt === null ? "onScreen" : "signed", shown, last };
}

function useArrival(no: string | null): Arrival {
  return arrivalOf(useQuery({ ...requestQuery(no ?? ""), enabled: no !== null }).data);
}

/** The same for a unit, from its own order; what was read before this push says nothing about it. */
function useOrderArrival({ order, sentMs }: Pick<Push, "order" | "sentMs">): Arrival {
  const open = useInfiniteQuery({ ...ordersQuery(true), enabled: order !== null });
  const ended = useInfiniteQuery({ ...ordersQuery(false), enabled: order !== null });
  const found = [open, ended].flatMap(({ data, dataUpdatedAt }) =>
    sentMs !== null && dataUpdatedAt > sentMs ? (data?.pages.flatMap(({ rows }) => rows) ?? []) : [],
  );
  const is = found.find((row) => row.order.id === order)?.push ?? "sent";
  return { is, shown: 0, last: 1 };
}

/** How far a push has come at the other desk, in words: for a line that says something else of the same danger as well. */
export function useArrivalWords({ no }: Pick<Push, "no">): string {
  const { t } = useText();
  const { is, shown, last } = useArrival(no);
  if (is === "older") return t("danger.onScreenOlder", { k: shown, last });
  return is === "notPushed" ? "" : t(`danger.${is}`);
}

/** Whether a push has not left and somebody must do something about it. */
export function isStuck(push: Push): boolean {
  return push.state === "retrying" || push.state === "refused";
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
  const [ofRequest, ofOrder] = [useArrival(police ? null : push.no), useOrderArrival(push)];
  const arrival = push.order === null ? ofRequest : ofOrder;
  const over = push.state === "sent" && arrival.is === "ended";
  useEffect(() => {
    if (over) onClose();
  }, [over, onClose]);
  const unpushed = push.state === "sent" && !police && arrival.is === "notPushed";
  const stuck = isStuck(push) || unpushed;
  const words =
    push.state === "sending"
      ? t("danger.sending")
      : push.state === "sent"
        ? police
          ? t("danger.sentPolice")
          : arrival.is === "older"
            ? t("danger.onScreenOlder", { k: arrival.shown, last: arrival.last })
            : arrival.is === "notPushed"
              ? t("danger.notPushed", { dial: dial ?? "110" })
              : t(`danger.${arrival.is}`)
        : push.state === "retrying"
          ? t("danger.notSent", { n: push.tries })
          : t("danger.refused", { reason: refusalOf(push.failure, language === "zh") });
  return (
    <section className={stuck ? "strip stuck" : "strip"} aria-label={t("danger.button")}>
      <Glyph
        name={
          push.state !== "sent" || unpushed
            ? "danger"
            : police || ["onScreen", "signed"].includes(arrival.is)
              ? "check"
              : "clock"
        }
        size={18}
      />
      <Which no={push.no} at={push.at} pressed />
      <strong>{words}</strong>
      {isStuck(push) && dial !== null ? (
        <span className="strip-dial">
          {t("danger.dialNow")} <a href={`tel:${dial}`}>{dial}</a>
        </span>
      ) : null}
      {push.state === "sent" && !police ? <ByVoice no={push.no} /> : null}
      {push.state === "sent" && !police && arrival.is === "sent" ? (
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
