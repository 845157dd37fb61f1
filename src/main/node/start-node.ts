import { join } from "node:path";
import { fireTimer } from "../../app/fire-timer.ts";
import type { Commit, DueTimer } from "../../app/ports/store.ts";
import { receiveKept } from "../../app/receive-message.ts";
import type { Received } from "../../app/receive-message.ts";
import { createSessions } from "../../app/sessions/index.ts";
import { startClocks } from "../../app/start-clocks.ts";
import { watchCover } from "../../app/watch-cover.ts";
import { createHttpServer } from "../../http/index.ts";
import type { AppApi, HttpServerOptions } from "../../http/index.ts";
import { startClockWatch } from "../../jobs/clocks.ts";
import { startCoverWatch } from "../../jobs/cover.ts";
import { startDeadLetterAlarms } from "../../jobs/dead-letters.ts";
import { startInbox } from "../../jobs/inbox.ts";
import type { Loop } from "../../jobs/loop.ts";
import { startNotices } from "../../jobs/notices.ts";
import { startSealer } from "../../jobs/sealer.ts";
import { startTimers } from "../../jobs/timers.ts";
import type { LinkageMessage } from "../../core/linkage/index.ts";
import { ok } from "../../kernel/index.ts";
import { createConsultations, createSealer, freeLeases, isUnavailable } from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import type { NodeConfig } from "../config/load.ts";
import { tlsOf } from "../config/production.ts";
import { uncoveredOf } from "../directory/uncovered.ts";
import { startCatalogueLoops } from "./catalogue-loops.ts";
import { agreementApi } from "./agreement-api.ts";
import { consultationApi, parseConsultation } from "./consultation-api.ts";
import { createAppApi } from "./app-api.ts";
import { wireExchange } from "./exchange-wiring.ts";
import type { WiredExchange } from "./exchange-wiring.ts";
import { startFeedHub } from "./feed-hub.ts";
import type { FeedHub } from "./feed-hub.ts";
import { createDeliver } from "./notice-delivery.ts";
import { metricsAccess, readMetrics } from "./metrics.ts";
import { openNode } from "./open-node.ts";
import { urgentSessions } from "./urgent-lane.ts";
import type { OpenNode } from "./open-node.ts";
import { patiently } from "./patiently.ts";
import { PROGRAM_ROOT } from "./program-path.ts";

/** A node that runs. */
export type RunningNode = { readonly url: string; readonly port: number; readonly stop: () => Promise<void> };

export type NodeOptions = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** One line for the operator's log; never a personal value. */
  readonly log: (line: string) => void;
  readonly version: string;
};

/** Starts one node: opens it, wires its server, exchange and jobs, listens. Errors: ConfigError, MigrationError, SeedError. */
export async function startNode(config: NodeConfig, options: NodeOptions): Promise<RunningNode> {
  const node = await openNode(config, options);
  await patiently(() => freeLeases(node.store), options);
  const exchange = wireExchange({
    deps: node.deps,
    store: node.store,
    catalogue: node.catalogue,
    log: options.log,
    outbox: node.stores.outbox,
    registry: node.registry,
    softwareVersion: options.version,
    onWake: (listener) => node.wakes.listen("outbox", listener),
    onFault: node.onFault,
    onBuried: () => node.wakes.wake("letters"),
  });
  const feed = startFeedHub(node.stores.queries, node.onFault);
  node.wakes.listen("feed", feed.loop.wake);
  const server = await createHttpServer(serverOptions(config, options, node, exchange, feed));
  const catalogue = startCatalogueLoops({
    desk: node.catalogue,
    rules: node.rules,
    books: node.books,
    keys: node.deps.keys,
    carrier: exchange.carrier,
    peers: exchange.peers,
    listen: (listener) => node.wakes.listen("catalogue", listener),
    log: options.log,
    onFault: node.onFault,
  });
  const loops = [...startJobs(config, node), ...catalogue, feed.loop, exchange.greetings];
  exchange.relay.start();
  await server.listen({ host: config.listen.host, port: config.listen.port });
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("the listener has no port");
  return {
    port: address.port,
    url: `${tlsOf(config) === null ? "http" : "https"}://${config.listen.host}:${address.port}`,
    stop: async () => {
      await server.close();
      await exchange.relay.stop();
      await Promise.all(loops.map((l) => l.stop()));
      await node.close();
    },
  };
}

