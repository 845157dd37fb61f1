import type { ClientBase } from "pg";
import { hasTable, qualified } from "./schema-catalogue.ts";

/** More than one desk of one region gives out in a day; the series go on behind 99,999. */
const NUMBERS_LEFT_OUT = 50_000;

/**
 * What may not come out of a backup as it went in, because it means something about this one database:
 * - the node's incarnation is drawn anew, so that every feed cursor given out before is void;
 * - transaction numbers: all restored events got 0; those not yet sealed get 1, and the sealer's head stands between the
 *   two. By position alone the sealer would pass over an event whose transaction took its position early and ended late.
 * - request numbers: those given between the backup and the loss are known to people and to other nodes and may not stand
 *   for other requests, so today's series goes on far beyond whatever a desk gives out in a day.
 * Tables that a schema does not have are passed over.
 */
export async function settleRestored(client: ClientBase, schema: string): Promise<void> {
  const table = (name: string): string => qualified(schema, name);
  if (await hasTable(client, schema, "settings")) {
    await client.query(
      `update ${table("settings")} set value = to_jsonb(gen_random_uuid()::text), changed_at = now() where name = 'incarnation'`,
    );
  }
  if (await hasTable(client, schema, "serials")) {
    await client.query(
      `insert into ${table("serials")} as s (region, day, taken)
       select distinct region, to_char(now() at time zone 'Asia/Shanghai', 'YYMMDD'), $1::integer from ${table("serials")}
       on conflict (region, day) do update set taken = s.taken + excluded.taken`,
      [NUMBERS_LEFT_OUT],
    );
  }
  for (const name of ["events", "seals", "seal_heads"]) if (!(await hasTable(client, schema, name))) return;
  await client.query(
    `update ${table("events")} e set tx = '1' where not exists (
       select 1 from ${table("seals")} s where s.home_region = e.home_region and s.stream_kind = e.stream_kind
         and s.stream_id = e.stream_id and s.version = e.version)`,
  );
  await client.query(`update ${table("seal_heads")} set tx = '1', position = 0`);
}
