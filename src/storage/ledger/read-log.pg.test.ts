import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import type { ReadLogRow } from "../../app/ports/read-log.ts";
import type { CaseId } from "../../kernel/index.ts";
import { migrate } from "../migrate.ts";
import type { Store } from "../open-store.ts";
import { openStore } from "../open-store.ts";
import { caseIdOf, HOME, second } from "../sample-commits.ts";
import { createReadLog } from "./read-log.ts";

let store: Store;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  await migrate(database.url);
  store = openStore(database.url, { home: HOME, max: 6 });
});
afterAll(async () => {
  await store.close();
  await drop();
});

const act = (reader: string, caseId: CaseId = caseIdOf(1)): ReadLogRow => ({
  at: second(1),
  reader: { kind: "user", id: reader },
  purpose: "request",
  caseIds: [caseId],
  fields: ["text"],
});

async function isWritten(reader: string): Promise<number> {
  const { rows } = await store.pool.query<{ count: number }>(
    "select count(*)::int as count from liandong.read_log where reader_id = $1",
    [reader],
  );
  return rows[0]?.count ?? 0;
}

it("tells every reader of many at once only when his own row is committed, once each", async () => {
  const log = createReadLog(store);
  const readers = Array.from({ length: 60 }, (_, n) => `together-${n}`);
  const seen = await Promise.all(
    readers.map(async (reader) => {
      await log.write([act(reader)]);
      return isWritten(reader);
    }),
  );
  expect(seen).toEqual(readers.map(() => 1));
  const { rows } = await store.pool.query<{ transactions: number }>(
    "select count(distinct xmin::text)::int as transactions from liandong.read_log where reader_id like 'together-%'",
  );
  expect(rows[0]?.transactions).toBeLessThan(30);
});

it("refuses only the act that cannot be written, not those that came at the same time", async () => {
  const log = createReadLog(store);
  const ended = await Promise.allSettled([
    log.write([act("first")]),
    log.write([act("second")]),
    log.write([act("good")]),
    log.write([act("bad", "no case" as CaseId)]),
    log.write([act("also good")]),
  ]);
  expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled"]);
  const written = await Promise.all(["good", "bad", "also good"].map(isWritten));
  expect(written).toEqual([1, 0, 1]);
});
