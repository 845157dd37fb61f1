import type { ClientBase } from "pg";
import { hasTable, qualified } from "./schema-catalogue.ts";

/**
 * What may not come out of a backup as it went in, because it means something about this one database:
 * - the node's incarnation is drawn anew, so that every feed cursor given out before is void;
 * - transaction numbers: all restored events got 0; those not yet sealed get 1, and the sealer's head stands between the
 *   two. By position alone the sealer would pass over an event whose transaction took its position early and ended late.
 * Tables that a schema does not have are passed over.
 */
export async function settleRestored(client: ClientBase, schema: string): Promise<void> {
  const table = (name: string): string => qualified(schema, name);
  if (await hasTable(client, schema, "settings")) {
    await client.query(
      `update ${table("settings")} set value = to_jsonb(gen_random_uuid()::text), changed_at = now() where name = 'incarnation'`,
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
