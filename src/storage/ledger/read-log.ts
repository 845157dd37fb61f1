import type { ReadLog, ReadLogRow } from "../../app/ports/queries.ts";
import { rowsJson } from "../cases/commit-section.ts";
import type { Store } from "../open-store.ts";
import { change, statement } from "../statement.ts";

const WRITE = statement(`
  insert into liandong.read_log (home_region, at, reader_kind, reader_id, purpose, case_ids, fields)
  select $1, r.* from jsonb_to_recordset($2::jsonb) as r(at timestamptz, reader_kind text, reader_id text, purpose text,
    case_ids uuid[], fields text[])`);

/** So many statements are under way at most; what comes meanwhile goes out together with the next one. */
const AT_ONCE = 2;

type Waiting = {
  readonly rows: readonly ReadLogRow[];
  readonly written: () => void;
  readonly failed: (fault: unknown) => void;
};

/**
 * Who read which personal data, and why. Acts of reading that happen at the same time share one statement and one flush
 * to disk; nobody is told "written" before the statement that holds his rows is committed.
 */
export function createReadLog(store: Store): ReadLog {
  let waiting: Waiting[] = [];
  let running = 0;

  async function writeTogether(acts: readonly Waiting[]): Promise<void> {
    try {
      await writeRows(
        store,
        acts.flatMap((act) => act.rows),
      );
      for (const act of acts) act.written();
    } catch (fault) {
      const [only] = acts;
      // One act that cannot be written must not keep the others from being answered.
      if (acts.length > 1) await Promise.all(acts.map((act) => writeTogether([act])));
      else only?.failed(fault);
    }
  }

  async function pump(): Promise<void> {
    running += 1;
    while (waiting.length > 0) {
      const acts = waiting;
      waiting = [];
      await writeTogether(acts);
    }
    running -= 1;
  }

  return {
    write: (rows) => {
      if (rows.length === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        waiting.push({ rows, written: resolve, failed: reject });
        if (running < AT_ONCE) void pump();
      });
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
