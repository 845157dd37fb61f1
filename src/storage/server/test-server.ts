import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Client, escapeIdentifier } from "pg";
import { ok, type Result } from "../../kernel/index.ts";
import { makeFolder } from "./account.ts";
import { findSystemBinaries, type ServerBinaries } from "./binaries.ts";
import { clusterPaths } from "./cluster.ts";
import { defaultDataRoot } from "./data-root.ts";
import { type EmbeddedServer, startEmbeddedServer } from "./embedded-server.ts";
import { urlOf } from "./ensure-database.ts";
import { killServer } from "./postmaster.ts";

/** Which server the tests run on: the embedded one, or the operating system's of a major version. */
export type TestFlavour = "embedded" | "15" | "16" | "17" | "18";

/** Why no server of the wished flavour can run here; the caller counts its tests as skipped with this reason. */
export type TestServerRefusal = { readonly code: "BINARIES_ABSENT"; readonly path: string };

/** A fresh database of a test; `url` is a superuser's. */
export type TestDatabase = { readonly url: string; readonly name: string; readonly drop: () => Promise<void> };

/** Set by the run's set-up: superuser address of a server that is there already. */
const URL_VARIABLE = "LIANDONG_TEST_DATABASE_URL";
/** Set by the run's set-up: folder of the run's own server, started by whichever test file needs it first. */
const FOLDER_VARIABLE = "LIANDONG_TEST_SERVER_DIR";
/** Chosen by who starts the run: `15` runs the whole suite on the operating system's PostgreSQL 15. */
const FLAVOUR_VARIABLE = "LIANDONG_TEST_POSTGRES";

const FAST = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "200" };

/** An empty folder that a test server's account can enter; the caller removes it. */
export function makeTestFolder(): string {
  const parent = join(defaultDataRoot(), "test");
  makeFolder(parent, 0o711);
  const folder = mkdtempSync(join(realpathSync(parent), "t-"));
  chmodSync(folder, 0o711);
  return folder;
}

/** The programs of a flavour; undefined = the installed package's. */
export function findTestBinaries(flavour: TestFlavour): Result<ServerBinaries | undefined, TestServerRefusal> {
  return flavour === "embedded" ? ok(undefined) : findSystemBinaries(Number(flavour));
}

function parseFlavour(text: string | undefined): TestFlavour {
  const found = (["embedded", "15", "16", "17", "18"] as const).find((flavour) => flavour === (text ?? "embedded"));
  if (found === undefined) throw new Error(`${FLAVOUR_VARIABLE} is ${text}; embedded, 15, 16, 17 or 18 is meant`);
  return found;
}

/** Starts (or attaches to) a server for tests in `dataDir`: nothing is flushed to disk, all else as in production. */
export async function startTestServer(
  dataDir: string,
  flavour: TestFlavour = "embedded",
): Promise<Result<EmbeddedServer, TestServerRefusal>> {
  const binaries = findTestBinaries(flavour);
  if (!binaries.ok) return binaries;
  return ok(
    await startEmbeddedServer({
      dataDir,
      settings: FAST,
      ...(binaries.value === undefined ? {} : { binaries: binaries.value }),
    }),
  );
}

/**
 * For the run's set-up: prepares the one server that all test files of the run share, without starting it; returns the
 * tear-down that ends it and removes its folder. With a given address of a server nothing is prepared.
 */
export function prepareTestRun(environment: NodeJS.ProcessEnv = process.env): () => Promise<void> {
  if (environment[URL_VARIABLE] !== undefined) return async () => undefined;
  const flavour = parseFlavour(environment[FLAVOUR_VARIABLE]);
  const binaries = findTestBinaries(flavour);
  if (!binaries.ok) throw new Error(`PostgreSQL ${flavour} is not installed: no ${binaries.error.path}`);
  const dataDir = makeTestFolder();
  environment[FOLDER_VARIABLE] = dataDir;
  return async () => {
    await killServer(clusterPaths(dataDir).pgdata);
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** Address of the run's shared server, started on first use by this or any other process of the run. */
export async function testServerUrl(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const given = environment[URL_VARIABLE];
  if (given !== undefined) return given;
  const dataDir = environment[FOLDER_VARIABLE];
  if (dataDir === undefined) {
    throw new Error(`no test server: run vitest with globalSetup test/setup/postgres.ts, or set ${URL_VARIABLE}`);
  }
  const server = await startTestServer(dataDir, parseFlavour(environment[FLAVOUR_VARIABLE]));
  if (!server.ok) throw new Error(`PostgreSQL is not installed: no ${server.error.path}`);
  environment[URL_VARIABLE] = server.value.superuserUrl;
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
  // Copying the files is slower only when a checkpoint is expensive, and here nothing is flushed.
  await runOn(serverUrl, (client) => client.query(`create database ${quoted} template ${template} strategy file_copy`));
  return {
    url: urlOf(serverUrl, name),
    name,
    drop: async () => {
      await runOn(serverUrl, (client) => client.query(`drop database if exists ${quoted} with (force)`));
    },
  };
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
