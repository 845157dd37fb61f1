import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import type { Static } from "typebox";
import type { QueueRow } from "../../../src/http/contract/index.ts";
import { countsQuery, queueQuery } from "../../shared/api/reads.ts";
import type { QueueView } from "../../shared/api/reads.ts";
import { isComposing } from "../../shared/design/combo.tsx";
import { Glyph } from "../../shared/design/glyph.tsx";
import { Bones, Empty, ProblemNote } from "../../shared/design/states.tsx";
import type { MessageKey } from "../../shared/i18n/text.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { useKeys } from "../../shared/keys/keys.tsx";
import { QueueLine } from "./queue-line.tsx";

const VIEWS = ["mine", "incoming", "theirs", "danger", "closed"] as const satisfies readonly QueueView[];
const WORDS = {
  mine: ["queue.mine", "queue.emptyMine"],
  incoming: ["queue.incoming", "queue.emptyIncoming"],
  theirs: ["queue.theirs", "queue.emptyTheirs"],
  danger: ["queue.danger", "queue.emptyDanger"],
  closed: ["queue.closed", "queue.emptyClosed"],
} as const satisfies Record<QueueView, readonly [MessageKey, MessageKey]>;

type Row = Static<typeof QueueRow>;

/** Numbers of the rows that came in while the list was open: they are marked until somebody opens them. */
function useArrivals(view: QueueView, rows: readonly Row[], loaded: boolean): ReadonlySet<string> {
  const known = useRef<{ view: QueueView; all: Set<string>; fresh: Set<string> } | null>(null);
  return useMemo(() => {
    if (!loaded) return new Set<string>();
    const before = known.current?.view === view ? known.current : null;
    const all = before?.all ?? new Set(rows.map((row) => row.requestNo));
    const fresh = new Set(before?.fresh ?? []);
    for (const row of rows) if (!all.has(row.requestNo)) fresh.add(row.requestNo);
    for (const row of rows) all.add(row.requestNo);
    known.current = { view, all, fresh };
    return fresh;
  }, [view, rows, loaded]);
}

function ViewTabs({
  view,
  onView,
}: {
  readonly view: QueueView;
  readonly onView: (view: QueueView) => void;
}): ReactNode {
  const { t } = useText();
  const counts = useQuery(countsQuery).data;
  return (
    <div className="views" role="group" aria-label={t("queue.views")}>
      {VIEWS.map((one, i) => {
        const count = counts?.[one] ?? 0;
        return (
          <button
            key={one}
            type="button"
            aria-pressed={view === one}
            className={
              one === "danger" && count > 0 ? "view hot" : one === "incoming" && count > 0 ? "view due" : "view"
            }
            title={String(i + 1)}
            onClick={() => onView(one)}
          >
            <span>{t(WORDS[one][0])}</span>
            <b>{counts === undefined ? "" : count >= 1_000 ? t("queue.capped") : count}</b>
          </button>
        );
      })}
    </div>
  );
}

/** The desk's list: live, by keyset pages, walked with the arrow keys. */
export function Queue(): ReactNode {
  const { t } = useText();
  const [view, setView] = useState<QueueView>("mine");
  const params = useParams({ strict: false });
  const openNo = params.no ?? null;
  const query = useInfiniteQuery(queueQuery(view));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const arrivals = useArrivals(view, rows, query.isSuccess);
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState<string | null>(null);
  const current = rows.some((row) => row.requestNo === at) ? at : (rows[0]?.requestNo ?? null);

  const focusRow = (no: string | undefined) => {
    if (no === undefined) return;
    setAt(no);
    list.current?.querySelector<HTMLElement>(`[data-no="${no}"]`)?.focus();
  };
  const move = (by: number) => {
    const index = rows.findIndex((row) => row.requestNo === current);
    const next = rows[Math.max(0, Math.min(rows.length - 1, index + by))];
    focusRow(next?.requestNo);
    if (index + by >= rows.length - 3 && query.hasNextPage && !query.isFetching) void query.fetchNextPage();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 8,
      PageUp: -8,
      Home: -10_000,
      End: 10_000,
    };
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(by);
  };
  const enter = () => focusRow(current ?? undefined);
  useKeys([
    { combo: "q", label: "key.focusQueue", run: enter, anywhere: true },
    { combo: "ArrowDown", label: "key.upDown", run: enter },
    { combo: "ArrowUp", label: "key.upDown", run: enter, unlisted: true },
    ...VIEWS.map((one, i) => ({
      combo: String(i + 1),
      label: "key.views" as const,
      unlisted: i > 0,
      run: () => setView(one),
    })),
  ]);
  useEffect(() => {
    if (openNo !== null) setAt(openNo);
  }, [openNo]);

  return (
    <nav className="queue" aria-label={t("queue.title")}>
      <ViewTabs view={view} onView={setView} />
      {query.isPending ? <Bones rows={5} /> : null}
      {query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? <Empty title={t(WORDS[view][1])} hint={t("queue.emptyHint")} /> : null}
      {rows.length === 0 ? null : (
        <ul ref={list} onKeyDown={onKeyDown} role="list">
          {rows.map((row) => (
            <QueueLine
              key={row.requestNo}
              row={row}
              open={row.requestNo === openNo}
              current={row.requestNo === current}
              arrived={arrivals.has(row.requestNo) && row.requestNo !== openNo}
            />
          ))}
          <li className="queue-end">
            {query.hasNextPage ? (
              <button type="button" className="button small" onClick={() => void query.fetchNextPage()}>
                {t("queue.loadMore")}
              </button>
            ) : (
              <span>
                <Glyph name="check" /> {t("queue.end")}
              </span>
            )}
          </li>
        </ul>
      )}
    </nav>
  );
}
