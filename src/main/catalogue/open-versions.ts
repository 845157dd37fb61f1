import { createCatalogueVersions } from "../../storage/index.ts";
import type { CatalogueVersionStore } from "../../storage/index.ts";
import { loadConfig } from "../config/load.ts";
import { withStore } from "../node/with-store.ts";

/** Opens the versions a node keeps for reading, by its configuration file, for as long as `work` runs. Errors: as `withStore`. */
export async function withVersions<T>(
  configFile: string,
  work: (versions: CatalogueVersionStore) => Promise<T>,
): Promise<T> {
  return withStore(loadConfig(configFile, process.env), "read", (store) => work(createCatalogueVersions(store)));
}
