import { expect, test } from "vitest";
import { withTestDatabase } from "../../test/setup/test-database.ts";
import { freeLeases } from "./free-leases.ts";
import { migrate } from "./migrate.ts";
import { openStore } from "./open-store.ts";
import { aMessage, HOME, PEER, registration } from "./sample-commits.ts";
import { createStores } from "./stores.ts";

test("what a killed process had in hand is free at the next start, a danger first of all (nmg:2.2.1)", async () => {
  await withTestDatabase(async ({ url }) => {
    await migrate(url);
    const store = openStore(url, { home: HOME, max: 2 });
    const { cases, outbox } = createStores(store);
    await cases.commit({ ...registration(1), outbox: [aMessage(1, 1, 1, { lane: "urgent" })] });
    expect(await outbox.claim(PEER, "urgent", 4, 600_000)).toHaveLength(1);
    expect(await outbox.claim(PEER, "urgent", 4, 600_000)).toHaveLength(0);
    await freeLeases(store);
    expect(await outbox.claim(PEER, "urgent", 4, 600_000)).toHaveLength(1);
    await store.close();
  });
});
