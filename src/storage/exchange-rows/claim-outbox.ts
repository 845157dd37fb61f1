import type { Lane, OutboxEntry } from "../../app/ports/outbox.ts";
import type { MessageId, NodeCode } from "../../kernel/index.ts";
import { parseMessage } from "../cases/parse.ts";
import type { Store } from "../open-store.ts";
import { checkLease, isFreeRow } from "../free-again.ts";
import { limited, run } from "../statement.ts";

/*
 * A message may leave only when every earlier one of its conversation has been receipted, buried, or leaves in the same
 * batch. So a claim first locks the head (the earliest pending row) of each conversation, and only who holds the head takes
 * what follows it: two workers that started at the same instant cannot split a conversation between them, although
 * neither sees the other's lease yet. SKIP LOCKED on the single rows would let the second one take the followers.
 */
const CLAIM = limited(
  (limit) => `
  with heads as (
    select o.conversation, o.inserted_at, o.seq
    from liandong.outbox o
    where o.home_region = $1 and o.peer = $2 and o.lane = $3 and o.status = 'pending' and ${isFreeRow("o")}
      and not exists (select from liandong.outbox e
        where e.home_region = $1 and e.conversation = o.conversation and e.status = 'pending' and e.seq < o.seq)
    order by o.inserted_at, o.seq
    limit ${limit} for update of o skip locked),
  batch as (
    select f.message_id, row_number() over (order by h.inserted_at, h.conversation, f.seq) as n
    from heads h
    join liandong.outbox f on f.home_region = $1 and f.conversation = h.conversation and f.status = 'pending'
      and f.peer = $2 and f.lane = $3 and f.seq >= h.seq and ${isFreeRow("f")}
    where not exists (select from liandong.outbox e
      where e.home_region = $1 and e.conversation = f.conversation and e.status = 'pending' and e.seq < f.seq
        and not (e.lane = $3 and ${isFreeRow("e")}))
    order by n limit ${limit}),
  claimed as (
    update liandong.outbox o set lease_until = now() + $4 * interval '1 millisecond', attempts = o.attempts + 1
    from batch b
    where o.home_region = $1 and o.message_id = b.message_id and o.status = 'pending' and ${isFreeRow("o")}
    returning b.n, o.message_id, o.message, o.attempts - 1 as attempts)
  select message_id, message, attempts from claimed order by n`,
);

type Row = { readonly message_id: MessageId; readonly message: unknown; readonly attempts: number };

/** At most `limit` messages of one lane in the order they were committed, leased for `leaseMs` (less than `TURNED_BACK_SECONDS`). */
export async function claimOutbox(
  store: Store,
  peer: NodeCode,
  lane: Lane,
  limit: number,
  leaseMs: number,
): Promise<readonly OutboxEntry[]> {
  checkLease(leaseMs);
  const rows = await run<Row>(store.pool, CLAIM(limit), [store.home, peer, lane, leaseMs]);
  return rows.map((row) => ({
    id: row.message_id,
    peer,
    lane,
    message: parseMessage(row.message),
    attempts: row.attempts,
  }));
}