/** What the server of a node stands on. */
function serverOptions(
  config: NodeConfig,
  options: NodeOptions,
  node: OpenNode,
  exchange: WiredExchange,
  feed: FeedHub,
): HttpServerOptions {
  const { deps, stores, store } = node;
  const { code, side, region } = config.node;
  return {
    nodeCode: code,
    side,
    version: options.version,
    api: createAppApi({
      deps,
      rules: node.rules.current,
      accounts: stores.accounts,
      agreement: agreementApi({ deps, desk: node.catalogue, accounts: stores.accounts }),
      consultations: consultationApi({
        deps,
        rules: node.rules.current,
        desk: node.catalogue,
        store: createConsultations(store, parseConsultation),
        accounts: stores.accounts,
      }),
      feed,
      onAlarms: (listener) => node.wakes.listen("alarms", listener),
      links: async () => ok(await linkList(exchange, config)),
      meta: { nodeCode: code, side, region, demo: config.demo, version: options.version },
    }),
    sessions: createSessions({
      accounts: urgentSessions(stores.accounts),
      clock: deps.clock,
      ids: deps.ids,
      keyedHash: deps.keys.blindIndex,
      allowDemoUsers: config.demo,
    }),
    clock: deps.clock,
    health: async () => ({
      database: (await store.pool.query("select 1")).rowCount === 1,
      migration: await migrationLevel(store),
    }),
    metrics: {
      access: metricsAccess(config.listen.metrics, config.demo),
      read: () => readMetrics(deps, async () => (await linkList(exchange, config)).rows),
    },
    isUnavailable,
    exchange: exchange.handler,
    webFolder: join(PROGRAM_ROOT, "dist/web"),
    logger: false,
    trustProxy: config.listen.behindTlsProxy,
    tls: tlsOf(config),
  };
}

const LANES = ["urgent", "ordinary"] as const;

/** The loops of a node: thin, each over one use case. */
function startJobs(config: NodeConfig, { deps, stores, store, rules, wakes, onFault }: OpenNode): readonly Loop[] {
  const { clock, keys } = deps;
  const fire = (timer: DueTimer): Promise<void> => fireTimer(deps, timer);
  const timers = LANES.map((lane) => startTimers({ lane, timers: stores.timers, clock, fire, onFault }));
  for (const { wake } of timers) wakes.listen("timers", wake);
  const letters = startDeadLetterAlarms({
    letters: stores.queries.deadLetters,
    standing: () => stores.queries.alarms(["operator"]),
    write: async (alarms) => {
      await stores.cases.commit(alarmsOnly(deps.node.home, alarms));
      wakes.wake("alarms");
    },
    clock,
    onFault,
  });
  wakes.listen("letters", letters.wake);
  const receive = (message: LinkageMessage, kept: unknown): Promise<Received> => receiveKept(deps, message, kept);
  const uncovered = uncoveredOf(rules.current, config.node.side);
  return [
    ...timers,
    letters,
    ...LANES.map((lane) => startInbox({ lane, inbox: stores.inbox, clock, receive, onTrouble: letters.wake, onFault })),
    startNotices({ notices: stores.notices, clock, deliver: createDeliver(deps, config), onFault }),
    startSealer({ seals: createSealer(store), keys, onFault }),
    startCoverWatch({ watch: () => watchCover(deps, uncovered), onFault }),
    startClockWatch({
      follow: (cursor) => startClocks(deps, cursor),
      renewCalendar: rules.renewCalendar,
      onFault,
    }),
  ];
}

/** A commit of red marks alone. */
function alarmsOnly(home: Commit["home"], alarms: Commit["alarms"]): Commit {
  const nothing = { streams: [], vault: [], outbox: [], timers: [], notices: [], reads: [] };
  return { home, ...nothing, index: null, caseKey: null, inbox: null, command: null, alarms };
}

async function migrationLevel(store: Store): Promise<string | null> {
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
