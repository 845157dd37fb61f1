import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client, escapeIdentifier } from "pg";
import { ok, type Result } from "../../src/kernel/index.ts";
import {
  defaultDataRoot,
  type EmbeddedServer,
  findSystemBinaries,
  killServerOf,
  makeFolder,
  type ServerBinaries,
  startEmbeddedServer,
  urlOf,
} from "../../src/storage/server/index.ts";

/** Which server the tests run on: the embedded one, or the operating system's of a major version. */
export type TestFlavour = (typeof FLAVOURS)[number];

/** Why no server of the wished flavour can run here; the caller counts its tests as skipped with this reason. */
export type TestServerRefusal = { readonly code: "BINARIES_ABSENT"; readonly path: string };

/** A fresh database of a test; `url` is a superuser's. */
export type TestDatabase = { readonly url: string; readonly name: string; readonly drop: () => Promise<void> };

/** What the tests read of the environment. */
export type TestEnvironment = Record<string, string | undefined>;

const FLAVOURS = ["embedded", "15", "16", "17", "18"] as const;
/** Given from outside: superuser address of a server to use instead of one of our own. */
const URL_VARIABLE = "LIANDONG_TEST_DATABASE_URL";
/** Chosen by who starts the run: `15` runs on the operating system's PostgreSQL 15. */
const FLAVOUR_VARIABLE = "LIANDONG_TEST_PG";
/** Written by the run's set-up, one for each flavour: folder of the servers that the files of the run share. */
const folderVariable = (flavour: TestFlavour): string => `LIANDONG_TEST_SERVER_DIR_${flavour}`;

const FAST = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "200" };

/** An empty folder that a test server's account can enter; the caller removes it. */
export function makeTestFolder(): string {
  const parent = join(defaultDataRoot(), "test");
  makeFolder(parent, 0o711);
  // The number tells a later run whether the maker of a leftover folder still lives.
  const folder = mkdtempSync(join(realpathSync(parent), `t-${process.pid}-`));
  chmodSync(folder, 0o711);
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Ends the servers and removes the folders of earlier runs that were killed before their tear-down. */
async function clearLeftovers(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const pid = /^t-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = join(parent, name);
    await endServersIn(folder);
  }
}

/** Ends the server whose folder this is and those whose folders lie in it, and removes it. */
async function endServersIn(folder: string): Promise<void> {
  await killServerOf(folder);
  for (const name of readdirSync(folder)) await killServerOf(join(folder, name));
  rmSync(folder, { recursive: true, force: true });
}

/** The flavour of this run. */
export function testFlavour(environment: TestEnvironment = process.env): TestFlavour {
  const wished = environment[FLAVOUR_VARIABLE] ?? "embedded";
  const found = FLAVOURS.find((flavour) => flavour === wished);
  if (found === undefined) throw new Error(`${FLAVOUR_VARIABLE} is ${wished}, not one of ${FLAVOURS.join(", ")}`);
  return found;
}

/** The programs of a flavour; undefined = the installed package's. `LIANDONG_PG15_BIN` etc. name another folder. */
export function findTestBinaries(
  flavour: TestFlavour = testFlavour(),
): Result<ServerBinaries | undefined, TestServerRefusal> {
  if (flavour === "embedded") return ok(undefined);
  return findSystemBinaries(Number(flavour), process.env[`LIANDONG_PG${flavour}_BIN`]);
}

/** Starts (or attaches to) a server for tests in `dataDir`: nothing is flushed to disk, all else as in production. */
export async function startTestServer(
  dataDir: string,
  flavour: TestFlavour = testFlavour(),
): Promise<Result<EmbeddedServer, TestServerRefusal>> {
  const binaries = findTestBinaries(flavour);
  if (!binaries.ok) return binaries;
  const given = binaries.value === undefined ? {} : { binaries: binaries.value };
  return ok(await startEmbeddedServer({ dataDir, settings: FAST, ...given }));
}

/**
 * For the run's set-up: names the folder of the servers that the files of the run share, without starting one; returns
 * the tear-down that ends them and removes the folder. With a server given from outside there is nothing to do.
 */
