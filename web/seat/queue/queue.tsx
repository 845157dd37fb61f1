import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { Static } from "typebox";
import type { QueueRow } from "../../../src/http/contract/index.ts";
import { alarmsQuery, countsQuery, queueQuery } from "../../shared/api/reads.ts";
import type { QueueView } from "../../shared/api/reads.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { Bones, Empty, ProblemNote } from "../../shared/design/states.tsx";
import { useLeftForms } from "../../shared/drafts/use-drafts.ts";
import type { MessageKey } from "../../shared/i18n/text.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { useKeys } from "../../shared/keys/keys.tsx";
import { dangerFirst } from "./danger-first.ts";
import { QueueLine } from "./queue-line.tsx";

/** What the other desk gave back stands among what comes from it. */
const VIEWS = ["mine", "incoming", "theirs", "danger", "closed"] as const satisfies readonly QueueView[];
type Shown = (typeof VIEWS)[number];
const WORDS = {
  mine: ["queue.mine", "queue.emptyMine"],
  incoming: ["queue.incoming", "queue.emptyIncoming"],
  theirs: ["queue.theirs", "queue.emptyTheirs"],
  danger: ["queue.danger", "queue.emptyDanger"],
  closed: ["queue.closed", "queue.emptyClosed"],
} as const satisfies Record<Shown, readonly [MessageKey, MessageKey]>;

type Row = Static<typeof QueueRow>;

type Arrivals = { readonly view: QueueView; readonly known: ReadonlySet<string>; readonly fresh: ReadonlySet<string> };

/** Numbers of the rows that came in while the list was open: they are marked until somebody opens them. */
function useArrivals(view: QueueView, rows: readonly Row[], loaded: boolean): ReadonlySet<string> {
  const [seen, setSeen] = useState<Arrivals | null>(null);
  const known = seen?.view === view ? seen : null;
  const unknown = rows.map((row) => row.requestNo).filter((no) => known?.known.has(no) !== true);
  if (loaded && (known === null || unknown.length > 0)) {
    const fresh = known === null ? [] : [...known.fresh, ...unknown];
    setSeen({ view, known: new Set([...(known?.known ?? []), ...unknown]), fresh: new Set(fresh) });
  }
  return known?.fresh ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();

function ViewTabs({ view, onView }: { readonly view: Shown; readonly onView: (view: Shown) => void }): ReactNode {
  const { t } = useText();
  const counts = useQuery(countsQuery).data;
  return (
    <fieldset className="views" aria-label={t("queue.views")}>
      {VIEWS.map((one, i) => {
        const count = (counts?.[one] ?? 0) + (one === "incoming" ? (counts?.returned ?? 0) : 0);
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
    </fieldset>
  );
}

/** Walks the rows with the keys; the row that has been reached keeps the focus while others come and go. */
function useWalk(rows: readonly Row[], openNo: string | null, needMore: () => void) {
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState<string | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  if (openNo !== opened) {
    setOpened(openNo);
    if (openNo !== null) setAt(openNo);
  }
  const current = rows.some((row) => row.requestNo === at) ? at : (rows[0]?.requestNo ?? null);
  const focusRow = (no: string | null | undefined) => {
    if (no === undefined || no === null) return;
    setAt(no);
    list.current?.querySelector<HTMLElement>(`[data-no="${no}"]`)?.focus();
  };
  const walk = (by: number) => {
    if (list.current?.contains(document.activeElement) !== true) return focusRow(current);
    const index = rows.findIndex((row) => row.requestNo === current);
    focusRow(rows[Math.max(0, Math.min(rows.length - 1, index + by))]?.requestNo);
    if (index + by >= rows.length - 3) needMore();
  };
  return { list, current, walk, enter: () => focusRow(current) };
}

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 } as const;

function useQueueKeys(walk: (by: number) => void, enter: () => void, setView: (view: Shown) => void): void {
  useKeys([
    { combo: "q", label: "key.focusQueue", run: enter, anywhere: true },
    ...Object.entries(STEPS).map(([combo, by], i) => ({
      combo,
      label: "key.upDown" as const,
      unlisted: i > 0,
      run: () => walk(by),
    })),
    ...VIEWS.map((one, i) => ({
      combo: String(i + 1),
      label: "key.views" as const,
      unlisted: i > 0,
      run: () => setView(one),
    })),
  ]);
}

/** The desk's list: live, by keyset pages, walked with the arrow keys. */
export function Queue(): ReactNode {
  const { t } = useText();
  const [view, setView] = useState<Shown>("mine");
  const openNo = useParams({ strict: false }).no ?? null;
  const query = useInfiniteQuery(queueQuery(view));
  const danger = useInfiniteQuery(queueQuery("danger")).data;
  const returned = useInfiniteQuery(queueQuery("returned")).data;
  const rows = useMemo(() => {
    const [hot, back] = [danger, returned].map((one) => one?.pages[0]?.rows ?? []);
    return dangerFirst(view, hot ?? [], query.data?.pages.flatMap((page) => page.rows) ?? [], back);
  }, [view, danger, returned, query.data]);
  const alarms = useQuery(alarmsQuery).data?.rows ?? [];
  const unsigned = new Set(alarms.flatMap((one) => (one.kind === "urgentPush" ? [one.requestNo] : [])));
  const arrivals = useArrivals(view, rows, query.isSuccess);
  const { list, current, walk, enter } = useWalk(rows, openNo, () => {
    if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
  });
  // Who changes the list with a key walks on in it: its first row takes the caret as soon as it is here, so that Enter opens it.
  const [wanted, setWanted] = useState<Shown | null>(null);
  useQueueKeys(walk, enter, (next) => {
    setView(next);
    setWanted(next);
  });
  const ready = wanted === view && query.isSuccess && !query.isPlaceholderData;
  useEffect(() => {
    if (!ready) return;
    setWanted(null);
    enter();
    // When the list that was asked for is here; `enter` is this painting's.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [ready]);
  const incoming = useQuery(countsQuery).data?.incoming ?? 0;
  // Who looks at an empty list must not think that nothing waits for him.
  const emptyHint =
    view === "mine" && incoming > 0 ? t("queue.emptyMineIncoming", { n: incoming }) : t("queue.emptyHint");
  const drafted = new Set(useLeftForms(null).map(({ form }) => form.no));
  return (
    <nav className="queue" aria-label={t("queue.title")}>
      <ViewTabs view={view} onView={setView} />
      {query.isPending ? <Bones rows={5} /> : null}
      {query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? <Empty title={t(WORDS[view][1])} hint={emptyHint} /> : null}
      {rows.length === 0 ? null : (
        <ul ref={list}>
          {rows.map((row) => (
            <QueueLine
              key={row.requestNo}
              row={row}
              open={row.requestNo === openNo}
              current={row.requestNo === current}
              arrived={arrivals.has(row.requestNo) && row.requestNo !== openNo}
              drafted={drafted.has(row.requestNo)}
              unsigned={unsigned.has(row.requestNo)}
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
