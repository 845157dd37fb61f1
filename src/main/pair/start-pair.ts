import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { instantOf } from "../../kernel/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
import { openFileKeys } from "../../keys/index.ts";
import { createStores, migrate, openStore } from "../../storage/index.ts";
import { defaultDataRoot, ensureDatabase, startEmbeddedServer } from "../../storage/server/index.ts";
import type { EmbeddedServer } from "../../storage/server/index.ts";
import { DEMO_KEYS_MARK } from "../config/production.ts";
import { createIds } from "../ids.ts";
import { startChild } from "./child.ts";
import { primeCompileCache } from "./compile-cache.ts";
import type { NodeChild } from "./child.ts";
import { saveDemoAccounts } from "./demo-accounts.ts";
import type { DemoAccount } from "./demo-accounts.ts";
import { firstFreePort } from "./free-port.ts";
import { claimLock } from "./lock.ts";
import {
  deskConfigText,
  desksOf,
  formerPort,
  pairAccounts,
  pairPaths,
  pairSecrets,
  writePrivate,
} from "./pair-files.ts";
import { PAIR, REGION } from "./desks.ts";
import type { Desk } from "./desks.ts";
import { buildScreens } from "./screens.ts";

/** The pair as it runs. */
export type RunningPair = {
  readonly urls: Readonly<Partial<Record<Desk["name"], string>>>;
  readonly accounts: readonly DemoAccount[];
  readonly accountsFile: string;
  readonly stop: () => Promise<void>;
};

type PairOptions = {
  readonly log: (line: string) => void;
  readonly dataRoot?: string;
  readonly ports?: Readonly<Partial<Record<Desk["name"], number>>>;
  /** Also the desks beside the pair; those that ran once run again anyway. */
  readonly neighbours?: boolean;
  /** false = serve what was built before. */
  readonly screens: boolean;
};

/** Starts server, databases, both nodes and the screens. Errors: AlreadyRunning, ServerError, ConfigError. */
export async function startPair(options: PairOptions): Promise<RunningPair> {
  const { log } = options;
  const root = options.dataRoot ?? defaultDataRoot();
  const paths = pairPaths(root);
  await mkdir(join(root, "pair"), { recursive: true });
  const lock = await claimLock(paths.lock);
  log(`数据目录 data folder: ${root}`);
  const building = options.screens ? buildScreens() : Promise.resolve(false);
  building.catch(() => undefined);
  const primed = primeCompileCache();
  const server = await startEmbeddedServer({ dataDir: paths.postgres, log: () => undefined });
  log("数据库已启动 database is up");
  const guard = keepServer(server, paths.postgres, log);
  const children: NodeChild[] = [];
  try {
    const desks = desksOf(root, options.neighbours);
    const runs = (name: Desk["name"]) => desks.some((desk) => desk.name === name);
    const accounts = (await pairAccounts(root)).filter(({ node }) => runs(node));
    const patienceMs = lock.takenOver ? FORMER_NODES_MS : 0;
    const ports = await portsFor(root, desks, options.ports ?? {}, patienceMs, log);
    await prepareDesks(root, desks, server, accounts, ports);
    if (await building) log("界面已构建 screens are built");
    await primed;
    await startAll(paths, desks, children, log);
    const urls = Object.fromEntries(desks.map(({ name }) => [name, `http://127.0.0.1:${ports[name]}`]));
    const accountsFile = join(root, "pair", "accounts-for-tools.json");
    await writePrivate(
      accountsFile,
      JSON.stringify(
        accounts.map((a) => ({ ...a, url: urls[a.node] })),
        null,
        2,
      ),
    );
    await lock.tell({ urls });
    return { urls, accounts, accountsFile, stop: () => stopAll(children, guard, lock.release) };
  } catch (fault) {
    await stopAll(children, guard, lock.release);
    throw fault;
  }
}

/** All nodes at once; who has started is in `children` also when another one fails. */
async function startAll(
  paths: ReturnType<typeof pairPaths>,
  desks: readonly Desk[],
  children: NodeChild[],
  log: (line: string) => void,
): Promise<void> {
  const started = await Promise.allSettled(
    desks.map(async (desk) => children.push(await startChild(desk.name, paths.desk(desk).config, log))),
  );
  for (const one of started) if (one.status === "rejected") throw one.reason;
}

async function stopAll(
  children: readonly NodeChild[],
  guard: ServerGuard,
  release: () => Promise<void>,
): Promise<void> {
  await Promise.all(children.map((c) => c.stop()));
  await guard.stop();
  await release();
}

type Ports = Readonly<Partial<Record<Desk["name"], number>>>;

/** How long nodes of a killed start may take to let go of their ports: people's bookmarks and the peer's address stay good. */
const FORMER_NODES_MS = 12_000;

/**
 * Each desk's port: the one asked for; else the one it had when the pair ran last, so that addresses people have noted stay good; else
 * its usual one; else any.
 */
