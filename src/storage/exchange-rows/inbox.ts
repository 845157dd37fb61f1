import type { InboxStore } from "../../app/ports/store.ts";
import type { LinkageMessage } from "../../core/linkage/index.ts";
import { isUuid, parseMessage } from "../cases/parse.ts";
import { checkLease, isFreeRow } from "../free-again.ts";
import type { Store } from "../open-store.ts";
import { change, limited, run, statement } from "../statement.ts";

const FIND = statement(`
  select 'applied' as status from liandong.inbox where home_region = $1 and message_id = $2
  union all
  select status from liandong.inbox_kept where home_region = $1 and message_id = $2
  limit 1`);

// What was consumed meanwhile is not kept again; what a person must look at stays dead until that person retries it.
const KEEP = statement(`
  insert into liandong.inbox_kept as k (home_region, message_id, conversation, sender, seq, case_id, type, message, enclosure,
    received_at, status, error)
  select $1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10, $11, $12
  where not exists (select from liandong.inbox i where i.home_region = $1 and i.message_id = $2)
  on conflict (home_region, message_id) do update set status = excluded.status, error = excluded.error, lease_until = null
  where k.status <> 'dead'`);

const NEXT = statement(`
  select message, enclosure from liandong.inbox_kept
  where home_region = $1 and conversation = $2 and sender = $3 and seq = $4 and status in ('waiting', 'failed')
  order by received_at limit 1`);

// A message that waits is due as well once the one before it is consumed: who consumed that may have died before looking.
const CLAIM_FAILED = limited(
  (limit) => `
  with due as (
    select message_id from liandong.inbox_kept w
    where home_region = $1 and ${isFreeRow("w")}
      and (status = 'failed' or status = 'waiting' and exists (select from liandong.inbox i
        where i.home_region = $1 and i.conversation = w.conversation and i.sender = w.sender and i.seq = w.seq - 1))
      and ($3::text is null or w.message ->> 'lane' = $3)
    order by received_at, seq limit ${limit} for update skip locked),
  claimed as (
    update liandong.inbox_kept k set lease_until = now() + $2 * interval '1 millisecond', attempts = k.attempts + 1
    from due where k.home_region = $1 and k.message_id = due.message_id
    returning k.message, k.enclosure, k.attempts, k.received_at, k.seq)
  select message, enclosure, attempts from claimed order by received_at, seq`,
);

const MARK = statement(`
  update liandong.inbox_kept set status = case when $4::timestamptz is null then 'dead' else 'failed' end, error = $3, retry_at = $4, lease_until = null
  where home_region = $1 and message_id = $2`);

type Kept = { readonly message: unknown; readonly enclosure: unknown };

function keptOf(row: Kept): { readonly message: LinkageMessage; readonly enclosure: unknown } {
  return { message: parseMessage(row.message), enclosure: row.enclosure };
}

/** Messages that wait for their turn or failed to fold. The commit that consumes one takes it out of here. */
export function createInbox(store: Store): InboxStore {
  return {
    find: async (messageId) => {
      if (!isUuid(messageId)) return null;
      type Row = { readonly status: "applied" | "waiting" | "failed" | "dead" };
      const [row] = await run<Row>(store.pool, FIND, [store.home, messageId]);
      return row ?? null;
    },
    keep: async ({ message: m, enclosure, receivedAt, status, error }) => {
      const id = [m.id, m.conversation, m.sender, m.seq, m.caseId, m.body.type];
      const rest = [JSON.stringify(m), JSON.stringify(enclosure ?? null), receivedAt, status, error];
      await change(store.pool, KEEP, [store.home, ...id, ...rest]);
    },
    nextWaiting: async (conversation, sender, seq) => {
      const [row] = await run<Kept>(store.pool, NEXT, [store.home, conversation, sender, seq]);
      return row === undefined ? null : keptOf(row);
    },
    claimFailed: async (limit, leaseMs, lane) => {
      checkLease(leaseMs);
      const rows = await run<Kept & { readonly attempts: number }>(store.pool, CLAIM_FAILED(limit), [
        store.home,
        leaseMs,
        lane ?? null,
      ]);
      return rows.map((row) => ({ ...keptOf(row), attempts: row.attempts }));
    },
    markFailed: async (messageId, error, retryAt) => {
      await change(store.pool, MARK, [store.home, messageId, error, retryAt]);
    },
  };
}
