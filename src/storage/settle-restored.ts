import type { Pool } from "pg";
import { inTransaction } from "./statement.ts";

/**
 * Makes a database that was filled from a backup fit to run, once, before the first process opens it; as the role that
 * migrated. Transaction numbers of the old server mean nothing here, so restored events get tx 0 if they were sealed and
 * tx 1 if not, which keeps "sealed" a prefix of the order of reading; the sealer goes on after the sealed ones. A new
 * incarnation voids the feed cursors of the time before, and leases of dead processes end.
 */
export async function settleRestored(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query("set local statement_timeout = 0");
    await client.query(`
      update liandong.events e set tx = case when exists (
        select from liandong.seals s where s.home_region = e.home_region and s.stream_kind = e.stream_kind
          and s.stream_id = e.stream_id and s.version = e.version) then '0'::xid8 else '1'::xid8 end`);
    await client.query(`
      update liandong.seal_heads h set tx = '0', position = coalesce(
        (select max(e.position) from liandong.events e where e.home_region = h.home_region and e.tx = '0'), 0)`);
    // Explicit positions do not move the counter of the identity column.
    await client.query(`
      select setval(pg_get_serial_sequence('liandong.events', 'position'), greatest(max(position), 1)) from liandong.events`);
    await client.query(`
      update liandong.settings set value = to_jsonb(gen_random_uuid()::text), changed_at = now() where name = 'incarnation'`);
    for (const table of ["outbox", "inbox_kept", "timers", "notices"]) {
      await client.query(`update liandong.${table} set lease_until = null where lease_until is not null`);
    }
  });
}
