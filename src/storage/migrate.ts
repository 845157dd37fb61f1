import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { Pool } from "pg";
import type { PoolClient } from "pg";
import { poolSettings } from "./open-store.ts";
import { inTransaction, sqlFault } from "./statement.ts";

/** A database that these migrations must not touch. */
export type MigrationFault =
  | "MIGRATION_CHANGED"
  | "MIGRATION_UNKNOWN"
  | "MIGRATION_GAP"
  | "SERVER_TOO_OLD"
  | "SCHEMA_OLDER";

/** Thrown, not returned: nobody may go on with a database of another shape. */
export class MigrationError extends Error {
  readonly code: MigrationFault;
  constructor(code: MigrationFault, detail: string) {
    super(`${code}: ${detail}`);
    this.name = "MigrationError";
    this.code = code;
  }
}

export type MigrationFile = {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
};

/** The migrations shipped with this program. */
export const MIGRATIONS: URL = new URL("./sql/", import.meta.url);

const FILE = /^(\d{6})\.sql$/;
const OLDEST_SERVER = 150_000;

/** Reads `NNNNNN.sql`, numbered 1, 2, 3 … without a hole. The checksum is SM3 over the text with LF line ends. */
export async function readMigrations(directory: URL = MIGRATIONS): Promise<readonly MigrationFile[]> {
  const names = (await readdir(directory)).filter((name) => FILE.test(name)).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(FILE.exec(name)?.[1]);
      if (number !== index + 1) throw new MigrationError("MIGRATION_GAP", name);
      const sql = (await readFile(new URL(name, directory), "utf8")).replaceAll("\r\n", "\n");
      return { number, name, sql, checksum: createHash("sm3").update(sql).digest("hex") };
    }),
  );
}

async function prepare(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ v: number }>("select current_setting('server_version_num')::int as v");
  const version = rows[0]?.v ?? 0;
  if (version < OLDEST_SERVER) throw new MigrationError("SERVER_TOO_OLD", `server ${version}, needed ${OLDEST_SERVER}`);
  // "if not exists" is not safe against a second process doing the same: then the loser sees one of these and asks again.
  const races = new Set(["23505", "42P06", "42P07", "42710", "XX000"]);
  for (let tries = 1; ; tries += 1) {
    try {
      await client.query("create schema if not exists liandong");
      await client.query(
        `create table if not exists liandong.migrations (number integer primary key, name text not null, checksum text not null, at timestamptz not null default now())`,
      );
      await client.query(
        `comment on table liandong.migrations is 'Which numbered file made this schema, with the SM3 of its text.'`,
      );
      return;
    } catch (error) {
      if (tries >= 10 || !races.has(sqlFault(error).code)) throw error;
    }
  }
}

/** true = carried out now; false = was there. The row goes in first, so a racing process waits for it and then skips. */
async function apply(client: PoolClient, file: MigrationFile): Promise<boolean> {
  // A migration may take longer than a query of the desk is ever allowed to.
  await client.query("set local statement_timeout = 0");
  const inserted = await client.query(
    "insert into liandong.migrations (number, name, checksum) values ($1, $2, $3) on conflict (number) do nothing",
    [file.number, file.name, file.checksum],
  );
  if (inserted.rowCount === 1) {
    await client.query(file.sql);
    return true;
  }
  const { rows } = await client.query<{ checksum: string }>(
    "select checksum from liandong.migrations where number = $1",
    [file.number],
  );
  if (rows[0]?.checksum !== file.checksum) throw new MigrationError("MIGRATION_CHANGED", file.name);
  return false;
}

/**
 * Holds that a database has the newest schema and changes nothing: for whoever only reads.
 * @throws MigrationError SCHEMA_OLDER it was not brought up yet; MIGRATION_UNKNOWN it is newer than this program.
 */
export async function requireSchema(target: string, directory: URL = MIGRATIONS): Promise<void> {
  const known = (await readMigrations(directory)).length;
  const pool = new Pool(poolSettings(target, 1));
  try {
    const { rows } = await pool.query<{ there: boolean }>(
      "select to_regclass('liandong.migrations') is not null as there",
    );
    const last = rows[0]?.there === true ? await lastOf(pool) : 0;
    const detail = `the database stands at ${last}, this program knows ${known}`;
    if (last < known) throw new MigrationError("SCHEMA_OLDER", detail);
    if (last > known) throw new MigrationError("MIGRATION_UNKNOWN", detail);
  } finally {
    await pool.end();
  }
}

async function lastOf(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ last: number | null }>("select max(number) as last from liandong.migrations");
  return rows[0]?.last ?? 0;
}

async function migrateWith(pool: Pool, directory: URL): Promise<readonly number[]> {
  const files = await readMigrations(directory);
  const client = await pool.connect();
  try {
    await prepare(client);
  } finally {
    client.release();
  }
  const last = await lastOf(pool);
  if (last > files.length)
    throw new MigrationError("MIGRATION_UNKNOWN", `the database stands at ${last}, this program knows ${files.length}`);
  const done: number[] = [];
  for (const file of files) {
    if (await inTransaction(pool, (transaction) => apply(transaction, file))) done.push(file.number);
  }
  return done;
}

/**
 * Brings a database to the newest schema: one transaction a file, forward only, safe when several processes start at
 * once. Gives the numbers carried out by this call.
 * @throws MigrationError MIGRATION_CHANGED an old file is not what was run; MIGRATION_UNKNOWN the database is newer than
 * this program; MIGRATION_GAP files are not 1, 2, 3 …; SERVER_TOO_OLD below PostgreSQL 15.
 */
export async function migrate(target: Pool | string, directory: URL = MIGRATIONS): Promise<readonly number[]> {
  if (typeof target !== "string") return migrateWith(target, directory);
  const pool = new Pool(poolSettings(target, 2));
  try {
    return await migrateWith(pool, directory);
  } finally {
    await pool.end();
  }
}
