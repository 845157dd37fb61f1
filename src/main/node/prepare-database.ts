import { grantApp, migrate, openStore } from "../../storage/index.ts";
import type { NodeConfig } from "../config/load.ts";

/** Brings the schema up to date as the owner and gives the serving role its rights: on append-only tables only to append. */
export async function prepareDatabase({ database, node }: NodeConfig): Promise<void> {
  await migrate(database.migratorUrl ?? database.url);
  if (database.migratorUrl === undefined) return;
  const owner = openStore(database.migratorUrl, { home: node.region, max: 1 });
  try {
    await grantApp(owner.pool, decodeURIComponent(new URL(database.url).username));
  } finally {
    await owner.close();
  }
}
