import { createCatalogueVersions, migrate, openStore } from "../../storage/index.ts";
import type { CatalogueVersionStore } from "../../storage/index.ts";
import { loadConfig } from "../config/load.ts";

/** Opens the versions a node keeps, by its configuration file, for as long as `work` runs. */
export async function withVersions<T>(
  configFile: string,
  work: (versions: CatalogueVersionStore) => Promise<T>,
): Promise<T> {
  const config = loadConfig(configFile, process.env);
  const url = config.database.migratorUrl ?? config.database.url;
  await migrate(url);
  const store = openStore(url, { home: config.node.region, max: 1 });
  try {
    return await work(createCatalogueVersions(store));
  } finally {
    await store.close();
  }
}
