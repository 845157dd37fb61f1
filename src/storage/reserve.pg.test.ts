import { expect, test } from "vitest";
import { withTestDatabase } from "../../test/setup/test-database.ts";
import { urgently } from "../app/ports/urgency.ts";
import { migrate } from "./migrate.ts";
import { openStore, RESERVED_CONNECTIONS } from "./open-store.ts";
import { aMessage, caseIdOf, HOME, PEER, registration, second } from "./sample-commits.ts";
import { createStores } from "./stores.ts";

test("with every ordinary connection taken an urgent push is committed, claimed, read and receipted at once (nmg:2.2.1)", async () => {
  await withTestDatabase(async ({ url }) => {
    await migrate(url);
    const store = openStore(url, { home: HOME, max: 2 });
    await store.warmReserve();
    const { cases, outbox, readLog } = createStores(store);
    const taken = [await store.pool.connect(), await store.pool.connect()];
    const told: string[] = [];
    const row = {
      at: second(1),
      reader: { kind: "peer", id: PEER },
      purpose: "push",
      caseIds: [],
      fields: [],
    } as const;
    const ordinary = [cases.commit(registration(1)), readLog.write([row])].map(async (work) => {
      await work;
      told.push("ordinary");
    });
    const push = aMessage(2, 2, 1, { lane: "urgent" });
    await urgently(async () => {
      expect(await cases.commit({ ...registration(2), outbox: [push] })).toBe("done");
      const [claimed] = await outbox.claim(PEER, "urgent", 4, 10_000);
      expect(claimed?.id).toBe(push.id);
      expect((await cases.loadFile(caseIdOf(2)))?.case.id).toBe(caseIdOf(2));
      await readLog.write([row]);
      await outbox.receipted([{ id: push.id, status: "applied", code: null }]);
    });
    expect(told).toEqual([]);
    for (const client of taken) client.release();
    await Promise.all(ordinary);
    expect(told).toEqual(["ordinary", "ordinary"]);
    await store.close();
  });
});

test("many dangers at once queue for the reserve and all pass; ordinary work takes nothing of it", async () => {
  await withTestDatabase(async ({ url }) => {
    await migrate(url);
    const store = openStore(url, { home: HOME, max: 1 });
    const { cases } = createStores(store);
    const taken = await store.pool.connect();
    const wave = Array.from({ length: RESERVED_CONNECTIONS * 5 }, (_, n) =>
      urgently(() => cases.commit(registration(100 + n))),
    );
    expect(new Set(await Promise.all(wave))).toEqual(new Set(["done"]));
    expect(store.pool.totalCount).toBe(1);
    taken.release();
    await store.close();
  });
});
