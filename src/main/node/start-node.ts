import { join } from "node:path";
import type { AddressInfo } from "node:net";
import type { Deps } from "../../app/deps.ts";
import { fireTimer } from "../../app/fire-timer.ts";
import { receiveKept } from "../../app/receive-message.ts";
import { createSessions } from "../../app/sessions/index.ts";
import { createHttpServer } from "../../http/index.ts";
import type { AppApi } from "../../http/index.ts";
import { startInbox } from "../../jobs/inbox.ts";
import type { Loop } from "../../jobs/loop.ts";
import { startNotices } from "../../jobs/notices.ts";
import { startSealer } from "../../jobs/sealer.ts";
import { startTimers } from "../../jobs/timers.ts";
import { instantOf, ok } from "../../kernel/index.ts";
import { openFileKeys } from "../../keys/index.ts";
import {
  createSealer,
  createStores,
  freeLeases,
  grantApp,
  isUnavailable,
  migrate,
  openStore,
} from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import type { NodeConfig } from "../config/load.ts";
import { ConfigError } from "../config/load.ts";
import { productionProblems, tlsOf } from "../config/production.ts";
import { createIds } from "../ids.ts";
import { createAppApi } from "./app-api.ts";
import { depsOf } from "./deps.ts";
import { wireExchange } from "./exchange-wiring.ts";
import type { WiredExchange } from "./exchange-wiring.ts";
import { startFeedHub } from "./feed-hub.ts";
import { createLeaseRecovery } from "./lease-recovery.ts";
import { createDeliver } from "./notice-delivery.ts";
import { loadRules, PROGRAM_ROOT } from "./seed.ts";
import { createWakes } from "./wakes.ts";
import type { Wakes } from "./wakes.ts";

/** A node that runs. */
export type RunningNode = { readonly url: string; readonly port: number; readonly stop: () => Promise<void> };

export type NodeOptions = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** One line for the operator's log; never a personal value. */
  readonly log: (line: string) => void;
  readonly version: string;
};

