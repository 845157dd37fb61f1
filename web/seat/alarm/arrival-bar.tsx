import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Static } from "typebox";
import type { QueueRow } from "../../../src/http/contract/index.ts";
import { metaQuery, queueQuery } from "../../shared/api/reads.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { deskOf } from "../../shared/list-names.ts";
import { arrivedBy } from "./arrivals.ts";
import type { Arrivals } from "./arrivals.ts";

type Row = Static<typeof QueueRow>;

export type ArrivalNews = {
  /** Came in and was not opened here yet, the earliest first. */
  readonly rows: readonly Row[];
  /** How many wait for this desk in all, on the first page. */
  readonly waiting: number;
  /** Grows with each that comes. */
  readonly heard: number;
  readonly putAway: () => void;
};

function useRows(view: "incoming" | "returned"): readonly Row[] | null {
  const query = useInfiniteQuery(queueQuery(view));
  return query.data === undefined ? null : query.data.pages.flatMap((page) => page.rows);
}

/** Hand-overs that came in, and what came back, while this seat was looking on. Danger is not among them: it has its own bar. */
export function useArrivals(): ArrivalNews {
  const [incoming, returned] = [useRows("incoming"), useRows("returned")];
  const openNo = useParams({ strict: false }).no ?? null;
  const [seen, setSeen] = useState<Arrivals | null>(null);
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const rows = incoming === null || returned === null ? null : [...incoming, ...returned];
  const numbers = rows?.map((row) => row.requestNo) ?? [];
  const known = seen?.present ?? null;
  if (rows !== null && (known === null || known.join() !== numbers.join())) setSeen(arrivedBy(seen, numbers));
  if (openNo !== null && seen?.fresh.includes(openNo) === true && !away.has(openNo))
    setAway(new Set([...away, openNo]));
  const fresh = (seen?.fresh ?? []).filter((no) => !away.has(no) && no !== openNo);
  return {
    rows: fresh.flatMap((no) => rows?.find((row) => row.requestNo === no) ?? []),
    waiting: numbers.length,
    heard: seen?.heard ?? 0,
    putAway: () => setAway(new Set([...away, ...fresh])),
  };
}

/** One quiet line over every screen, until what came was opened or put away, or somebody has answered it. */
export function ArrivalBar({ news }: { readonly news: ArrivalNews }): ReactNode {
  const { t, code, language } = useText();
  const meta = useQuery(metaQuery).data;
  const [first] = news.rows;
  if (first === undefined) return null;
  const side = deskOf(meta, first.peer ?? "");
  const peer = side === null ? t("queue.otherDesk") : code("sideName", side);
  const matter = (language === "zh" ? first.itemName : first.itemNameEn) ?? t("queue.noItem");
  const more = news.rows.length - 1;
  return (
    <section className="rings arrivals" role="status" aria-label={t("arrival.title")}>
      <p className="ring told-line">
        <span className="ring-what">
          <Glyph name="in" size={16} />{" "}
          <b>{t(first.status === "offered" ? "arrival.came" : "arrival.cameBack", { peer })}</b>
          <span>{matter}</span>
          <span className="aside arrival-said">{first.summary}</span>
        </span>
        {more === 0 ? null : <span>{t("arrival.more", { n: more })}</span>}
        <Link to="/requests/$no" params={{ no: first.requestNo }} className="button small">
          {t("urgent.open")}
        </Link>
        <span className="aside">{t("arrival.all")}</span>
        <button type="button" className="button quiet small" onClick={news.putAway}>
          {t("alarm.acknowledge")}
        </button>
      </p>
    </section>
  );
}
