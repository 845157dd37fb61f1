import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";
import type { EventRow } from "./seal-rows.ts";
import { sealedEvent } from "./seal-rows.ts";
import { CHAIN_START, eventDigest, nextLink } from "./seal-digest.ts";

/** Why a chain does not hold, at which seal. */
export type ChainFault = "SEAL_MISSING" | "EVENT_MISSING" | "EVENT_CHANGED" | "LINK_BROKEN" | "CHECKPOINT_DIFFERS";

export type ChainVerdict =
  | { readonly ok: true; readonly checked: number }
  | { readonly ok: false; readonly checked: number; readonly no: string; readonly code: ChainFault };

const SEALS = statement(`
  select s.no, s.digest, s.chain, e.stream_id is not null as found, c.chain as checkpoint, s.stream_kind, s.stream_id, s.version,
    e.case_id, e.type, e.type_version, e.at, e.body
  from liandong.seals s
  left join liandong.events e on e.home_region = s.home_region and e.stream_kind = s.stream_kind and e.stream_id = s.stream_id
    and e.version = s.version
  left join liandong.checkpoints c on c.home_region = s.home_region and c.no = s.no
  where s.home_region = $1 and s.no between $2 and $3
  order by s.no limit 1000`);

const LINK = statement(`select chain from liandong.seals where home_region = $1 and no = $2`);

type Row = EventRow & {
  readonly no: string;
  readonly digest: Buffer;
  readonly chain: Buffer;
  readonly found: boolean;
  readonly checkpoint: Buffer | null;
};

function faultOf(home: string, previous: Buffer, row: Row): ChainFault | null {
  if (!row.found) return "EVENT_MISSING";
  const digest = eventDigest(sealedEvent(home, row));
  if (!digest.equals(row.digest)) return "EVENT_CHANGED";
  if (!nextLink(previous, digest).equals(row.chain)) return "LINK_BROKEN";
  return row.checkpoint !== null && !row.checkpoint.equals(row.chain) ? "CHECKPOINT_DIFFERS" : null;
}

/**
 * Computes the seals `from`..`to` (decimal text, the first is 1) again from the stored events and says at which the chain
 * stops holding. The link before `from` is taken as given; the signatures of checkpoints are checked by who has the key.
 */
export async function verifyChain({ pool, home }: Store, from: string, to: string): Promise<ChainVerdict> {
  let next = BigInt(from);
  const end = BigInt(to);
  let checked = 0;
  const [before] = next > 1n ? await run<{ chain: Buffer }>(pool, LINK, [home, String(next - 1n)]) : [];
  if (next > 1n && before === undefined) return { ok: false, checked, no: String(next - 1n), code: "SEAL_MISSING" };
  let chain: Buffer = before?.chain ?? CHAIN_START;
  while (next <= end) {
    const rows = await run<Row>(pool, SEALS, [home, String(next), String(end)]);
    if (rows.length === 0) return { ok: false, checked, no: String(next), code: "SEAL_MISSING" };
    for (const row of rows) {
      const code = row.no === String(next) ? faultOf(home, chain, row) : "SEAL_MISSING";
      if (code !== null) return { ok: false, checked, no: String(next), code };
      chain = row.chain;
      checked += 1;
      next += 1n;
    }
  }
  return { ok: true, checked };
}