export async function prepareTestRun(
  flavour: TestFlavour,
  environment: TestEnvironment = process.env,
): Promise<() => Promise<void>> {
  if (environment[URL_VARIABLE] !== undefined) return async () => undefined;
  const binaries = findTestBinaries(flavour);
  if (!binaries.ok) throw new Error(`PostgreSQL ${flavour} is not installed: nothing in ${binaries.error.path}`);
  const dataDir = makeTestFolder();
  await clearLeftovers(dirname(dataDir));
  environment[folderVariable(flavour)] = dataDir;
  return () => endServersIn(dataDir);
}

const known = new Map<TestFlavour, string>();

/**
 * Superuser address of the shared server, started on first use. Each of the run's places for a worker has one of its own:
 * transaction numbers belong to a whole server, and what a live feed may show waits for open ones of any database.
 */
export async function testServerUrl(environment: TestEnvironment = process.env): Promise<string> {
  const flavour = testFlavour(environment);
  const found = environment[URL_VARIABLE] ?? known.get(flavour);
  if (found !== undefined) return found;
  const dataDir = environment[folderVariable(flavour)];
  if (dataDir === undefined) {
    throw new Error(`no test server: run vitest with globalSetup test/setup/postgres.ts, or set ${URL_VARIABLE}`);
  }
  const server = await startTestServer(join(dataDir, `w${environment["VITEST_POOL_ID"] ?? "0"}`), flavour);
  if (!server.ok) throw new Error(`PostgreSQL ${flavour} is not installed: nothing in ${server.error.path}`);
  known.set(flavour, server.value.superuserUrl);
  return server.value.superuserUrl;
}

async function runOn<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** How a test database is made; see `createTestDatabase`. */
export type TestDatabaseOptions = {
  /** Default: a random name. */
  readonly name?: string;
  /** Clone this database (nobody may be connected to it) instead of an empty one. */
  readonly template?: string;
  /** Default: the run's shared server. */
  readonly serverUrl?: string;
};

/** Makes a fresh database on the shared test server; `drop` ends whatever is still connected. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = options.serverUrl ?? (await testServerUrl());
  const name = options.name ?? `t_${randomBytes(6).toString("hex")}`;
  const quoted = escapeIdentifier(name);
  const template = escapeIdentifier(options.template ?? "template0");
  // With nothing flushed, measured for the real schema: 20 ms to make and 8 to drop, against 24 and 22 by wal_log.
  await runOn(serverUrl, (client) => client.query(`create database ${quoted} template ${template} strategy file_copy`));
  return {
    url: urlOf(serverUrl, name),
    name,
    drop: () =>
      runOn(serverUrl, async (client) => {
        await letGo(client, name);
        await client.query(`drop database if exists ${quoted} with (force)`);
      }),
  };
}

/** How long connections that are ending may take; what a test forgot to end is ended by force. */
const LET_GO_MS = 1_000;

/**
 * Waits for connections on their way out: a pool is told of their end before the server is, and one that the server then ends by force
 * fails where nobody listens any more.
 */
async function letGo(client: Client, name: string): Promise<void> {
  const until = performance.now() + LET_GO_MS;
  for (;;) {
    const { rows } = await client.query(
      "select 1 from pg_stat_activity where datname = $1 and backend_type = 'client backend' limit 1",
      [name],
    );
    if (rows.length === 0 || performance.now() >= until) return;
    await delay(5);
  }
}

/** Gives `work` a fresh database and drops it afterwards, whatever happened. */
export async function withTestDatabase<T>(
  work: (database: TestDatabase) => Promise<T>,
  options: TestDatabaseOptions = {},
): Promise<T> {
  const database = await createTestDatabase(options);
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

/**
 * Makes, once a run and server, a database that test files clone: `fill` gets the address of a draft that takes the name
 * only when it is filled. Whoever comes second waits and gets the same name back.
 */
export async function ensureTemplateDatabase(
  name: string,
  fill: (url: string) => Promise<void>,
  givenUrl?: string,
): Promise<string> {
  const serverUrl = givenUrl ?? (await testServerUrl());
  await runOn(serverUrl, async (client) => {
    await client.query("select pg_advisory_lock(hashtext($1))", [name]);
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount !== 0) return;
    const draft = await createTestDatabase({ serverUrl });
    await fill(draft.url);
    await client.query(`alter database ${escapeIdentifier(draft.name)} rename to ${escapeIdentifier(name)}`);
  });
  return name;
}
