import type { DueTimer, TimerStore } from "../../app/ports/store.ts";
import type { CaseId, Instant } from "../../kernel/index.ts";
import { parseTimer } from "../cases/parse.ts";
import { checkLease, isOver } from "../free-again.ts";
import type { Store } from "../open-store.ts";
import { limited, run, statement } from "../statement.ts";

const CLAIM = limited(
  (limit) => `
  with due as (
    select ctid as place from liandong.timers
    where home_region = $1 and due_at <= $2 and ${isOver("lease_until", "$2::timestamptz")}
      and ($4::boolean is null or starts_with(kind, 'urgent') = $4)
    order by due_at limit ${limit} for update skip locked),
  ringing as (
    select place from (
      select ctid as place from liandong.clocks
      where home_region = $1 and ring_at <= $2 and ${isOver("lease_until", "$2::timestamptz")} and $4 is distinct from true
      order by ring_at limit ${limit} for update skip locked) next
    limit (select ${limit} - count(*) from due)),
  claimed as (
    update liandong.timers t set lease_until = $2::timestamptz + $3 * interval '1 millisecond'
    where t.ctid = any(array(select place from due))
    returning t.owner, t.owner_id, t.case_id, t.kind, t.due_at),
  rung as (
    update liandong.clocks c set lease_until = $2::timestamptz + $3 * interval '1 millisecond'
    where c.ctid = any(array(select place from ringing))
    returning 'clock', c.clock_id::text, c.case_id, 'mark', c.ring_at)
  select * from (select * from claimed union all select * from rung) t order by owner = 'clock', due_at, owner_id, kind`,
);

// A leased timer comes back at the end of its lease, so that is when somebody must look again.
const NEXT = statement(`
  select least(
    (select min(due_at) from liandong.timers where home_region = $1 and lease_until is null),
    (select min(ring_at) from liandong.clocks where home_region = $1 and lease_until is null),
    (select min(greatest(ring_at, lease_until)) from liandong.clocks
      where home_region = $1 and lease_until is not null and ring_at is not null),
    (select min(greatest(due_at, lease_until)) from liandong.timers where home_region = $1 and lease_until is not null)) as at`);

type Row = {
  readonly owner: string;
  readonly owner_id: string;
  readonly case_id: CaseId;
  readonly kind: string;
  readonly due_at: Instant;
};

/** Due timers under a lease, earliest first, those of clocks after all others and in the ordinary lane; the lease runs by the caller's `now`, as the due instants do. */
export function createTimers(store: Store): TimerStore {
  return {
    claimDue: async (now, limit, leaseMs, lane): Promise<readonly DueTimer[]> => {
      checkLease(leaseMs);
      const rows = await run<Row>(store.pool, CLAIM(limit), [
        store.home,
        now,
        leaseMs,
        lane === undefined ? null : lane === "urgent",
      ]);
      return rows.map((row) => parseTimer(row.owner, row.owner_id, row.case_id, row.kind, row.due_at));
    },
    nextDueAt: async () => {
      const [row] = await run<{ at: Instant | null }>(store.pool, NEXT, [store.home]);
      return row?.at ?? null;
    },
  };
}
