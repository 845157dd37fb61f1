import type { PoolClient } from "pg";
import type { CaseId } from "../src/kernel/index.ts";
import type { ScratchNode } from "./scratch-node.ts";

const AT_ONCE = 1_000;

const uuid = (series: string): string => `('0190${series}00-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
const CASE = uuid("da");
const ORDER = uuid("db");
const NO = "'9' || lpad(n::text, 18, '0')";
const clockId = (of: string): string => `md5(${of} || ' ' || n)::uuid`;
const fresh = (column: string): string =>
  `replace(replace(replace(${column}::text, s.case_id::text, ${CASE}::text), s.order_id::text, ${ORDER}::text), s.request_no, ${NO})::jsonb`;
const FROM = "from open_sample s";
const ROWS = "generate_series(1, $1::int) n";

/* Each a copy of one real request that a unit has in hand: order, clocks, and the events by which these began. */
const FILL: readonly string[] = [
  "update liandong.cases c set status = 'closed', responsible = false from open_sample s where c.case_id <> s.case_id and c.status <> 'closed'",
  `insert into liandong.cases (home_region, case_id, request_no, version, file_version, status, responsible, danger_open, danger, item,
     place, peer, units, phone_index, registered_at, changed_at, state)
   select c.home_region, ${CASE}, ${NO}, c.version, c.file_version, c.status, c.responsible, c.danger_open, c.danger, c.item,
     c.place, c.peer, c.units, md5('open' || n) || md5(n::text), c.registered_at + n * interval '1 millisecond', c.changed_at, ${fresh("c.state")}
   ${FROM} join liandong.cases c using (case_id), ${ROWS}`,
  `insert into liandong.orders (home_region, order_id, case_id, version, unit, open, dispatched_at, state)
   select o.home_region, ${ORDER}, ${CASE}, o.version, o.unit, o.open, o.dispatched_at, ${fresh("o.state")}
   ${FROM} join liandong.orders o using (case_id), ${ROWS}`,
  `insert into liandong.clocks (home_region, clock_id, case_id, version, ring_at, state)
   select k.home_region, ${clockId("k.clock_id::text")}, ${CASE}, k.version, k.ring_at, k.state
   ${FROM} join liandong.clocks k using (case_id), ${ROWS}`,
  `insert into liandong.events (home_region, stream_kind, stream_id, version, case_id, type, type_version, at, body)
   select e.home_region, 'clock', ${clockId("e.stream_id::text")}, e.version, ${CASE}, e.type, e.type_version, e.at,
     ${fresh("e.body")} || jsonb_build_object('clockId', ${clockId("e.stream_id::text")}) ||
       case when e.body->>'parent' is null then '{}' else jsonb_build_object('parent', ${clockId("(e.body->>'parent')")}) end
   ${FROM} join liandong.events e using (case_id), ${ROWS} where e.stream_kind = 'clock' and e.version = 1`,
  `insert into liandong.seal_heads (home_region, no, chain, tx, position)
   select s.home_region, 0, '\\x00', pg_current_xact_id(), max(e.position) ${FROM}, liandong.events e group by s.home_region
   on conflict (home_region) do update set tx = excluded.tx, position = excluded.position`,
];

type NewCaseKey = ScratchNode["node"]["newCaseKey"];

/** Each request has a key of its own: one that is copied would not open. */
async function lockAll(client: PoolClient, newCaseKey: NewCaseKey, files: number): Promise<void> {
  for (let first = 1; first <= files; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, files - first + 1);
    const ids = Array.from({ length: count }, (_, i) => filledCase(first + i));
    const keys = await Promise.all(ids.map((id) => newCaseKey(id)));
    await client.query(
      `insert into liandong.case_keys (home_region, case_id, wrapped)
       select s.home_region, k.id, k.wrapped ${FROM}, unnest($1::uuid[], $2::bytea[]) as k(id, wrapped)`,
      [ids, keys.map((key) => Buffer.from(key))],
    );
  }
}

/** The id that row `n` has. */
function filledCase(n: number): CaseId {
  return `0190da00-0000-7000-8000-${n.toString(16).padStart(12, "0")}` as CaseId;
}

/** Puts `files` open requests with an order each, and no others, beside the request `requestNo`, which must have one, and lets the server look at its tables. */
export async function fillOpen(
  { bare, node: { newCaseKey } }: ScratchNode,
  requestNo: string,
  files: number,
): Promise<void> {
  const client = await bare.connect();
  try {
    await client.query("begin");
    await client.query("set local statement_timeout = 0");
    await client.query(
      `create temporary table open_sample on commit drop as select c.home_region, c.case_id, c.request_no, o.order_id
       from liandong.cases c join liandong.orders o using (home_region, case_id) where c.request_no = $1`,
      [requestNo],
    );
    for (const text of FILL) await client.query({ text, values: text.includes("$1") ? [files] : [] });
    await lockAll(client, newCaseKey, files);
    await client.query("commit");
    await client.query("vacuum analyze");
  } finally {
    client.release();
  }
}
