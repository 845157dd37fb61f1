import { spawn } from "node:child_process";
import { chmodSync, existsSync, realpathSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { makeFolder, requireTraversable, type ServerAccount, serverAccount } from "./account.ts";
import { prepareEmbeddedBinaries, type ServerBinaries } from "./binaries.ts";
import { type ClusterPaths, clusterPaths, ensureCluster, readPassword, serverEnvironment } from "./cluster.ts";
import { defaultDataRoot } from "./data-root.ts";
import {
  clearAfterDeath,
  isServerProcess,
  killServer,
  listChildren,
  listServerProcesses,
  type PostmasterRecord,
  readPostmaster,
  signalProcess,
  waitForEnd,
} from "./postmaster.ts";
import { isBusy } from "../unavailable.ts";
import { ServerError } from "./server-error.ts";
import { serverArguments, type ServerSettings, writeConfiguration } from "./settings.ts";
import { markServerLog, readServerLogSince } from "./server-log.ts";
import { withStartLock } from "./start-lock.ts";

/** How to start; see `startEmbeddedServer`. */
export type EmbeddedServerOptions = {
  /** Folder of this server alone; made if absent. Holds `data`, the password file and the operator's settings. */
  readonly dataDir: string;
  /** 0 or absent: any free port. A port asked for and taken is PORT_IN_USE. */
  readonly port?: number;
  readonly log?: (line: string) => void;
  /** Other programs than the installed package's, e.g. Debian's from `findSystemBinaries`. */
  readonly binaries?: ServerBinaries;
  /** Settings of this start on top of ours; `fsync: "off"` (tests only) also spares the flush after initdb. */
  readonly settings?: ServerSettings;
  /** How long a start, crash recovery included, may take; default 10 minutes. */
  readonly startTimeoutMs?: number;
};

/** A running server; `attached` = it ran already and somebody else started it. */
export type EmbeddedServer = {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly pid: number;
  readonly superuserUrl: string;
  readonly attached: boolean;
  readonly dataDir: string;
  /** Fast shutdown, resolved when the process is gone. An attached server is left running unless `evenIfAttached`. */
  readonly stop: (options?: { readonly evenIfAttached?: boolean }) => Promise<void>;
  /** SIGKILL to the server and all its children: the power cut of the tests. */
  readonly killHard: () => void;
  /** Resolves when the server process is gone, whoever ended it. */
  readonly waitForEnd: () => Promise<void>;
};

type Start = {
  readonly paths: ClusterPaths;
  readonly binaries: ServerBinaries;
  readonly account: ServerAccount;
  readonly port: number;
  readonly settings: ServerSettings;
  readonly log: (line: string) => void;
  readonly deadline: number;
};

const HOST = "127.0.0.1";
const FAST_STOP_MS = 60_000;
const CRASH_STOP_MS = 30_000;
const CHILD_STOP_MS = 5_000;
const PORT_TRIES = 5;
const ANSWER_WITHIN_MS = 60_000;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port"));
        else resolve(address.port);
      });
    });
  });
}

function superuserUrl(port: number, password: string): string {
  return `postgres://postgres:${encodeURIComponent(password)}@${HOST}:${port}/postgres`;
}

