import { setTimeout } from "node:timers/promises";
import { createTestDatabase } from "../../test/setup/test-database.ts";
import { instantOf } from "../kernel/index.ts";
import { storageConformance } from "./conformance.ts";
import { migrate } from "./migrate.ts";
import { openStore } from "./open-store.ts";
import { HOME } from "./sample-commits.ts";
import { createStores } from "./stores.ts";

storageConformance("PostgreSQL", async () => {
  const database = await createTestDatabase();
  await migrate(database.url);
  const store = openStore(database.url, { home: HOME, max: 4 });
  return {
    ...createStores(store),
    // Leases run by the server's clock: here the condition is that time has passed.
    elapse: (ms) => setTimeout(ms),
    inMs: (ms) => instantOf(Date.now() + ms),
    close: async () => {
      await store.close();
      await database.drop();
    },
  };
});
