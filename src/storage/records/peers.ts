import type { Peer, PeerStore } from "../../app/ports/directory.ts";
import type { NodeCode, RegionCode } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { change, run, statement } from "../statement.ts";

const ALL = statement(`
  select node_code, side, regions, url, public_key, duty_phone, capability from liandong.peers order by node_code`);

const SAVE = statement(`
  with saved as (
    insert into liandong.peers (node_code, side, regions, url, public_key, duty_phone, capability)
    values ($1, $2, $3::text[], $4, $5, $6, $7::jsonb)
    on conflict (node_code) do update set side = excluded.side, regions = excluded.regions, url = excluded.url,
      public_key = excluded.public_key, duty_phone = excluded.duty_phone, capability = excluded.capability
    returning *)
  insert into liandong.record_history (record, key, at, body) select 'peer', node_code, now(), to_jsonb(saved) from saved`);

type Row = {
  readonly node_code: NodeCode;
  readonly side: Peer["side"];
  readonly regions: readonly RegionCode[];
  readonly url: string;
  readonly public_key: string | null;
  readonly duty_phone: string;
  readonly capability: unknown;
};

/** The nodes this one is linked with; every saved state stays in the history. */
export function createPeers(store: Store): PeerStore {
  return {
    peers: async () =>
      (await run<Row>(store.pool, ALL, [])).map((row) => ({
        nodeCode: row.node_code,
        side: row.side,
        regions: row.regions,
        url: row.url,
        publicKey: row.public_key,
        dutyPhone: row.duty_phone,
        capability: row.capability,
      })),
    savePeer: async (p) => {
      const capability = JSON.stringify(p.capability ?? null);
      await change(store.pool, SAVE, [p.nodeCode, p.side, p.regions, p.url, p.publicKey, p.dutyPhone, capability]);
    },
  };
}
