import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Client, escapeIdentifier } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { err, ok, type Result } from "../../kernel/index.ts";
import { digestingStream } from "./digest.ts";
import { makeEmptyFolder } from "./empty-folder.ts";
import {
  BACKUP_FORMAT,
  type BackupManifest,
  MANIFEST_FILE,
  type SequenceEntry,
  type TableEntry,
  writeManifest,
} from "./manifest.ts";
import {
  hasTable,
  listSequences,
  listTables,
  MIGRATIONS_TABLE,
  qualified,
  readMigrationLevel,
  type TableShape,
} from "./schema-catalogue.ts";

/** Told after each table; `rows` are those of this table. */
export type BackupProgress = {
  readonly table: string;
  readonly rows: number;
  readonly tablesDone: number;
  readonly tables: number;
};

/** See `backupDatabase`. */
export type BackupOptions = {
  /** Address of the database, as the role that owns the schema. */
  readonly url: string;
  /** Absent or empty folder; made 0700, its files 0600. */
  readonly dir: string;
  readonly onProgress?: (progress: BackupProgress) => void;
  /** Default `liandong`. */
  readonly schema?: string;
};

/** FOLDER_NOT_EMPTY: a backup never mixes with other files. SCHEMA_ABSENT: there is nothing to back up. */
export type BackupRefusal =
  | { readonly code: "FOLDER_NOT_EMPTY"; readonly dir: string }
  | { readonly code: "SCHEMA_ABSENT"; readonly schema: string };

const DEFAULT_SCHEMA = "liandong";
/** How values are written, whatever the database's or role's settings say; a restore reads them under the same. */
export const PLAIN_VALUES =
  "set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 1; " +
  "set bytea_output = 'hex'; set client_encoding = 'UTF8'; set row_security = off; set statement_timeout = 0; " +
  "set idle_in_transaction_session_timeout = 0";

async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  await handle.sync().finally(() => handle.close());
}

async function copyOut(client: Client, schema: string, shape: TableShape, dir: string): Promise<TableEntry> {
  const file = `${encodeURIComponent(shape.table)}.copy.gz`;
  const columns = shape.columns.map((column) => `t.${escapeIdentifier(column)}`).join(", ");
  const rows = client.query(copyTo(`copy (select ${columns} from ${qualified(schema, shape.table)} t) to stdout`));
  const digesting = digestingStream();
  const path = join(dir, file);
  await pipeline(
    rows,
    createGzip({ level: 3 }),
    digesting.stream,
    createWriteStream(path, { flags: "wx", mode: 0o600, flush: true }),
  );
  // The count comes with the end of the command, which may arrive after the last row.
  await client.query("select 1");
  return { table: shape.table, file, columns: shape.columns, rows: rows.rowCount, ...digesting.finish() };
}

async function readSequences(client: Client, schema: string): Promise<readonly SequenceEntry[]> {
  const entries: SequenceEntry[] = [];
  for (const sequence of await listSequences(client, schema)) {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${qualified(schema, sequence)}`,
    );
    const row = rows[0];
    if (row !== undefined) entries.push({ sequence, ...row });
  }
  return entries;
}

/** One snapshot of all tables: what was committed before its first query, and nothing after. */
async function takeSnapshot(client: Client, options: BackupOptions, schema: string): Promise<BackupManifest> {
  const hasMigrations = await hasTable(client, schema, MIGRATIONS_TABLE);
  await client.query("begin isolation level repeatable read");
  if (hasMigrations) {
    // Before the snapshot: a migration that is under way is waited for, and the next one waits for us.
    await client.query(`lock table ${qualified(schema, MIGRATIONS_TABLE)} in share mode`);
  }
  await client.query("set transaction read only");
  const { rows } = await client.query<{ version: string; at: Date }>(
    "select current_setting('server_version') as version, now() as at",
  );
  const level = await readMigrationLevel(client, schema);
  const shapes = await listTables(client, schema);
  const tables: TableEntry[] = [];
  for (const shape of shapes) {
    const entry = await copyOut(client, schema, shape, options.dir);
    tables.push(entry);
    options.onProgress?.({
      table: entry.table,
      rows: entry.rows,
      tablesDone: tables.length,
      tables: shapes.length,
    });
  }
  // Sequences know no snapshot; read last, they stand at or beyond every number in the rows.
  const sequences = await readSequences(client, schema);
  await client.query("commit");
  return {
    format: BACKUP_FORMAT,
    schema,
    serverVersion: rows[0]?.version ?? "",
    takenAt: rows[0]?.at.toISOString() ?? "",
    ...level,
    tables,
    sequences,
  };
}

/**
 * Backs up one schema while the node works: one read-only snapshot, one gzipped COPY file a table with its SM3, and a
 * manifest written last. Works on any server from 15 on and needs no superuser. Errors by code: `BackupRefusal`; what the
 * server or the disk says is thrown.
 */
export async function backupDatabase(options: BackupOptions): Promise<Result<BackupManifest, BackupRefusal>> {
  const schema = options.schema ?? DEFAULT_SCHEMA;
  if (!(await makeEmptyFolder(options.dir))) return err({ code: "FOLDER_NOT_EMPTY", dir: options.dir });
  const client = new Client({ connectionString: options.url });
  await client.connect();
  try {
    await client.query(PLAIN_VALUES);
    const { rowCount } = await client.query("select 1 from pg_catalog.pg_namespace where nspname = $1", [schema]);
    if (rowCount === 0) return err({ code: "SCHEMA_ABSENT", schema });
    const manifest = await takeSnapshot(client, options, schema);
    await writeManifest(options.dir, MANIFEST_FILE, manifest);
    await syncFolder(options.dir);
    return ok(manifest);
  } finally {
    await client.end();
  }
}
