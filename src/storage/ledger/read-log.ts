import type { ReadLog, ReadLogRow } from "../../app/ports/read-log.ts";
import { isUrgent } from "../../app/ports/urgency.ts";
import { insertText, valuesOfRows } from "../cases/commit-section.ts";
import type { Store } from "../open-store.ts";
import type { Statement } from "../statement.ts";
import { change, statement } from "../statement.ts";
import { READ_LOG, valuesOfAct } from "./read-log-rows.ts";
import { writeTogether } from "../write-together.ts";

/** By how many values they take; the rows are padded, so there are few. */
const writes = new Map<number, Statement>();

function writeOf(values: number): Statement {
  const made =
    writes.get(values) ?? statement(insertText(READ_LOG.into, READ_LOG.columns, (index) => `$${index + 2}`, values));
  writes.set(values, made);
  return made;
}

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
  const values = valuesOfRows(READ_LOG.columns, rows.map(valuesOfAct));
  if (values !== null) await change(store.pool, writeOf(values.length), [store.home, ...values]);
}
