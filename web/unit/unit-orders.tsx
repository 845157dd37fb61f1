import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { ordersQuery } from "../shared/api/reads.ts";
import { Bones, Empty, ProblemNote } from "../shared/design/states.tsx";
import { useText } from "../shared/i18n/text.tsx";
import { useSeat } from "../shared/session/session.tsx";
import { UnitOrder } from "./unit-order.tsx";

/** A handling unit's own orders; made for a phone in one hand. */
export function UnitOrders(): ReactNode {
  const { t } = useText();
  const { session } = useSeat();
  const [open, setOpen] = useState(true);
  const query = useInfiniteQuery(ordersQuery(open));
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="unit">
      <header className="unit-head">
        <div>
          <h1>{t("unit.title")}</h1>
          <p className="aside" lang="zh-CN">
            {session.user.unitName}
          </p>
        </div>
        <fieldset className="views two" aria-label={t("unit.filter")}>
          {[true, false].map((one) => (
            <button
              key={String(one)}
              type="button"
              className="view"
              aria-pressed={open === one}
              onClick={() => setOpen(one)}
            >
              {one ? t("unit.open") : t("unit.all")}
            </button>
          ))}
        </fieldset>
      </header>
      {query.isPending ? <Bones rows={3} /> : null}
      {query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? <Empty title={t("unit.empty")} hint={t("unit.emptyHint")} /> : null}
      <ul className="unit-list">
        {rows.map((row) => (
          <UnitOrder key={row.order.id} row={row} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <button type="button" className="button" onClick={() => void query.fetchNextPage()}>
          {t("queue.loadMore")}
        </button>
      ) : null}
    </div>
  );
}
