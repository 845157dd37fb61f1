import { migrate, openStore, requireSchema } from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import type { NodeConfig } from "../config/load.ts";

/**
 * Opens a node's database for a command, beside the running node, for as long as `work` runs. A command that writes brings the schema up
 * to date first; one that reads changes nothing and is refused on an older schema. Errors: MigrationError.
 */
export async function withStore<T>(
  { database, node }: Pick<NodeConfig, "database" | "node">,
  access: "read" | "write",
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const url = database.migratorUrl ?? database.url;
  await (access === "write" ? migrate(url) : requireSchema(url));
  const store = openStore(url, { home: node.region, max: 1 });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
