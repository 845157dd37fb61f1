import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Static } from "typebox";
import type { QueueRow } from "../../../src/http/contract/index.ts";
import { queueQuery, requestQuery } from "../../shared/api/reads.ts";
import { useText } from "../../shared/i18n/text.tsx";
import { formatTime } from "../../shared/time.ts";
import { firstWords } from "../request/matter.ts";

/** Serial and check digit of the day: what people read to each other to tell two requests apart. */
const TAIL = 5;

/** The end of a request's number. */
export function tailOf(no: string): string {
  return no.slice(-TAIL);
}

type Row = Pick<Static<typeof QueueRow>, "itemName" | "itemNameEn" | "placeName" | "summary">;

/** What a danger is about in one breath: what was said, else the matter; and where. null = nobody has said it yet. */
export function briefOf(
  row: Row,
  language: "zh" | "en",
): { readonly what: string | null; readonly place: string | null } {
  const words = firstWords(row.summary);
  const matter = language === "zh" ? row.itemName : row.itemNameEn;
  return { what: words === "" ? matter : words, place: row.placeName };
}

/**
 * What and where, told from the queue of open dangers, which every desk has open, so that the bar reads no request for it; of any
 * other request nothing.
 */
export function Brief({ no }: { readonly no: string }): ReactNode {
  const { t, language } = useText();
  const rows = useInfiniteQuery(queueQuery("danger")).data?.pages.flatMap((page) => page.rows) ?? [];
  const row = rows.find((one) => one.requestNo === no);
  if (row === undefined) return null;
  const { what, place } = briefOf(row, language);
  return (
    <span className="which-what">
      {what ?? t("urgent.unknownMatter")} · {place ?? t("urgent.unknownPlace")}
    </span>
  );
}

/** The caller's number where the request was read already, as this seat may see it; nothing is read for it. */
function CallersNumber({ no }: { readonly no: string }): ReactNode {
  const { data } = useQuery({ ...requestQuery(no), enabled: false });
  const phone = data?.fields["requester.phone"]?.value ?? null;
  return phone === null ? null : <span className="number">{phone}</span>;
}

/**
 * Which request a line of the bar is about: end of its number, when, what and where. Of a press of the danger key at this seat (`pressed`)
 * when that was, which tells two of them apart before either has a number, and the caller's number where it is known.
 */
export function Which({
  no,
  at,
  pressed = false,
}: {
  readonly no: string | null;
  readonly at: string;
  readonly pressed?: boolean;
}): ReactNode {
  const { t } = useText();
  const time = formatTime(at);
  return (
    <span className="which">
      {no === null ? null : (
        <Link to="/requests/$no" params={{ no }} className="number" title={no}>
          {t("which.tail", { tail: tailOf(no) })}
          <span className="unseen"> {no}</span>
        </Link>
      )}
      <time dateTime={at}>{pressed ? t("push.pressed", { time }) : time}</time>
      {no === null ? null : <Brief no={no} />}
      {no === null || !pressed ? null : <CallersNumber no={no} />}
    </span>
  );
}
