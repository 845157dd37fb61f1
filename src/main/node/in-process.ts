import { giveCommand } from "../../app/give-command.ts";
import type { CommandDone, CommandRefusal, GivenCommand } from "../../app/give-command.ts";
import { readRequest, readTimeline } from "../../app/read-requests.ts";
import type { ReadRefusal } from "../../app/read-requests.ts";
import type { Presented } from "../../app/present-brand.ts";
import type { Actor } from "../../core/access/index.ts";
import { instantOf } from "../../kernel/index.ts";
import type { RequestNo, Result } from "../../kernel/index.ts";
import { openFileKeys } from "../../keys/index.ts";
import { createStores, migrate, openStore } from "../../storage/index.ts";
import type { NodeConfig } from "../config/load.ts";
import { createIds } from "../ids.ts";
import { depsOf } from "./deps.ts";
import { loadRules } from "./seed.ts";
import { createWakes } from "./wakes.ts";

type Read = (actor: Actor, no: RequestNo) => Promise<Result<Presented<object>, ReadRefusal>>;

/** The use cases of one node without its server, relay and loops. */
export type InProcessNode = {
  readonly giveCommand: (given: GivenCommand) => Promise<Result<CommandDone, CommandRefusal>>;
  readonly readRequest: Read;
  readonly readTimeline: Read;
  readonly newId: () => string;
  readonly close: () => Promise<void>;
};

/**
 * Opens a node's real store and keys and gives its use cases as they ship, for who measures or fills a database.
 * The schema is brought up to date first. Throws MigrationError, SeedError, or when the keys cannot be used.
 */
export async function openInProcess(config: NodeConfig): Promise<InProcessNode> {
  const opened = await openFileKeys(config.storage.keys);
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.file}`);
  await migrate(config.database.migratorUrl ?? config.database.url);
  const clock = { now: () => instantOf(Date.now()) };
  const store = openStore(config.database.url, { home: config.node.region, max: config.database.connections });
  const rules = await loadRules(store, {
    catalogueFolder: config.catalogue.folder,
    unitsFile: config.catalogue.units,
    home: config.node.region,
    at: clock.now(),
  });
  const ids = createIds(Date.now);
  const deps = depsOf(config, {
    stores: createStores(store),
    keys: opened.value,
    rules,
    clock,
    ids,
    wakes: createWakes(),
  });
  return {
    giveCommand: (given) => giveCommand(deps, given),
    readRequest: (actor, no) => readRequest(deps, actor, no),
    readTimeline: (actor, no) => readTimeline(deps, actor, no, () => null),
    newId: ids.next,
    close: async () => {
      await opened.value.close();
      await store.close();
    },
  };
}
