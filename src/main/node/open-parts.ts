import type { Deps } from "../../app/deps.ts";
import { instantOf } from "../../kernel/index.ts";
import { openFileKeys } from "../../keys/index.ts";
import { createStores, freeLeases, openStore } from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import { ConfigError } from "../config/load.ts";
import type { NodeConfig } from "../config/load.ts";
import { createIds } from "../ids.ts";
import type { RuleBook } from "../rules.ts";
import { depsOf } from "./deps.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { loadRules } from "./seed.ts";
import { createWakes } from "./wakes.ts";
import type { Wakes } from "./wakes.ts";

/** What a node stands on: keys, database, rules, and the use cases' view of them. */
export type NodeParts = {
  readonly deps: Deps;
  readonly store: Store;
  readonly stores: ReturnType<typeof createStores>;
  readonly rules: RuleBook;
  readonly wakes: Wakes;
  readonly close: () => Promise<void>;
};

/** Opens keys and database, brings the schema up to date, loads the rules. Errors: ConfigError, MigrationError, SeedError. */
export async function openParts(config: NodeConfig, log: (line: string) => void): Promise<NodeParts> {
  const opened = await openFileKeys(config.storage.keys);
  if (!opened.ok) {
    const reason = `${opened.error.code} ${opened.error.file}`;
    throw new ConfigError(config.node.code, [{ key: "storage.keys", reason, example: "mode 0700, files 0600" }]);
  }
  const keys = opened.value;
  await prepareDatabase(config);
  const clock = { now: () => instantOf(Date.now()) };
  const store = openStore(config.database.url, {
    home: config.node.region,
    max: config.database.connections,
    onIdleError: (error) => log(`database connection lost: ${error.message}`),
  });
  await freeLeases(store);
  const stores = createStores(store);
  const rules = await loadRules(store, {
    catalogueFolder: config.catalogue.folder,
    unitsFile: config.catalogue.units,
    home: config.node.region,
    at: clock.now(),
  });
  const wakes = createWakes();
  const deps = depsOf(config, { stores, keys, rules, clock, ids: createIds(Date.now), wakes });
  return {
    deps,
    store,
    stores,
    rules,
    wakes,
    close: async () => {
      await keys.close();
      await store.close();
    },
  };
}
