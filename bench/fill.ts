import type { Pool } from "pg";

/** `n`th id of a series, in the shape of the program's own. */
const uuid = (series: string): string => `('0190${series}00-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
const NO = "'8' || lpad(n::text, 18, '0')";
const AT = "now() - n * interval '90 seconds'";
const CASE = uuid("aa");
const fresh = (column: string): string =>
  `replace(replace(${column}::text, s.case_id::text, ${CASE}::text), s.request_no, ${NO})::jsonb`;

/*
 * Closed requests of the past, each a copy of one real registration with its own ids: a desk is never empty, and the planner
 * must know the tables. One in fifty is still at work. Events count as sealed.
 */
const FILL: readonly string[] = [
  `insert into liandong.cases (home_region, case_id, request_no, version, file_version, status, responsible, danger_open, danger, item,
     place, peer, units, phone_index, registered_at, changed_at, state)
   select s.home_region, ${CASE}, ${NO}, s.version, s.file_version, case when n % 50 = 0 then s.status else 'closed' end, s.responsible,
     false, false, s.item, s.place, null, s.units, md5(n::text) || md5(n::text), ${AT}, ${AT}, ${fresh("s.state")}
   from sample s, generate_series(1, $1::int) n`,
  `insert into liandong.events (home_region, stream_kind, stream_id, version, case_id, type, type_version, at, body)
   select e.home_region, 'case', ${CASE}, e.version, ${CASE}, e.type, e.type_version, ${AT}, ${fresh("e.body")}
   from sample s join liandong.events e using (case_id), generate_series(1, $1::int) n where e.stream_kind = 'case' order by n, e.version`,
  `insert into liandong.vault (home_region, case_id, field, version, commitment, box)
   select v.home_region, ${CASE}, v.field, v.version, v.commitment, v.box
   from sample s join liandong.vault v using (case_id), generate_series(1, $1::int) n`,
  `insert into liandong.case_keys (home_region, case_id, wrapped)
   select k.home_region, ${CASE}, k.wrapped from sample s join liandong.case_keys k using (case_id), generate_series(1, $1::int) n`,
  `insert into liandong.commands (home_region, command_id, user_id, digest, answer, at)
   select s.home_region, ${uuid("bb")}, null, 'x', null, ${AT} from sample s, generate_series(1, $1::int) n`,
  `insert into liandong.notices (home_region, notice_id, case_id, recipient, unit, template, params, status, ended_at)
   select s.home_region, ${uuid("cc")}::text, ${CASE}, 'requester', null, 'requestRegistered', '{}', 'sent', now()
   from sample s, generate_series(1, $1::int) n`,
  `insert into liandong.read_log (home_region, at, reader_kind, reader_id, purpose, case_ids, fields)
   select s.home_region, ${AT}, 'user', 'x', 'request', array[${CASE}], array['address', 'text'] from sample s, generate_series(1, $1::int) n`,
  `insert into liandong.seal_heads (home_region, no, chain, tx, position)
   select s.home_region, 0, '\\x00', pg_current_xact_id(), max(e.position) from sample s, liandong.events e group by s.home_region
   on conflict (home_region) do update set tx = excluded.tx, position = excluded.position`,
];

/** Puts `files` requests of the past beside the registration `requestNo` and lets the server look at its tables. */
export async function fillPast(pool: Pool, requestNo: string, files: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("set local statement_timeout = 0");
    await client.query(
      "create temporary table sample on commit drop as select * from liandong.cases where request_no = $1",
      [requestNo],
    );
    for (const text of FILL) await client.query({ text, values: text.includes("$1") ? [files] : [] });
    await client.query("commit");
    await client.query("vacuum analyze");
  } finally {
    client.release();
  }
}
