import type { Queries } from "../../app/ports/queries.ts";
import type { Instant, UnitCode } from "../../kernel/index.ts";
import { clocksOf, readClocks } from "../cases/clock-rows.ts";
import { parseCase, parseOrder } from "../cases/parse.ts";
import { decodePageCursor, encodeCursor } from "../cursor.ts";
import type { Store } from "../open-store.ts";
import type { Statement } from "../statement.ts";
import { limited, run } from "../statement.ts";

// The far end of time and of ids stands for "from the top", so that one text serves the first page and the next ones.
const text = (open: string): ((limit: number) => Statement) =>
  limited(
    (limit) => `
  select o.order_id, o.dispatched_at, o.state, c.state as case_state, k.wrapped,
    ${clocksOf("o")} as clocks
  from liandong.orders o
  join liandong.cases c on c.home_region = o.home_region and c.case_id = o.case_id
  left join liandong.case_keys k on k.home_region = o.home_region and k.case_id = o.case_id
  where o.home_region = $1 and o.unit = $2 and ${open} and (o.dispatched_at, o.order_id) < ($3::timestamptz, $4::uuid)
  order by o.dispatched_at desc, o.order_id desc limit ${limit}`,
  );

const OPEN = text("o.open");
const ENDED = text("not o.open");
const TOP = ["infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff"] as const;

type Row = {
  readonly order_id: string;
  readonly dispatched_at: Instant;
  readonly state: unknown;
  readonly case_state: unknown;
  readonly wrapped: Buffer | null;
  readonly clocks: readonly unknown[] | null;
};

/** Orders of one unit, newest first. */
export async function unitOrders(
  store: Store,
  unit: UnitCode,
  open: boolean,
  cursor: string | null,
  limit: number,
): ReturnType<Queries["unitOrders"]> {
  const after = decodePageCursor(cursor) ?? TOP;
  const rows = await run<Row>(store.pool, (open ? OPEN : ENDED)(limit + 1), [store.home, unit, after[0], after[1]]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map((row) => ({
      order: parseOrder(row.state),
      clocks: readClocks(row.clocks).filter(({ subject }) => subject === row.order_id),
      case: parseCase(row.case_state),
      wrappedKey: row.wrapped,
    })),
    next: rows.length > limit && last !== undefined ? encodeCursor([last.dispatched_at, last.order_id]) : null,
  };
}