async function portsFor(
  root: string,
  desks: readonly Desk[],
  wanted: Ports,
  patienceMs: number,
  log: (line: string) => void,
): Promise<Ports> {
  const ports: Partial<Record<Desk["name"], number>> = {};
  for (const desk of desks) {
    const asked = wanted[desk.name];
    const former = asked === undefined ? await formerPort(root, desk) : null;
    const best = asked ?? former ?? desk.port;
    const port = await firstFreePort(asked === undefined ? [best, desk.port] : [best], patienceMs);
    ports[desk.name] = port;
    if (best !== 0 && port !== best) log(`端口 ${best} 被占用，改用 ${port} port ${best} is taken; using ${port}`);
    else if (former !== null && former !== desk.port)
      log(
        PAIR.includes(desk.name)
          ? `沿用上次的端口 ${port}（--${desk.name}-port ${desk.port} 改回） port ${port} as last time (--${desk.name}-port ${desk.port} changes it back)`
          : `${desk.name}: 沿用上次的端口 ${port} port ${port} as last time`,
      );
  }
  return ports;
}

type ServerGuard = { readonly stop: () => Promise<void> };

const AGAIN_MS = 200;

/** Starts the database again when it dies; the nodes reconnect by themselves. */
function keepServer(first: EmbeddedServer, dataDir: string, log: (line: string) => void): ServerGuard {
  const state = { server: first, stopping: false };
  const watch = async (): Promise<void> => {
    for (;;) {
      await state.server.waitForEnd();
      if (state.stopping) return;
      log("数据库意外退出，正在重启 the database ended; starting it again");
      await startAgain();
      if (state.stopping) return state.server.stop({ evenIfAttached: true });
      log("数据库已恢复 database is back");
    }
  };
  /** Never gives up: the nodes know the server by its port, and somebody's outgoing connection may hold that for a moment. */
  const startAgain = async (): Promise<void> => {
    while (!state.stopping) {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      try {
        state.server = await startEmbeddedServer({ dataDir, port: first.port, log: () => undefined });
        return;
      } catch (fault) {
        log(`database: ${String(fault)}`);
      }
    }
  };
  const watching = watch().catch((fault: unknown) => log(`database: ${String(fault)}`));
  return {
    stop: async () => {
      state.stopping = true;
      await state.server.stop({ evenIfAttached: true });
      await watching;
    },
  };
}

async function prepareDesks(
  root: string,
  desks: readonly Desk[],
  server: EmbeddedServer,
  accounts: readonly DemoAccount[],
  ports: Ports,
): Promise<void> {
  const paths = pairPaths(root);
  const secrets = await pairSecrets(root);
  const keys = new Map<string, string>();
  for (const desk of desks) keys.set(desk.name, await publicKeyOf(root, desk));
  const seeding: Promise<void>[] = [];
  for (const desk of desks) {
    const role = (name: string): { readonly role: string; readonly password: string } => ({
      role: name,
      password: secrets[name] ?? "",
    });
    const { ownerUrl, appUrl } = await ensureDatabase(server.superuserUrl, {
      database: `liandong_${desk.name}`,
      owner: role(`liandong_${desk.name}_owner`),
      app: role(`liandong_${desk.name}`),
    });
    const linked: readonly string[] = desk.peers;
    const peers = desks
      .filter(({ name }) => linked.includes(name))
      .map((peer) => ({ desk: peer, port: ports[peer.name] ?? 0, publicKey: keys.get(peer.name) ?? "" }));
    await writePrivate(
      paths.desk(desk).config,
      deskConfigText(root, { desk, port: ports[desk.name] ?? 0, ownerUrl, appUrl: appUrl ?? ownerUrl, peers }),
    );
    const seed = seedAccounts(
      ownerUrl,
      desk,
      accounts.filter((a) => a.node === desk.name),
    );
    seed.catch(() => undefined);
    seeding.push(seed);
  }
  await Promise.all(seeding);
}

async function seedAccounts(ownerUrl: string, { region }: Desk, accounts: readonly DemoAccount[]): Promise<void> {
  await migrate(ownerUrl);
  const store = openStore(ownerUrl, { home: region as RegionCode, max: 2 });
  try {
    await saveDemoAccounts(
      createStores(store).accounts,
      accounts,
      REGION as RegionCode,
      createIds(Date.now).next,
      instantOf(Date.now()),
    );
  } finally {
    await store.close();
  }
}

/** Opens (on first use makes) a desk's keys and marks them as made by the demonstration. */
async function publicKeyOf(root: string, desk: Desk): Promise<string> {
  const folder = pairPaths(root).desk(desk).keys;
  const opened = await openFileKeys(folder);
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.file}`);
  await writeFile(join(folder, DEMO_KEYS_MARK), "", { mode: 0o600 });
  await opened.value.close();
  return opened.value.nodePublicKey;
}
