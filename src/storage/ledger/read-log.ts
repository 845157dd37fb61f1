import type { ReadLog, ReadLogRow } from "../../app/ports/read-log.ts";
import { isUrgent } from "../../app/ports/urgency.ts";
import { rowsJson } from "../cases/commit-section.ts";
import type { Store } from "../open-store.ts";
import { change, statement } from "../statement.ts";
import { writeTogether } from "../write-together.ts";

const WRITE = statement(`
  insert into liandong.read_log (home_region, at, reader_kind, reader_id, purpose, case_ids, fields)
  select $1, r.* from jsonb_to_recordset($2::jsonb) as r(at timestamptz, reader_kind text, reader_id text, purpose text,
    case_ids uuid[], fields text[])`);

/** One at a time: what comes meanwhile goes together next, which spares a statement and a flush each. */
const TOGETHER = { atOnce: 1, atMost: 100 };

/**
 * Who read which personal data, and why. Acts of reading that happen together are written together; those of a danger by
 * themselves, so that they never wait for an ordinary connection.
 */
export function createReadLog(store: Store): ReadLog {
  const lane = (): ((rows: readonly ReadLogRow[]) => Promise<void>) =>
    writeTogether<readonly ReadLogRow[]>((acts) => writeRows(store, acts.flat()), TOGETHER);
  const [ordinary, urgent] = [lane(), lane()];
  return {
    write: async (rows) => {
      if (rows.length > 0) await (isUrgent() ? urgent : ordinary)(rows);
    },
  };
}

async function writeRows(store: Store, rows: readonly ReadLogRow[]): Promise<void> {
  const json = rowsJson(
    rows.map((row) => ({
      at: row.at,
      reader_kind: row.reader.kind,
      reader_id: row.reader.id,
      purpose: row.purpose,
      case_ids: row.caseIds,
      fields: row.fields,
    })),
  );
  if (json !== null) await change(store.pool, WRITE, [store.home, json]);
}