/** Proves by a session that the server on this port is the one of this data folder. */
async function requireOwnServer(paths: ClusterPaths, port: number, password: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl(port, password), connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    if (realpathSync(rows[0]?.data_directory ?? "/") !== realpathSync(paths.pgdata)) {
      throw new ServerError("NOT_ANSWERING", `port ${port} serves another data folder`);
    }
  } catch (cause) {
    if (cause instanceof ServerError) throw cause;
    throw new ServerError("NOT_ANSWERING", `${paths.pgdata} on port ${port}: ${String(cause)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A machine that starts everything at once lets a server that is ready answer late. */
async function untilItAnswers(paths: ClusterPaths, port: number, password: string): Promise<void> {
  const until = Date.now() + ANSWER_WITHIN_MS;
  for (;;) {
    try {
      return await requireOwnServer(paths, port, password);
    } catch (cause) {
      if (!isBusy(cause) || Date.now() >= until) throw cause;
      await delay(100);
    }
  }
}

async function stopProcess(pid: number, pgdata: string, log: (line: string) => void): Promise<void> {
  // Its children as they are now: whoever starts a server anew in this folder meanwhile has others.
  const children = listServerProcesses(pgdata).filter((one) => one !== pid);
  signalProcess(pid, "SIGINT");
  if (await waitForEnd(pid, pgdata, FAST_STOP_MS)) {
    // What writes the log ends a moment after the server itself.
    for (const child of children) await waitForEnd(child, pgdata, CHILD_STOP_MS);
    return;
  }
  log(`server ${pid} did not stop in ${FAST_STOP_MS / 1_000} s; it is ended at once and recovers at the next start`);
  signalProcess(pid, "SIGQUIT");
  if (await waitForEnd(pid, pgdata, CRASH_STOP_MS)) return;
  throw new ServerError("STOP_TIMEOUT", `server process ${pid} of ${pgdata}`);
}

function runningServer(start: Start, pid: number, port: number, password: string, attached: boolean): EmbeddedServer {
  const { pgdata, dataDir } = start.paths;
  return {
    host: HOST,
    port,
    pid,
    superuserUrl: superuserUrl(port, password),
    attached,
    dataDir,
    stop: async (options = {}) => {
      if (!attached || options.evenIfAttached === true) await stopProcess(pid, pgdata, start.log);
    },
    killHard: () => {
      const children = listChildren(pid);
      signalProcess(pid, "SIGKILL");
      for (const child of children) signalProcess(child, "SIGKILL");
    },
    waitForEnd: async () => {
      await waitForEnd(pid, pgdata, Number.POSITIVE_INFINITY);
    },
  };
}

/** Waits until the record says ready; undefined when the process ended instead. */
async function waitForReady(
  start: Start,
  pid: number,
  isGone: () => boolean,
): Promise<{ readonly port: number } | undefined> {
  while (!isGone()) {
    const record = readPostmaster(start.paths.pgdata);
    if (record?.pid === pid && record.status === "ready" && record.port !== undefined) return { port: record.port };
    if (Date.now() >= start.deadline) {
      throw new ServerError("START_TIMEOUT", `server process ${pid} of ${start.paths.pgdata} is still not ready`);
    }
    await delay(10);
  }
  return undefined;
}

/** Attaches to the server that is there; undefined when it ended meanwhile (a killed process still looks alive for a moment). */
async function attach(start: Start, record: PostmasterRecord): Promise<EmbeddedServer | undefined> {
  const isGone = (): boolean => !isServerProcess(record.pid, start.paths.pgdata);
  start.log(`server process ${record.pid} of ${start.paths.pgdata} is there already`);
  const password = readPassword(start.paths);
  const until = Date.now() + ANSWER_WITHIN_MS;
  for (;;) {
    const ready = await waitForReady(start, record.pid, isGone);
    if (ready === undefined) return undefined;
    try {
      await requireOwnServer(start.paths, ready.port, password);
      return runningServer(start, record.pid, ready.port, password, true);
    } catch (cause) {
      if (!isGone() && Date.now() >= until) throw cause;
    }
    await delay(100);
  }
}

type Launch =
  | { readonly outcome: "ready"; readonly pid: number; readonly port: number }
  | { readonly outcome: "ended"; readonly said: string };

async function launch(start: Start, port: number): Promise<Launch> {
  const logBefore = markServerLog(start.paths.pgdata);
  // Its own process group: Ctrl+C in the terminal must reach us first, not the database under open transactions.
  const child = spawn(join(start.binaries.binDir, "postgres"), serverArguments(start.paths, port, start.settings), {
    ...start.account,
    cwd: start.paths.pgdata,
    env: serverEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    const text = chunk.toString("utf8");
    said = `${said}${text}`.slice(-8_000);
    for (const line of text.split("\n")) if (line !== "") start.log(line);
  });
  let gone = false;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      gone = true;
      resolve();
    };
    child.once("error", (cause) => {
      said = `${said}${String(cause)}`;
      end();
    });
    child.once("close", end);
  });
  const { pid } = child;
  const ready = pid === undefined ? undefined : await waitForReady(start, pid, () => gone);
  if (pid === undefined || ready === undefined) {
    await ended;
    return { outcome: "ended", said: `${said}${readServerLogSince(start.paths.pgdata, logBefore)}` };
  }
  child.unref();
  // The server writes to its own log from here on, but a pipe nobody reads would keep this program alive.
  child.stderr.destroy();
  return { outcome: "ready", pid, port: ready.port };
}

async function startOrAttach(start: Start): Promise<EmbeddedServer> {
  let portTries = 0;
  for (;;) {
    const record = readPostmaster(start.paths.pgdata);
    if (record !== undefined && isServerProcess(record.pid, start.paths.pgdata)) {
      const found = await attach(start, record);
      if (found !== undefined) return found;
      continue;
    }
    await clearAfterDeath(start.paths.pgdata);
    writeConfiguration(start.paths.dataDir);
    const launched = await launch(start, start.port === 0 ? await freePort() : start.port);
    if (launched.outcome === "ready") {
      const password = readPassword(start.paths);
      await untilItAnswers(start.paths, launched.port, password);
      return runningServer(start, launched.pid, launched.port, password, false);
    }
    const wasPort = /could not bind|Address already in use/.test(launched.said);
    const wasLock = /lock file ".*" already exists|pre-existing shared memory block/.test(launched.said);
    if (wasPort && start.port !== 0) throw new ServerError("PORT_IN_USE", String(start.port));
    portTries += wasPort ? 1 : 0;
    const again = (wasPort && portTries < PORT_TRIES) || (wasLock && Date.now() < start.deadline);
    if (!again) throw new ServerError("START_FAILED", `${start.paths.pgdata}: ${launched.said.trim()}`);
    await delay(100);
  }
}

/**
 * Starts the PostgreSQL server of a data folder, or attaches to the one that runs there: makes the cluster at the first
 * start (UTF-8, locale C.UTF-8, checksums, scram with a random password kept in a 0600 file), listens on 127.0.0.1 only,
 * recovers after a crash. As root the server runs under uid 65534. The server outlives a killed program; the next start finds it.
 * Errors (thrown `ServerError`): every `ServerErrorCode`.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => undefined);
  const settings = options.settings ?? {};
  // 0711: the server's account passes through to `data`, nobody lists what lies beside it.
  makeFolder(options.dataDir, 0o711);
  chmodSync(options.dataDir, 0o711);
  const paths = clusterPaths(realpathSync(options.dataDir));
  return withStartLock(paths.dataDir, async () => {
    const binaries = options.binaries ?? (await prepareEmbeddedBinaries(defaultDataRoot()));
    const account = serverAccount(paths.pgdata);
    requireTraversable(account, paths.dataDir);
    requireTraversable(account, realpathSync(binaries.binDir));
    const made = await ensureCluster(paths, binaries, account, settings["fsync"] !== "off");
    if (made === "made") log(`made a new database cluster in ${paths.pgdata}`);
    const deadline = Date.now() + (options.startTimeoutMs ?? 600_000);
    return startOrAttach({ paths, binaries, account, port: options.port ?? 0, settings, log, deadline });
  });
}

/** Ends at once whatever server runs in this data folder (tests); with none there it does nothing. */
export async function killServerOf(dataDir: string): Promise<void> {
  const { pgdata } = clusterPaths(dataDir);
  if (existsSync(pgdata)) await killServer(pgdata);
}
