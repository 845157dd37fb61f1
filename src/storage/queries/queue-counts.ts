import type { RegionCode } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";
import type { QueueView } from "./views.ts";
import { regionPatterns } from "./regions.ts";
import { COUNT_CAP, VIEW_CONDITIONS, VIEWS } from "./views.ts";

// The order is for the planner: with it the index of the view is walked; without it the whole table may be, up to the cap.
const counted = (view: QueueView, scope: string): string =>
  `(select count(*)::int from (select from liandong.cases c
    where c.home_region = $1 and ${VIEW_CONDITIONS[view]} ${scope}
    order by c.registered_at desc limit ${COUNT_CAP}) t) as "${view}"`;

const WHOLE = statement(`select ${VIEWS.map((view) => counted(view, "")).join(",\n")}`);
const SCOPED = statement(
  `select ${VIEWS.map((view) => counted(view, "and (c.place is null or c.place like any($2::text[]))")).join(",\n")}`,
);

/** How many requests stand in each view, at most 1,000 of each counted. */
export async function queueCounts(
  store: Store,
  regions: readonly RegionCode[] | null,
): Promise<Readonly<Record<QueueView, number>>> {
  type Row = Record<QueueView, number>;
  const patterns = regionPatterns(regions);
  const [row] =
    patterns === null
      ? await run<Row>(store.pool, WHOLE, [store.home])
      : await run<Row>(store.pool, SCOPED, [store.home, patterns]);
  if (row === undefined) throw new Error("no counts came back");
  return row;
}
