import { createReadStream } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Client, DatabaseError, escapeIdentifier } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { err, ok, type Result } from "../../kernel/index.ts";
import { settleRestored } from "./after-restore.ts";
import { type BackupProgress, PLAIN_VALUES } from "./backup-database.ts";
import { digestOfFile } from "./digest.ts";
import { type BackupManifest, type ManifestRefusal, readBackupManifest, type TableEntry } from "./manifest.ts";
import { rewriteColumn } from "./rewrite-column.ts";
import {
  hasTable,
  listForeignKeys,
  listSequences,
  listTables,
  orderByForeignKeys,
  qualified,
  type TableShape,
} from "./schema-catalogue.ts";

/** See `restoreDatabase`. */
export type RestoreOptions = {
  /** Address of the new database, as the role that is to own the schema. */
  readonly url: string;
  /** Folder that `backupDatabase` filled. */
  readonly dir: string;
  /** Number of the last migration this program has; 0 without migrations. */
  readonly knownLevel: number;
  /** Makes the schema in the new database, at least up to the backup's `level`. */
  readonly migrate: (level: number) => Promise<void>;
  readonly onProgress?: (progress: BackupProgress) => void;
};

/**
 * TARGET_NOT_EMPTY: there are cases in it already. NEWER_THAN_PROGRAM: the backup is of a newer schema. FILE_MISSING and
 * DIGEST_MISMATCH name the damaged file. TARGET_DIFFERS names a table, column or sequence the target lacks.
 * COUNT_MISMATCH: the server holds another number of rows than the backup says. FOREIGN_KEY_CYCLE names tables that wait
 * for each other, which only a superuser could fill.
 */
export type RestoreRefusal =
  | ManifestRefusal
  | { readonly code: "TARGET_NOT_EMPTY" }
  | { readonly code: "NEWER_THAN_PROGRAM"; readonly level: number; readonly knownLevel: number }
  | { readonly code: "FILE_MISSING"; readonly file: string }
  | { readonly code: "TARGET_DIFFERS"; readonly missing: string }
  | { readonly code: "COUNT_MISMATCH"; readonly table: string; readonly expected: number; readonly found: number }
  | { readonly code: "FOREIGN_KEY_CYCLE"; readonly tables: readonly string[] };

/** Ends the transaction and becomes a value at the door. */
class Refused extends Error {
  readonly refusal: RestoreRefusal;

  constructor(refusal: RestoreRefusal) {
    super(refusal.code);
    this.name = "Refused";
    this.refusal = refusal;
  }
}

/** Compares every file with the manifest, without a database. */
export async function verifyBackup(dir: string): Promise<Result<BackupManifest, RestoreRefusal>> {
  const manifest = await readBackupManifest(dir);
  if (!manifest.ok) return manifest;
  for (const { file, digest } of manifest.value.tables) {
    const found = await digestOfFile(join(dir, file)).catch(() => undefined);
    if (found === undefined) return err({ code: "FILE_MISSING", file });
    if (found !== digest) return err({ code: "DIGEST_MISMATCH", file });
  }
  return manifest;
}

async function refuseCases(client: Client, schema: string): Promise<void> {
  if (!(await hasTable(client, schema, "cases"))) return;
  const { rowCount } = await client.query(`select 1 from ${qualified(schema, "cases")} limit 1`);
  if (rowCount !== 0) throw new Refused({ code: "TARGET_NOT_EMPTY" });
}

/** The target's tables by name, after checking that every table, column and sequence of the backup is there. */
async function matchTarget(client: Client, manifest: BackupManifest): Promise<ReadonlyMap<string, TableShape>> {
  const shapes = new Map((await listTables(client, manifest.schema)).map((shape) => [shape.table, shape]));
  for (const { table, columns } of manifest.tables) {
    const shape = shapes.get(table);
    if (shape === undefined) throw new Refused({ code: "TARGET_DIFFERS", missing: table });
    const lost = columns.find((column) => !shape.columns.includes(column));
    if (lost !== undefined) throw new Refused({ code: "TARGET_DIFFERS", missing: `${table}.${lost}` });
  }
  const sequences = await listSequences(client, manifest.schema);
  const lost = manifest.sequences.find(({ sequence }) => !sequences.includes(sequence));
  if (lost !== undefined) throw new Refused({ code: "TARGET_DIFFERS", missing: lost.sequence });
  return shapes;
}

