import { setTimeout } from "node:timers/promises";
import { createTestDatabase } from "../../test/setup/test-database.ts";
import { instantOf } from "../kernel/index.ts";
import { storageConformance } from "./conformance.ts";
import { grantApp } from "./grants.ts";
import { migrate } from "./migrate.ts";
import { openStore } from "./open-store.ts";
import { HOME } from "./sample-commits.ts";
import { createStores } from "./stores.ts";

storageConformance("PostgreSQL, with no more rights than the serving role has", async () => {
  const database = await createTestDatabase();
  await migrate(database.url);
  const owner = openStore(database.url, { home: HOME, max: 1 });
  const role = `serving_${process.pid}_${Date.now()}`;
  await owner.pool.query(`create role ${role}`);
  await grantApp(owner.pool, role);
  const serving = new URL(database.url);
  serving.searchParams.set("options", `-c role=${role}`);
  const store = openStore(serving.href, { home: HOME, max: 4 });
  const { rows } = await store.pool.query<{ me: string }>("select current_user as me");
  if (rows[0]?.me !== role) throw new Error("the suite would run with the rights of the owner");
  return {
    ...createStores(store),
    // Leases run by the server's clock: here the condition is that time has passed.
    elapse: (ms) => setTimeout(ms),
    inMs: (ms) => instantOf(Date.now() + ms),
    close: async () => {
      await store.close();
      await owner.pool.query(`drop owned by ${role}`);
      await owner.pool.query(`drop role ${role}`);
      await owner.close();
      await database.drop();
    },
  };
});
