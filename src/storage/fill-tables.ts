import type { Store } from "./open-store.ts";

/*
 * Rows of a busy node, made by the server itself: `files` requests, each with its event, an order and a message, one in
 * three with a linkage; one in a hundred open, as at a desk that keeps up. For tests of plans only.
 */
const id = (series: number): string =>
  `('01900000-0000-7000-8000-${String(series).padStart(2, "0")}' || lpad(to_hex(n), 10, '0'))::uuid`;
const AT = `'2026-01-01T00:00:00Z'::timestamptz + n * interval '3 minutes'`;

const FILL: readonly string[] = [
  `insert into liandong.cases (home_region, case_id, request_no, version, file_version, status, responsible, danger_open, danger,
     item, place, peer, units, phone_index, registered_at, changed_at, state)
   select $1, ${id(1)}, 'N' || n, 1, 2,
     case when n % 100 = 0 then 'handling' when n % 1000 = 1 then 'offered' when n % 9 = 0 then 'handedOver' else 'closed' end,
     n % 100 = 0, n % 5000 = 0, n % 50 = 0, 'A' || n % 60, '1501' || lpad((n % 9)::text, 2, '0'), null, array['unit-' || n % 300],
     'p' || n % 40000, ${AT}, ${AT},
     jsonb_build_object('id', ${id(1)}, 'requestNo', 'N' || n, 'status', 'handling', 'version', 1)
   from generate_series(1, $2::int) n`,
  `insert into liandong.events (home_region, stream_kind, stream_id, version, case_id, type, type_version, at, body)
   select $1, k.kind, case k.kind when 'case' then ${id(1)} else ${id(2)} end, 1, ${id(1)}, 'T', 1, ${AT}, '{}'
   from generate_series(1, $2::int) n, (values ('case'), ('order')) k(kind)`,
  `insert into liandong.orders (home_region, order_id, case_id, version, unit, open, dispatched_at, state)
   select $1, ${id(2)}, ${id(1)}, 1, 'unit-' || n % 300, n % 100 = 0, ${AT},
     jsonb_build_object('id', ${id(2)}, 'caseId', ${id(1)}, 'unit', 'u', 'status', 'dispatched', 'dispatchedAt', '2026-01-01T00:00:00.000Z')
   from generate_series(1, $2::int) n`,
  `insert into liandong.clocks (home_region, clock_id, case_id, version, ring_at, state)
   select $1, ${id(6)}, ${id(1)}, 1, case when n % 100 = 0 then ${AT} end, '{}' from generate_series(1, $2::int) n`,
  `insert into liandong.linkages (home_region, linkage_id, case_id, version, state)
   select $1, ${id(3)}, ${id(1)}, 1, jsonb_build_object('role', 'S', 'part', 'ordinary', 'peer', 'police-150100', 'requestNo', 'N' || n,
     'state', case when n % 300 = 1 then 'offered' else 'closed' end, 'returnedAt', case when n % 90 = 1 then to_char((${AT}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end,
     'fired', '{}'::jsonb, 'brief', '{}'::jsonb, 'openedAt', to_char((${AT}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
   from generate_series(1, $2::int, 3) n`,
  `insert into liandong.outbox (home_region, message_id, peer, lane, conversation, seq, case_id, type, message, status)
   select $1, ${id(4)}, 'police-150100', 'ordinary', ${id(3)}, 1, ${id(1)}, 'offer',
     jsonb_build_object('id', ${id(4)}, 'conversation', ${id(3)}, 'seq', 1, 'sender', 's', 'receiver', 'r', 'body', '{}'::jsonb),
     case when n % 500 = 0 then 'pending' else 'receipted' end
   from generate_series(1, $2::int) n`,
  `insert into liandong.inbox (home_region, message_id, conversation, sender, seq, received_at, message)
   select $1, ${id(4)}, ${id(3)}, 'police-150100', 1, ${AT}, '{}' from generate_series(1, $2::int) n`,
  `insert into liandong.timers (home_region, owner, owner_id, kind, case_id, due_at)
   select $1, 'linkage', ${id(1)}::text, 'answer', ${id(1)}, ${AT} from generate_series(1, $2::int, 10) n`,
  `insert into liandong.vault (home_region, case_id, field, version, commitment, box)
   select $1, ${id(1)}, 'text', 1, 'c', '\\x00' from generate_series(1, $2::int) n`,
  `insert into liandong.case_keys (home_region, case_id, wrapped) select $1, ${id(1)}, '\\x00' from generate_series(1, $2::int) n`,
  `insert into liandong.commands (home_region, command_id, digest, at) select $1, ${id(5)}, 'd', ${AT} from generate_series(1, $2::int) n`,
  `insert into liandong.seals (home_region, no, stream_kind, stream_id, version, digest, chain)
   select $1, n, 'case', ${id(1)}, 1, '\\x00', '\\x00' from generate_series(1, $2::int / 2) n`,
];

/** Fills the tables of an empty database and lets the server look at them. */
export async function fillTables({ pool, home }: Store, files: number): Promise<void> {
  for (const text of FILL) await pool.query(text, [home, files]);
  await pool.query("vacuum analyze");
}
