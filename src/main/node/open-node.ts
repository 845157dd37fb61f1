import type { Deps } from "../../app/deps.ts";
import { instantOf } from "../../kernel/index.ts";
import { openFileKeys } from "../../keys/index.ts";
import type { OpenKeys } from "../../keys/index.ts";
import { createStores, freeLeases, isUnavailable, openStore } from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import type { NodeConfig } from "../config/load.ts";
import { ConfigError } from "../config/load.ts";
import { productionProblems } from "../config/production.ts";
import { faultWords } from "../fault-words.ts";
import { createIds } from "../ids.ts";
import { openCatalogueDesk } from "../catalogue/catalogue-desk.ts";
import type { CatalogueDesk } from "../catalogue/catalogue-desk.ts";
import { createVersionBooks } from "../catalogue/version-books.ts";
import type { VersionBooks } from "../catalogue/version-books.ts";
import { depsOf } from "./deps.ts";
import { createLeaseRecovery } from "./lease-recovery.ts";
import { createRegistry } from "./peer-registry.ts";
import type { PeerRegistry } from "./peer-registry.ts";
import { patiently } from "./patiently.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { openRules, routingSheets } from "./seed.ts";
import type { LiveRules } from "./seed.ts";
import { createWakes } from "./wakes.ts";
import type { Wakes } from "./wakes.ts";

/** A node with its keys, database and rules open, and what its use cases get; nothing runs yet. */
export type OpenNode = {
  readonly deps: Deps;
  readonly registry: PeerRegistry;
  readonly store: Store;
  readonly stores: ReturnType<typeof createStores>;
  readonly rules: LiveRules;
  readonly catalogue: CatalogueDesk;
  readonly books: VersionBooks;
  readonly wakes: Wakes;
  readonly onFault: (where: string, fault: unknown) => void;
  readonly close: () => Promise<void>;
};

type Opening = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: (line: string) => void;
};

/** Opens keys and database and brings the schema up to date. Errors: ConfigError, MigrationError, SeedError. */
export async function openNode(config: NodeConfig, { environment, log }: Opening): Promise<OpenNode> {
  const problems = productionProblems(config, environment);
  if (problems.length > 0) throw new ConfigError(config.node.code, problems);
  const keys = await openKeys(config);
  await patiently(() => prepareDatabase(config), { log });

  const clock = { now: () => instantOf(Date.now()) };
  const store = openStore(config.database.url, {
    home: config.node.region,
    max: config.database.connections,
    onIdleError: (error) => log(`数据库连接中断 database connection lost: ${error.message}`),
  });
  await patiently(store.warmReserve, { log });
  const stores = createStores(store);
  const seed = {
    catalogueFolder: config.catalogue.folder,
    unitsFile: config.catalogue.units,
    home: config.node.region,
  };
  const rules = await patiently(() => openRules(store, { ...seed, at: clock.now(), now: clock.now, log }), { log });
  const routing = await routingSheets(config.catalogue.routing ?? null);
  const wakes = createWakes();
  const recovery = createLeaseRecovery({
    isUnavailable,
    free: () => freeLeases(store),
    wake: () => {
      for (const topic of ["outbox", "timers"] as const) wakes.wake(topic);
    },
  });
  const onFault = (where: string, fault: unknown): void => {
    recovery.note(fault);
    log(`${where}: ${faultWords(fault)}`);
  };
  const catalogue = openCatalogueDesk(store, config.node.code, clock.now);
  const books = createVersionBooks({ desk: catalogue, onWanted: () => wakes.wake("catalogue"), onFault });
  const ids = createIds(Date.now);
  const registry = createRegistry(config.peers);
  return {
    deps: depsOf(config, {
      stores,
      keys,
      rules: rules.current,
      rulesBy: books.by,
      routing,
      clock,
      ids,
      wakes,
      kindsOf: registry.kinds,
      talksOf: registry.talks,
      onFault,
    }),
    registry,
    store,
    stores,
    rules,
    catalogue,
    books,
    wakes,
    onFault,
    close: async () => {
      await recovery.stop();
      await keys.close();
      await store.close();
    },
  };
}

async function openKeys(config: NodeConfig): Promise<OpenKeys> {
  const opened = await openFileKeys(config.storage.keys);
  if (opened.ok) return opened.value;
  const reason = `${opened.error.code} ${opened.error.file}`;
  throw new ConfigError(config.node.code, [{ key: "storage.keys", reason, example: "mode 0700, files 0600" }]);
}
