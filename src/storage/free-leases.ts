import type { Store } from "./open-store.ts";
import { change, statement } from "./statement.ts";

const FREE = statement(`
  with messages as (update liandong.outbox set lease_until = null where home_region = $1 and status = 'pending' and lease_until is not null),
  kept as (update liandong.inbox_kept set lease_until = null where home_region = $1 and lease_until is not null),
  due as (update liandong.timers set lease_until = null where home_region = $1 and lease_until is not null),
  clocks as (update liandong.clocks set lease_until = null where home_region = $1 and lease_until is not null)
  update liandong.notices set lease_until = null where home_region = $1 and status = 'pending' and lease_until is not null`);

/**
 * Frees what a killed process of this node had in hand: one process serves a node, so at its start nobody works on
 * anything. Without it a danger that was on its way at the kill would wait for its lease (10 s). Freeing what somebody
 * does work on does no harm: it is done twice and comes out as a duplicate.
 */
export async function freeLeases(store: Store): Promise<void> {
  await change(store.pool, FREE, [store.home]);
}