/** Order of filling. Where keys run in a circle the checks are switched off for this transaction, if the role may. */
async function decideOrder(client: Client, manifest: BackupManifest): Promise<readonly string[]> {
  const keys = await listForeignKeys(client, manifest.schema);
  const { ordered, cyclic } = orderByForeignKeys(
    manifest.tables.map((entry) => entry.table),
    keys,
  );
  if (cyclic.length > 0) {
    try {
      await client.query("set local session_replication_role = replica");
    } catch (cause) {
      if (!(cause instanceof DatabaseError)) throw cause;
      throw new Refused({ code: "FOREIGN_KEY_CYCLE", tables: cyclic });
    }
  }
  return ordered;
}

async function copyIn(
  client: Client,
  dir: string,
  entry: TableEntry,
  shape: TableShape,
  schema: string,
): Promise<void> {
  const columns = entry.columns.map((column) => escapeIdentifier(column)).join(", ");
  const list = columns === "" ? "" : `(${columns})`;
  const target = client.query(copyFrom(`copy ${qualified(schema, entry.table)} ${list} from stdin`));
  const zeroed = entry.columns.findIndex((column) => column === shape.writtenAsZero);
  await pipeline(
    createReadStream(join(dir, entry.file)),
    createGunzip(),
    zeroed === -1 ? new PassThrough() : rewriteColumn(zeroed, "0"),
    target,
  );
  const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${qualified(schema, entry.table)}`);
  const found = Number(rows[0]?.n);
  if (found !== entry.rows || target.rowCount !== entry.rows) {
    throw new Refused({ code: "COUNT_MISMATCH", table: entry.table, expected: entry.rows, found });
  }
}

async function fill(client: Client, options: RestoreOptions, manifest: BackupManifest): Promise<void> {
  const { schema } = manifest;
  const shapes = await matchTarget(client, manifest);
  const order = await decideOrder(client, manifest);
  const entries = new Map(manifest.tables.map((entry) => [entry.table, entry]));
  const names = order.map((table) => qualified(schema, table));
  if (names.length > 0) await client.query(`lock table ${names.join(", ")} in exclusive mode`);
  await refuseCases(client, schema);
  const triggered = order.filter((table) => shapes.get(table)?.hasUserTriggers === true);
  for (const table of triggered) await client.query(`alter table ${qualified(schema, table)} disable trigger user`);
  // Rows the migrations put there (settings) come from the backup too.
  for (const name of names.toReversed()) await client.query(`delete from ${name}`);
  let tablesDone = 0;
  for (const table of order) {
    const entry = entries.get(table);
    const shape = shapes.get(table);
    if (entry === undefined || shape === undefined) continue;
    await copyIn(client, options.dir, entry, shape, schema);
    tablesDone += 1;
    options.onProgress?.({ table, rows: entry.rows, tablesDone, tables: order.length });
  }
  for (const { sequence, value, called } of manifest.sequences) {
    await client.query("select setval($1::regclass, $2::bigint, $3)", [qualified(schema, sequence), value, called]);
  }
  await settleRestored(client, schema);
  for (const table of triggered) await client.query(`alter table ${qualified(schema, table)} enable trigger user`);
}

/**
 * Restores a backup into a database without cases: checks all files first, has the schema made by `migrate`, fills the
 * tables in one transaction and counts them. Columns `tx` of type xid8 become 0 (1 for events not yet sealed): numbers of
 * the old server's transactions mean nothing here. Either all is there afterwards or nothing but the empty schema.
 * Needs the owner's rights, no superuser. Errors by code: `RestoreRefusal`; what the server says is thrown.
 */
export async function restoreDatabase(options: RestoreOptions): Promise<Result<BackupManifest, RestoreRefusal>> {
  const verified = await verifyBackup(options.dir);
  if (!verified.ok) return verified;
  const manifest = verified.value;
  const { level, schema } = manifest;
  if (level > options.knownLevel) {
    return err({ code: "NEWER_THAN_PROGRAM", level, knownLevel: options.knownLevel });
  }
  const client = new Client({ connectionString: options.url });
  await client.connect();
  try {
    await client.query(PLAIN_VALUES);
    await refuseCases(client, schema);
    await options.migrate(level);
    await client.query("begin");
    await fill(client, options, manifest);
    await client.query("commit");
    for (const { table } of manifest.tables) await client.query(`analyze ${qualified(schema, table)}`);
    return ok(manifest);
  } catch (cause) {
    if (cause instanceof Refused) return err(cause.refusal);
    throw cause;
  } finally {
    // Ending the session undoes an open transaction.
    await client.end();
  }
}
