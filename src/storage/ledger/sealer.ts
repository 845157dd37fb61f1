import type { PoolClient } from "pg";
import type { Store } from "../open-store.ts";
import { change, inTransaction, limited, run, statement } from "../statement.ts";
import type { EventRow } from "./seal-rows.ts";
import { EVENT_COLUMNS, sealedEvent } from "./seal-rows.ts";
import { CHAIN_START, eventDigest, nextLink } from "./seal-digest.ts";
import type { ChainVerdict } from "./verify-chain.ts";
import { verifyChain } from "./verify-chain.ts";

/** The end of the chain: number of the last seal as decimal text, and its link. */
export type ChainHead = { readonly no: string; readonly chain: Uint8Array };

/** Orders committed events into a hash chain, after the fact: writers never wait for it. @req REQ-64 */
export type Sealer = {
  /**
   * Seals up to `limit` events that are committed and not sealed yet; gives how many and the new head. `busy` = another
   * process is sealing right now, which does the work as well.
   */
  readonly sealNext: (
    limit: number,
  ) => Promise<{ readonly sealed: number; readonly busy: boolean; readonly head: ChainHead | null }>;
  readonly head: () => Promise<ChainHead | null>;
  /** Keeps the signature over a head; the same number twice keeps the first. */
  readonly saveCheckpoint: (no: string, chain: Uint8Array, signature: Uint8Array) => Promise<void>;
  readonly verifyChain: (from: string, to: string) => Promise<ChainVerdict>;
};

const BEGIN = statement(`
  insert into liandong.seal_heads (home_region, no, chain, tx, position) values ($1, 0, $2, '0', 0) on conflict (home_region) do nothing`);

// The lock of this one row makes a single writer; it goes with the connection, so a killed sealer blocks nobody.
const HEAD = statement(
  `select no, chain, tx, position from liandong.seal_heads where home_region = $1 for update skip locked`,
);
const LOOK = statement(`select no, chain from liandong.seal_heads where home_region = $1`);

// Only transactions below the oldest running one: see the feed. What commits late is sealed later, never between.
const UNSEALED = limited(
  (limit) => `
  select ${EVENT_COLUMNS}, e.tx, e.position from liandong.events e
  where e.home_region = $1 and (e.tx, e.position) > ($2::xid8, $3::bigint) and e.tx < pg_snapshot_xmin(pg_current_snapshot())
  order by e.tx, e.position limit ${limit}`,
);

const SEAL = statement(`
  insert into liandong.seals (home_region, no, stream_kind, stream_id, version, digest, chain)
  select $1, r.* from unnest($2::bigint[], $3::text[], $4::uuid[], $5::integer[], $6::bytea[], $7::bytea[]) as r`);
const MOVE = statement(
  `update liandong.seal_heads set no = $2, chain = $3, tx = $4::xid8, position = $5 where home_region = $1`,
);

const CHECKPOINT = statement(`
  insert into liandong.checkpoints (home_region, no, chain, signature) values ($1, $2, $3, $4) on conflict (home_region, no) do nothing`);

type HeadRow = { readonly no: string; readonly chain: Buffer; readonly tx: string; readonly position: string };
type Unsealed = EventRow & { readonly tx: string; readonly position: string };

async function sealRows(
  client: PoolClient,
  home: string,
  head: HeadRow,
  rows: readonly Unsealed[],
): Promise<ChainHead> {
  let no = BigInt(head.no);
  let chain: Buffer = head.chain;
  const links = rows.map((row) => {
    const digest = eventDigest(sealedEvent(home, row));
    no += 1n;
    chain = nextLink(chain, digest);
    return { no: String(no), digest, chain };
  });
  const last = rows.at(-1);
  if (last !== undefined) {
    await run(client, SEAL, [
      home,
      links.map((link) => link.no),
      rows.map((row) => row.stream_kind),
      rows.map((row) => row.stream_id),
      rows.map((row) => row.version),
      links.map((link) => link.digest),
      links.map((link) => link.chain),
    ]);
    await change(client, MOVE, [home, String(no), chain, last.tx, last.position]);
  }
  return { no: String(no), chain };
}

export function createSealer(store: Store): Sealer {
  const { pool, home } = store;
  return {
    sealNext: async (limit) => {
      await change(pool, BEGIN, [home, CHAIN_START]);
      return inTransaction(pool, async (client) => {
        const [head] = await run<HeadRow>(client, HEAD, [home]);
        if (head === undefined) return { sealed: 0, busy: true, head: null };
        const rows = await run<Unsealed>(client, UNSEALED(limit), [home, head.tx, head.position]);
        return { sealed: rows.length, busy: false, head: await sealRows(client, home, head, rows) };
      });
    },
    head: async () => {
      const [row] = await run<{ no: string; chain: Buffer }>(pool, LOOK, [home]);
      return row ?? null;
    },
    saveCheckpoint: async (no, chain, signature) => {
      await change(pool, CHECKPOINT, [home, no, Buffer.from(chain), Buffer.from(signature)]);
    },
    verifyChain: (from, to) => verifyChain(store, from, to),
  };
}
