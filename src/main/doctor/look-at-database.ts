import { Client } from "pg";
import type { RegionCode } from "../../kernel/index.ts";
import {
  createNotices,
  createOutbox,
  createQueries,
  openStore,
  poolSettings,
  readMigrations,
} from "../../storage/index.ts";
import type { DatabaseFacts, SettingFacts, WorkFacts } from "./probe.ts";

const CONNECT_MS = 5_000;
const GIVEN_UP_SHOWN = 1_000;

/** Database and host of an address, without user and password. */
function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}:${port === "" ? "5432" : port}${pathname}`;
  } catch {
    return "database.url";
  }
}

/** Connects and asks, then once more as the node would; changes nothing. */
export async function lookAtDatabase(url: string): Promise<DatabaseFacts> {
  const where = placeOf(url);
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: CONNECT_MS,
    application_name: "liandong doctor",
  });
  // A server that goes away meanwhile is a finding, not the end of this process.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (fault) {
    return { reachable: false, where, detail: faultCode(fault) };
  }
  let answers: Answers;
  try {
    answers = await ask(client);
  } finally {
    await client.end();
  }
  return { reachable: true, where, ...answers, settings: await lookAtSettings(url) };
}

/** What the server runs the node's connections under: a pooler between them may drop what a connection asks for at its start. */
async function lookAtSettings(url: string): Promise<SettingFacts> {
  const client = new Client({
    ...poolSettings(url),
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: CONNECT_MS,
    application_name: "liandong doctor",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (fault) {
    return { refused: faultCode(fault) };
  }
  try {
    const { rows } = await client.query<Exclude<SettingFacts, { readonly refused: string }>>(
      `select current_setting('plan_cache_mode', true) as plan_cache_mode,
        current_setting('enable_seqscan', true) as enable_seqscan, current_setting('jit', true) as jit`,
    );
    return rows[0] ?? { plan_cache_mode: null, enable_seqscan: null, jit: null };
  } finally {
    await client.end();
  }
}

type Answers = Omit<Extract<DatabaseFacts, { readonly reachable: true }>, "reachable" | "where" | "settings">;

async function ask(client: Client): Promise<Answers> {
  const before = Date.now();
  const { rows } = await client.query<{ readonly ms: number; readonly version: number; readonly known: boolean }>(
    `select extract(epoch from clock_timestamp()) * 1000.0::float8 as ms,
      current_setting('server_version_num')::int as version,
      to_regclass('liandong.migrations') is not null as known`,
  );
  const after = Date.now();
  const row = rows[0] ?? { ms: 0, version: 0, known: false };
  const hosts = await client.query<{ readonly host: string }>(
    `select distinct coalesce(host(client_addr), 'local') as host from pg_stat_activity
      where datname = current_database() and application_name = 'liandong' order by 1`,
  );
  return {
    version: row.version,
    migration: row.known ? await lastMigration(client) : null,
    newest: (await readMigrations()).length,
    aheadMs: Math.round(Number(row.ms) - (before + after) / 2),
    unsureMs: Math.ceil((after - before) / 2),
    hosts: hosts.rows.map((one) => one.host),
  };
}

async function lastMigration(client: Client): Promise<number | null> {
  const { rows } = await client.query<{ readonly last: number | null }>(
    "select max(number) as last from liandong.migrations",
  );
  return rows[0]?.last ?? null;
}

/** The driver's code (ECONNREFUSED, 28P01, 3D000); its text may quote what it was given. */
function faultCode(fault: unknown): string {
  const code: unknown = typeof fault === "object" && fault !== null ? Reflect.get(fault, "code") : null;
  return typeof code === "string" ? code : "timeout";
}

/** What waits, what was refused, what was given up. */
export async function lookAtWork(url: string, home: RegionCode, nowMs: number): Promise<WorkFacts> {
  const store = openStore(url, { home, max: 2 });
  try {
    const [backlog, dead, notices] = await Promise.all([
      createOutbox(store).backlog(),
      createQueries(store).deadLetters(),
      createNotices(store).failures(GIVEN_UP_SHOWN),
    ]);
    return { nowMs, backlog, deadLetters: dead.length, givenUpNotices: notices.length };
  } finally {
    await store.close();
  }
}
