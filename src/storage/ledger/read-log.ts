import type { ReadLog } from "../../app/ports/queries.ts";
import { rowsJson } from "../cases/commit-section.ts";
import type { Store } from "../open-store.ts";
import { change, statement } from "../statement.ts";

const WRITE = statement(`
  insert into liandong.read_log (home_region, at, reader_kind, reader_id, purpose, case_ids, fields)
  select $1, r.* from jsonb_to_recordset($2::jsonb) as r(at timestamptz, reader_kind text, reader_id text, purpose text,
    case_ids uuid[], fields text[])`);

/** Who read which personal data, and why; many acts in one statement. */
export function createReadLog(store: Store): ReadLog {
  return {
    write: async (rows) => {
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
    },
  };
}
