import { Client } from "pg";

const TABLES = `
  select c.relname as name, coalesce(obj_description(c.oid, 'pg_class'), '') as comment
  from pg_class c where c.relnamespace = 'liandong'::regnamespace and c.relkind in ('r', 'p') order by 1`;

const COLUMNS = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
    a.attidentity <> '' as identity, pg_get_expr(d.adbin, d.adrelid) as standard, col_description(a.attrelid, a.attnum) as comment,
    case when a.attcollation <> t.typcollation then ' collate ' || quote_ident(l.collname) else '' end as collation
  from pg_attribute a
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join pg_collation l on l.oid = a.attcollation
  where a.attrelid = ('liandong.' || quote_ident($1))::regclass and a.attnum > 0 and not a.attisdropped order by a.attname`;

// Keys, checks and references; not-null constraints are rows of their own from PostgreSQL 18 on and are shown as columns.
const CONSTRAINTS = `
  select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
  where conrelid = ('liandong.' || quote_ident($1))::regclass and contype in ('p', 'u', 'f', 'c') order by 1`;

const INDEXES = `
  select pg_get_indexdef(i.indexrelid) as definition from pg_index i
  where i.indrelid = ('liandong.' || quote_ident($1))::regclass
    and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u')) order by 1`;

type Column = {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly identity: boolean;
  readonly standard: string | null;
  readonly comment: string | null;
  readonly collation: string;
};

function columnLine(column: Column): string {
  const parts = [`  ${column.name} ${column.type}${column.collation}`];
  if (column.required) parts.push("not null");
  if (column.identity) parts.push("generated always as identity");
  if (column.standard !== null) parts.push(`default ${column.standard}`);
  return parts.join(" ") + (column.comment === null ? "" : ` -- ${column.comment}`);
}

async function tableText(client: Client, table: string, comment: string): Promise<string> {
  const columns = await client.query<Column>(COLUMNS, [table]);
  const constraints = await client.query<{ name: string; definition: string }>(CONSTRAINTS, [table]);
  const indexes = await client.query<{ definition: string }>(INDEXES, [table]);
  const body = [
    ...columns.rows.map((column) => columnLine(column)),
    ...constraints.rows.map(({ name, definition }) => `  constraint ${name} ${definition}`),
  ];
  return [
    ...(comment === "" ? [] : [`-- ${comment}`]),
    `create table liandong.${table} (`,
    body.join(",\n"),
    ");",
    ...indexes.rows.map(({ definition }) => `${definition};`),
  ].join("\n");
}

/**
 * The schema as the server's own catalogue tells it: tables with comments, columns, constraints and indexes, each sorted by
 * name, so that two servers with the same schema give the same text. For reading and for comparing, not for running.
 */
export async function schemaDump(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; comment: string }>(TABLES);
    const texts: string[] = [];
    for (const { name, comment } of rows) texts.push(await tableText(client, name, comment));
    return `${texts.join("\n\n")}\n`;
  } finally {
    await client.end();
  }
}
