import type { FeedRow } from "../../app/ports/queries.ts";
import type { StreamKind } from "../../app/ports/store.ts";
import type { CaseId, Instant, RegionCode, RequestNo, UnitCode } from "../../kernel/index.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import type { Store } from "../open-store.ts";
import { limited, run } from "../statement.ts";

/*
 * Why not simply "position > cursor": positions are handed out when a row is written, and rows become visible when their
 * transaction commits. A writer that took position 7 may commit after the one that took 8; a reader that has seen 8 and
 * goes on from there never sees 7. So the cursor is (tx, position), and only rows of transactions below the oldest one
 * still running are read: everything below that line has ended, so no row can still appear behind the cursor.
 *
 * Price: a transaction that stays open after its first write, in any database of the same server, holds the feed back
 * until it ends. Ours are single statements, and reading transactions (a dump) have no number and hold nothing.
 *
 * Restored rows carry tx 0 or 1, below every real one (which start at 3). A restore also changes `incarnation`: a cursor
 * of the time before compares with other numbers, so it is void and the reader goes on from now.
 */
// Request and orders are looked up row by row: as a join the planner may read them all, because it does not know how few rows come.
const FEED = limited(
  (limit) => `
  with head as (
    select s.value #>> '{}' as incarnation, pg_snapshot_xmin(pg_current_snapshot()) as xmin
    from liandong.settings s where s.name = 'incarnation')
  select h.incarnation, h.xmin, e.tx, e.position, e.case_id, e.stream_kind, e.stream_id, e.type, e.at,
    c.request_no, c.place,
    array(select distinct o.unit from liandong.orders o where o.home_region = $1 and o.case_id = e.case_id
      and (o.state ->> 'status' <> 'recalled' or e.stream_kind = 'order' and o.order_id = e.stream_id)) as units
  from head h
  left join lateral (
    select * from liandong.events e
    where e.home_region = $1 and h.incarnation = $2 and (e.tx, e.position) > ($3::xid8, $4::bigint) and e.tx < h.xmin
    order by e.tx, e.position limit ${limit}) e on true
  left join lateral (
    select request_no, place from liandong.cases c where c.home_region = $1 and c.case_id = e.case_id limit 1) c on true
  order by e.tx, e.position`,
);

type Row = {
  readonly incarnation: string;
  readonly xmin: string;
  readonly tx: string | null;
  readonly position: string | null;
  readonly case_id: CaseId;
  readonly request_no: RequestNo | null;
  readonly stream_kind: StreamKind;
  readonly stream_id: string;
  readonly type: string;
  readonly at: Instant;
  readonly place: RegionCode | null;
  readonly units: readonly UnitCode[];
};

const NUMBER = /^\d{1,19}$/;

/** Events committed after `cursor`, oldest first; null, or a cursor of another life of this database = from now on. */
export async function feed(
  store: Store,
  cursor: string | null,
  limit: number,
): Promise<{ readonly rows: readonly FeedRow[]; readonly cursor: string }> {
  const parts = cursor === null ? null : decodeCursor(cursor, 3);
  const [incarnation = "", tx = "0", position = "0"] = parts ?? [];
  const usable = NUMBER.test(tx) && NUMBER.test(position);
  const values = usable ? [incarnation, tx, position] : ["", "0", "0"];
  const found = await run<Row>(store.pool, FEED(limit), [store.home, ...values]);
  const [head] = found;
  if (head === undefined) throw new Error("this database has no incarnation: it was not migrated");
  const rows = found.flatMap((row) =>
    row.tx === null || row.position === null
      ? []
      : [
          {
            cursor: encodeCursor([row.incarnation, row.tx, row.position]),
            caseId: row.case_id,
            requestNo: row.request_no,
            stream: row.stream_kind,
            streamId: row.stream_id,
            type: row.type,
            at: row.at,
            place: row.place,
            units: row.units,
          },
        ],
  );
  // From now on = from the first transaction that may still commit something; positions begin at 1.
  const start = encodeCursor([head.incarnation, head.xmin, "0"]);
  const kept = cursor !== null && usable && incarnation === head.incarnation ? cursor : start;
  return { rows, cursor: rows.at(-1)?.cursor ?? kept };
}
