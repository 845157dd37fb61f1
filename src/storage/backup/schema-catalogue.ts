import type { ClientBase } from "pg";
import { escapeIdentifier } from "pg";

/** One table with the columns that hold data of their own; `writtenAsZero` names its transaction-number column, if any. */
export type TableShape = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly writtenAsZero: string | undefined;
  readonly hasUserTriggers: boolean;
};

/** One foreign key inside the schema: rows of `referrer` point at rows of `referred`. */
export type ForeignKey = { readonly referrer: string; readonly referred: string };

/** Table of migrations: never copied, because the restore makes it by migrating. */
export const MIGRATIONS_TABLE = "migrations";

/** `schema.name`, quoted for SQL. */
export function qualified(schema: string, name: string): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
}

/**
 * All tables of a schema but that of migrations, by name. A partitioned table counts once; its rows are routed to the
 * partitions when they are restored. Generated columns are left out: the server makes them anew.
 */
export async function listTables(client: ClientBase, schema: string): Promise<readonly TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: string[] | null; tx: string | null; triggers: boolean }>(
    `select c.relname as name,
       array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns,
       min(a.attname::text) filter (where a.attname = 'tx' and a.atttypid = 'pg_catalog.xid8'::regtype) as tx,
       exists (select 1 from pg_catalog.pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal) as triggers
     from pg_catalog.pg_class c
     join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> $2
     group by c.oid, c.relname order by c.relname`,
    [schema, MIGRATIONS_TABLE],
  );
  return rows.map((row) => ({
    table: row.name,
    columns: row.columns ?? [],
    writtenAsZero: row.tx ?? undefined,
    hasUserTriggers: row.triggers,
  }));
}

/** Names of all sequences of a schema, those behind identity and serial columns included. */
export async function listSequences(client: ClientBase, schema: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind = 'S' order by c.relname`,
    [schema],
  );
  return rows.map((row) => row.name);
}

/** Foreign keys between different tables of a schema; a table's key to itself is checked after its whole COPY and needs no order. */
export async function listForeignKeys(client: ClientBase, schema: string): Promise<readonly ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select distinct a.relname as referrer, b.relname as referred
     from pg_catalog.pg_constraint k
     join pg_catalog.pg_class a on a.oid = k.conrelid
     join pg_catalog.pg_class b on b.oid = k.confrelid
     join pg_catalog.pg_namespace n on n.oid = a.relnamespace
     where k.contype = 'f' and n.nspname = $1 and a.oid <> b.oid`,
    [schema],
  );
  return rows;
}

/** Whether a table of this name is there. */
export async function hasTable(client: ClientBase, schema: string, table: string): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>("select pg_catalog.to_regclass($1) is not null as there", [
    qualified(schema, table),
  ]);
  return rows[0]?.there === true;
}

/** What the schema was made by: the rows of its table of migrations and the highest number among them (0 if none). */
export async function readMigrationLevel(
  client: ClientBase,
  schema: string,
): Promise<{ readonly level: number; readonly migrations: readonly unknown[] }> {
  if (!(await hasTable(client, schema, MIGRATIONS_TABLE))) return { level: 0, migrations: [] };
  const { rows } = await client.query<{ number: number; row: unknown }>(
    `select m.number, to_jsonb(m) as row from ${qualified(schema, MIGRATIONS_TABLE)} m order by m.number`,
  );
  return { level: rows.at(-1)?.number ?? 0, migrations: rows.map((row) => row.row) };
}

/**
 * Referred tables before their referrers. `cyclic` names those that wait for each other and cannot be ordered; they stand
 * at the end of `ordered`.
 */
export function orderByForeignKeys(
  tables: readonly string[],
  keys: readonly ForeignKey[],
): { readonly ordered: readonly string[]; readonly cyclic: readonly string[] } {
  const ordered: string[] = [];
  let waiting = [...tables];
  while (waiting.length > 0) {
    const open = new Set(waiting);
    const free = waiting.filter((table) => !keys.some((key) => key.referrer === table && open.has(key.referred)));
    if (free.length === 0) return { ordered: [...ordered, ...waiting], cyclic: waiting };
    ordered.push(...free);
    waiting = waiting.filter((table) => !free.includes(table));
  }
  return { ordered, cyclic: [] };
}
