import { expect, test } from "vitest";
import { withTestDatabase } from "../../test/setup/test-database.ts";
import { TURNED_BACK_SECONDS } from "./free-again.ts";
import { freeLeases } from "./free-leases.ts";
import { migrate } from "./migrate.ts";
import { openStore } from "./open-store.ts";
import { aMessage, HOME, PEER, registration, second } from "./sample-commits.ts";
import { createStores } from "./stores.ts";

test("what a killed process had in hand is free at the next start, a danger first of all (nmg:2.2.1)", async () => {
  await withTestDatabase(async ({ url }) => {
    await migrate(url);
    const store = openStore(url, { home: HOME, max: 2 });
    const { cases, outbox } = createStores(store);
    await cases.commit({ ...registration(1), outbox: [aMessage(1, 1, 1, { lane: "urgent" })] });
    expect(await outbox.claim(PEER, "urgent", 4, 60_000)).toHaveLength(1);
    expect(await outbox.claim(PEER, "urgent", 4, 60_000)).toHaveLength(0);
    await freeLeases(store);
    expect(await outbox.claim(PEER, "urgent", 4, 60_000)).toHaveLength(1);
    await store.close();
  });
});

test("a lease so long that it would look like a clock set back is refused, not silently ignored", async () => {
  await withTestDatabase(async ({ url }) => {
    await migrate(url);
    const store = openStore(url, { home: HOME, max: 1 });
    const { outbox, inbox, notices, timers } = createStores(store);
    const leaseMs = TURNED_BACK_SECONDS * 1_000;
    await expect(outbox.claim(PEER, "urgent", 4, leaseMs)).rejects.toThrow(RangeError);
    await expect(inbox.claimFailed(4, leaseMs)).rejects.toThrow(RangeError);
    await expect(notices.claim(4, leaseMs)).rejects.toThrow(RangeError);
    await expect(timers.claimDue(second(0), 4, leaseMs)).rejects.toThrow(RangeError);
    await store.close();
  });
});
