import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withTestDatabase } from "../../../test/setup/test-database.ts";
import { STANDING_STATES } from "../../core/linkage/index.ts";
import { migrate } from "../migrate.ts";
import { openStore } from "../open-store.ts";
import {
  aCase,
  emptyCommit,
  HOME,
  indexOf,
  linkageIdOf,
  linkageWrite,
  registration,
  second,
} from "../sample-commits.ts";
import { createStores } from "../stores.ts";

test("the index holds every state that can stand, and what an older program wrote stands in the list at once (nmg:2.2.1)", async () => {
  const read = (name: string) => readFile(join(import.meta.dirname, `../sql/${name}.sql`), "utf8");
  const [before, sql] = await Promise.all([read("000011"), read("000012")]);
  await withTestDatabase(async ({ url }) => {
    await migrate(url);
    const store = openStore(url, { home: HOME, max: 1 });
    try {
      const { cases, queries } = createStores(store);
      await store.pool.query("drop index liandong.linkages_awaited");
      await store.pool.query(before);
      expect(await cases.commit(registration(1))).toBe("done");
      for (const [n, state] of STANDING_STATES.entries()) {
        const streams = [linkageWrite(n, 1, 0, second(n), { role: "S", part: "ordinary", state })];
        expect(await cases.commit({ ...emptyCommit(), streams, index: indexOf(aCase(1), n + 2) })).toBe("done");
      }
      await store.pool.query(sql);
      const ids = STANDING_STATES.map((_, n) => linkageIdOf(n));
      expect((await queries.awaitedHandOvers(null, 99)).map(({ linkage }) => linkage.id)).toEqual(ids);
      const { rows } = await store.pool.query<{ holds: string }>(
        "select pg_get_expr(indpred, indrelid) as holds from pg_index where indexrelid = 'liandong.linkages_awaited'::regclass",
      );
      const named = [...(rows[0]?.holds ?? "").matchAll(/'([^']+)'::text/g)].flatMap(([, word = ""]) => word);
      expect(named.filter((word) => word !== "state").toSorted()).toEqual(STANDING_STATES.toSorted());
    } finally {
      await store.close();
    }
  });
});