/** Starts one node: opens keys and database, brings the schema up to date, wires everything, listens. Errors: ConfigError, MigrationError, SeedError. */
export async function startNode(config: NodeConfig, options: NodeOptions): Promise<RunningNode> {
  const problems = productionProblems(config, options.environment);
  if (problems.length > 0) throw new ConfigError(config.node.code, problems);
  const opened = await openFileKeys(config.storage.keys);
  if (!opened.ok)
    throw new ConfigError(config.node.code, [
      { key: "storage.keys", reason: `${opened.error.code} ${opened.error.file}`, example: "mode 0700, files 0600" },
    ]);
  const keys = opened.value;
  await prepareDatabase(config);

  const clock = { now: () => instantOf(Date.now()) };
  const store = openStore(config.database.url, {
    home: config.node.region,
    max: config.database.connections,
    onIdleError: (error) => options.log(`database connection lost: ${error.message}`),
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
  const recovery = createLeaseRecovery({
    isUnavailable,
    free: () => freeLeases(store),
    wake: () => {
      for (const topic of ["outbox", "timers"] as const) wakes.wake(topic);
    },
  });
  const onFault = (where: string, fault: unknown): void => {
    recovery.note(fault);
    options.log(`${where}: ${fault instanceof Error ? fault.message : String(fault)}`);
  };
  const ids = createIds(Date.now);
  const deps = depsOf(config, { stores, keys, rules, clock, ids, wakes });
  const exchange = wireExchange({
    deps,
    store,
    outbox: stores.outbox,
    peers: config.peers,
    softwareVersion: options.version,
    onWake: (listener) => wakes.listen("outbox", listener),
    onFault,
  });
  const feed = startFeedHub(stores.queries, onFault);
  wakes.listen("feed", feed.loop.wake);
  const api = createAppApi({
    deps,
    rules: () => rules,
    accounts: stores.accounts,
    feed,
    links: async () => ok(await linkList(exchange, config)),
    meta: {
      nodeCode: config.node.code,
      side: config.node.side,
      region: config.node.region,
      demo: config.demo,
      version: options.version,
    },
  });
  const tls = tlsOf(config);
  const server = await createHttpServer({
    nodeCode: config.node.code,
    version: options.version,
    api,
    sessions: createSessions({ accounts: stores.accounts, clock, ids, allowDemoUsers: config.demo }),
    clock,
    health: async () => ({
      database: (await store.pool.query("select 1")).rowCount === 1,
      migration: await migrationLevel(store),
    }),
    isUnavailable,
    exchange: exchange.handler,
    webFolder: join(PROGRAM_ROOT, "dist/web"),
    logger: false,
    trustProxy: config.listen.behindTlsProxy,
    tls,
  });
  const loops = [...startJobs(config, { deps, stores, store, wakes, onFault }), feed.loop, exchange.greetings];
  exchange.relay.start();
  await server.listen({ host: config.listen.host, port: config.listen.port });
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `${tls === null ? "http" : "https"}://${config.listen.host}:${port}`,
    stop: async () => {
      await server.close();
      await exchange.relay.stop();
      await Promise.all([...loops.map((l) => l.stop()), recovery.stop()]);
      await keys.close();
      await store.close();
    },
  };
}

/** Brings the schema up to date as the owner and gives the serving role its rights: on append-only tables only to append. */
async function prepareDatabase({ database, node }: NodeConfig): Promise<void> {
  await migrate(database.migratorUrl ?? database.url);
  if (database.migratorUrl === undefined) return;
  const owner = openStore(database.migratorUrl, { home: node.region, max: 1 });
  try {
    await grantApp(owner.pool, decodeURIComponent(new URL(database.url).username));
  } finally {
    await owner.close();
  }
}

type JobParts = {
  readonly deps: Deps;
  readonly stores: ReturnType<typeof createStores>;
  readonly store: Store;
  readonly wakes: Wakes;
  readonly onFault: (where: string, fault: unknown) => void;
};

/** The loops of a node: thin, each over one use case. */
function startJobs(config: NodeConfig, { deps, stores, store, wakes, onFault }: JobParts): readonly Loop[] {
  const { clock, keys } = deps;
  const timers = startTimers({ timers: stores.timers, clock, fire: (timer) => fireTimer(deps, timer), onFault });
  wakes.listen("timers", timers.wake);
  return [
    timers,
    startInbox({ inbox: stores.inbox, clock, receive: (message, kept) => receiveKept(deps, message, kept), onFault }),
    startNotices({ notices: stores.notices, clock, deliver: createDeliver(deps, config), onFault }),
    startSealer({ seals: createSealer(store), keys, onFault }),
  ];
}

async function migrationLevel(store: ReturnType<typeof openStore>): Promise<string | null> {
  const { rows } = await store.pool.query<{ level: number | null }>(
    "select max(number) as level from liandong.migrations",
  );
  const level = rows[0]?.level ?? null;
  return level === null ? null : String(level);
}

type LinkAnswer = Awaited<ReturnType<AppApi["links"]>>;

/** A link is up unless the last try failed; one that was never used is judged by its last greeting. */
async function linkList(
  exchange: WiredExchange,
  config: NodeConfig,
): Promise<Extract<LinkAnswer, { ok: true }>["value"]> {
  const states = await exchange.relay.links();
  return {
    rows: states.map((s) => ({
      peer: s.peer,
      up: s.state === "unknown" ? exchange.greeted(s.peer) !== false : s.state === "up",
      since: s.since,
      lastReceiptAt: s.lastReceiptAt,
      backlogUrgent: s.waiting.urgent,
      backlogOrdinary: s.waiting.ordinary,
      dead: s.dead,
      dutyPhone: config.peers.find((p) => p.code === s.peer)?.dutyPhone ?? "",
    })),
  };
}
