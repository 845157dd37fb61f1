import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withTestDatabase } from "../../test/setup/test-database.ts";
import { migrate } from "./migrate.ts";
import { openStore } from "./open-store.ts";
import {
  aCase,
  aClock,
  caseIdOf,
  clockTimer,
  clockWrite,
  HOME,
  indexOf,
  registration,
  second,
} from "./sample-commits.ts";
import { createStores } from "./stores.ts";

/** What an older program wrote has no due time in its row of the queue; the migration fills it from the clocks that ring. */
test("rows from before the queue had due times get theirs with the migration, closed ones none (nmg:2.2.5)", async () => {
  const sql = await readFile(join(import.meta.dirname, "sql/000008.sql"), "utf8");
  const fill = sql.slice(sql.indexOf("update liandong.cases"), sql.indexOf("-- An extension"));
  await withTestDatabase(async ({ url }) => {
    await migrate(url);
    const store = openStore(url, { home: HOME, max: 1 });
    try {
      const { cases } = createStores(store);
      for (const n of [1, 2]) {
        const state = aCase(n);
        const clock = aClock(n, state.id);
        const { streams, ...rest } = registration(n);
        const timers = n === 1 ? [clockTimer(n, n, second(9))] : [];
        const index = indexOf(state, 1);
        expect(await cases.commit({ ...rest, index, streams: [...streams, clockWrite(clock, n, 0)], timers })).toBe(
          "done",
        );
      }
      const dues = async (): Promise<readonly unknown[]> =>
        (await store.pool.query("select due from liandong.cases order by case_id")).rows.map(({ due }) => due);
      expect(await dues()).toEqual([null, null]);
      await store.pool.query(fill);
      expect(await dues()).toEqual([
        { stage: "reply", at: aClock(1, caseIdOf(1)).due?.at, provisional: false, status: "running" },
        null,
      ]);
    } finally {
      await store.close();
    }
  });
});
