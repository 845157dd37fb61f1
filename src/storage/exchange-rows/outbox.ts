import type { Lane, OutboxBacklog, OutboxPort } from "../../app/ports/outbox.ts";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { change, run, statement } from "../statement.ts";
import { claimOutbox } from "./claim-outbox.ts";

// A receipt that comes late, after a person buried the message, still counts: the peer holds it.
const RECEIPTED = statement(`
  update liandong.outbox o set status = 'receipted', receipt = r.receipt, code = r.code, ended_at = now(), lease_until = null, retry_at = null
  from unnest($2::uuid[], $3::text[], $4::text[]) as r(message_id, receipt, code)
  where o.home_region = $1 and o.message_id = r.message_id and o.status <> 'receipted'`);

const RELEASE = statement(`
  update liandong.outbox set lease_until = null, retry_at = $3, code = $4
  where home_region = $1 and message_id = any($2::uuid[]) and status = 'pending'`);

const BURY = statement(`
  update liandong.outbox set status = 'dead', code = $3, ended_at = now(), lease_until = null, retry_at = null
  where home_region = $1 and message_id = $2 and status = 'pending'`);

const BACKLOG = statement(`
  select peer, lane, sum(waiting)::int as waiting, min(oldest) as oldest, sum(dead)::int as dead
  from (
    select peer, lane, count(*) as waiting, min(inserted_at) as oldest, 0 as dead
    from liandong.outbox where home_region = $1 and status = 'pending' group by peer, lane
    union all
    select peer, lane, 0, null, count(*) from liandong.outbox where home_region = $1 and status = 'dead' group by peer, lane) t
  group by peer, lane order by peer, lane`);

type Row = {
  readonly peer: NodeCode;
  readonly lane: Lane;
  readonly waiting: number;
  readonly oldest: Instant | null;
  readonly dead: number;
};

/** Committed messages on their way out. Leases run by the database's clock, so hosts need not agree on the time. */
export function createOutbox(store: Store): OutboxPort {
  return {
    claim: (peer, lane, limit, leaseMs) => claimOutbox(store, peer, lane, limit, leaseMs),
    receipted: async (entries) => {
      const values = [
        entries.map(({ id }) => id),
        entries.map(({ status }) => status),
        entries.map(({ code }) => code),
      ];
      if (entries.length > 0) await change(store.pool, RECEIPTED, [store.home, ...values]);
    },
    release: async (ids, retryAt, error) => {
      if (ids.length > 0) await change(store.pool, RELEASE, [store.home, ids, retryAt, error]);
    },
    bury: async (id, code) => {
      await change(store.pool, BURY, [store.home, id, code]);
    },
    backlog: async () => {
      const rows = await run<Row>(store.pool, BACKLOG, [store.home]);
      return rows.map(
        (row): OutboxBacklog => ({
          peer: row.peer,
          lane: row.lane,
          waiting: row.waiting,
          oldestAt: row.oldest,
          dead: row.dead,
        }),
      );
    },
  };
}
