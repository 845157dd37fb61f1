import type { Pool } from "pg";

/** Ids of one series in the shape of the program's own; `n` is the row. */
const id = (series: string): string => `('0190${series}00-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
const AT = `'2025-01-01T00:00:00Z'::timestamptz + n * interval '30 seconds'`;
const ROWS = "generate_series(1, $2::int) n";

/*
 * A node that has taken a million requests: one in a hundred still open, one in a thousand just offered, an order and two
 * events each, a linkage for one in three, a hundred messages waiting, a hundred alarms. Rows are slim: plans depend on their number.
 */
const FILL: readonly string[] = [
  `insert into liandong.cases (home_region, case_id, request_no, version, file_version, status, responsible, danger_open, danger, item,
     place, peer, units, phone_index, registered_at, changed_at, state)
   select $1, ${id("aa")}, lpad(n::text, 19, '0'), 1, 2,
     case when n % 100 = 0 then 'handling' when n % 1000 = 1 then 'offered' when n % 9 = 0 then 'handedOver' else 'closed' end,
     n % 100 = 0, n % 50000 = 0, n % 50 = 0, 'A' || lpad((n % 60)::text, 2, '0') || '-01', '1501' || lpad((n % 9)::text, 2, '0'), null,
     array['unit-' || n % 300], 'p' || n % 400000, ${AT}, ${AT},
     jsonb_build_object('id', ${id("aa")}, 'requestNo', lpad(n::text, 19, '0'), 'status', 'handling', 'version', 1)
   from ${ROWS}`,
  `insert into liandong.events (home_region, stream_kind, stream_id, version, case_id, type, type_version, at, body)
   select $1, kind, case kind when 'case' then ${id("aa")} else ${id("ab")} end, 1, ${id("aa")}, 'T', 1, ${AT}, '{}'
   from ${ROWS}, (values ('case'), ('order')) k(kind)`,
  `insert into liandong.orders (home_region, order_id, case_id, version, unit, open, dispatched_at, state)
   select $1, ${id("ab")}, ${id("aa")}, 1, 'unit-' || n % 300, n % 100 = 0, ${AT}, jsonb_build_object('id', ${id("ab")}, 'caseId', ${id("aa")},
     'unit', 'u', 'status', 'dispatched', 'dispatchedAt', '2026-01-01T00:00:00.000Z') from ${ROWS}`,
  `insert into liandong.linkages (home_region, linkage_id, case_id, version, state)
   select $1, ${id("ac")}, ${id("aa")}, 1, jsonb_build_object('role', 'S', 'part', 'ordinary', 'peer', 'police-150100',
     'requestNo', lpad(n::text, 19, '0'), 'state', case when n % 1000 = 1 then 'offered' else 'closed' end, 'receipted', 0, 'awaitedSeq', 1,
     'openedAt', to_char((${AT}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) from generate_series(1, $2::int, 3) n`,
  `insert into liandong.outbox (home_region, message_id, peer, lane, conversation, seq, case_id, type, message, status)
   select $1, ${id("ad")}, 'police-150100', case when n % 20000 = 0 then 'urgent' else 'ordinary' end, ${id("ac")}, 1, ${id("aa")}, 'offer',
     jsonb_build_object('id', ${id("ad")}, 'conversation', ${id("ac")}, 'seq', 1, 'sender', 's', 'receiver', 'r', 'body', '{}'::jsonb),
     case when n % 10000 = 0 then 'pending' else 'receipted' end from ${ROWS}`,
  `insert into liandong.inbox (home_region, message_id, conversation, sender, seq, received_at, message)
   select $1, ${id("ad")}, ${id("ac")}, 'police-150100', 1, ${AT}, '{}' from ${ROWS}`,
  `insert into liandong.timers (home_region, owner, owner_id, kind, case_id, due_at)
   select $1, 'linkage', ${id("ac")}::text, 'answer', ${id("aa")}, now() + n * interval '1 second' from generate_series(1, $2::int, 100) n`,
  `insert into liandong.alarms (home_region, subject, kind, case_id, level, dial, audience, raised_at)
   select $1, ${id("ac")}::text, 'urgentPush', ${id("aa")}, 1, null, 'desk', ${AT} from generate_series(1, $2::int, 10000) n`,
  `insert into liandong.vault (home_region, case_id, field, version, commitment, box)
   select $1, ${id("aa")}, field, 1, 'c', '\\x00' from ${ROWS}, (values ('text'), ('requester.name')) f(field)`,
  `insert into liandong.case_keys (home_region, case_id, wrapped) select $1, ${id("aa")}, '\\x00' from ${ROWS}`,
  `insert into liandong.commands (home_region, command_id, digest, at) select $1, ${id("ae")}, 'd', ${AT} from ${ROWS}`,
  `insert into liandong.notices (home_region, notice_id, case_id, recipient, template, params, status)
   select $1, ${id("af")}::text, ${id("aa")}, 'requester', 't', '{}', case when n % 10000 = 0 then 'pending' else 'sent' end from ${ROWS}`,
  `insert into liandong.read_log (home_region, at, reader_kind, reader_id, purpose, case_ids, fields)
   select $1, ${AT}, 'user', 'u' || n % 50, 'request', array[${id("aa")}], array['text'] from ${ROWS}`,
  `insert into liandong.seals (home_region, no, stream_kind, stream_id, version, digest, chain)
   select $1, n, 'case', ${id("aa")}, 1, '\\x00', '\\x00' from ${ROWS}`,
  `insert into liandong.seal_heads select $1, $2::int, '\\x00', pg_current_xact_id(), max(position) from liandong.events`,
];

/** Fills an empty, migrated database with `files` requests and lets the server look at its tables. */
export async function fillMillion(pool: Pool, home: string, files: number, say: (line: string) => void): Promise<void> {
  for (const text of FILL) {
    const begin = performance.now();
    await pool.query(text, text.includes("$2") ? [home, files] : [home]);
    say(`  ${/into liandong\.(\w+)/.exec(text)?.[1]}: ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
  }
  await pool.query("vacuum analyze");
}

/** The id that `fillMillion` gave row `n` of a series. */
export function filledId(series: "aa" | "ab" | "ac" | "ad" | "ae", n: number): string {
  return `0190${series}00-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}
