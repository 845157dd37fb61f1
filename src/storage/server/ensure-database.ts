import { Client, escapeIdentifier, escapeLiteral } from "pg";

/** A database role with its password. */
export type RoleLogin = { readonly role: string; readonly password: string };

/** One node's database: `owner` migrates, `app` (if given) gets its rights table by table from the owner. */
export type NodeDatabase = {
  readonly database: string;
  readonly owner: RoleLogin;
  readonly app?: RoleLogin;
};

/** Connection addresses of the roles of one node's database. */
export type NodeDatabaseUrls = { readonly ownerUrl: string; readonly appUrl: string | undefined };

const NAME = /^[a-z][a-z0-9_]{0,62}$/;
/** Any constant: who makes roles and databases on this server does it one at a time. */
const LOCK_KEY = 4_112_345;

function ident(name: string): string {
  if (!NAME.test(name)) throw new Error(`not a plain database or role name: ${name}`);
  return escapeIdentifier(name);
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same address with another database, and another role if given. */
export function urlOf(url: string, database: string, login?: RoleLogin): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (login !== undefined) {
    changed.username = login.role;
    changed.password = login.password;
  }
  return changed.href;
}

async function ensureRole(client: Client, login: RoleLogin): Promise<void> {
  const role = ident(login.role);
  const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [login.role]);
  const verb = rowCount === 0 ? "create" : "alter";
  const rights = "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls";
  await client.query(`${verb} role ${role} ${rights} password ${escapeLiteral(login.password)}`);
}

async function ensureDatabaseItself(client: Client, wanted: NodeDatabase): Promise<void> {
  const database = ident(wanted.database);
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [wanted.database]);
  if (rowCount === 0) {
    await client.query(
      `create database ${database} owner ${ident(wanted.owner.role)} template template0 encoding 'UTF8'`,
    );
  }
  // Without this every role may open every database: PostgreSQL grants CONNECT to all at birth.
  await client.query(`revoke all on database ${database} from public`);
  await client.query("revoke connect on database postgres, template1 from public");
  if (wanted.app !== undefined)
    await client.query(`grant connect on database ${database} to ${ident(wanted.app.role)}`);
}

/**
 * Makes, or brings up to date, one node's roles and database: the owner (migrations), optionally an app role (which may open it and nothing more: the migrator gives its rights),
 * and a database that no other role can open, so that the two nodes of a pair cannot read each other. Repeatable, and safe
 * when both nodes do it at once. Names: lower case letters, digits, `_`; another name throws.
 */
export async function ensureDatabase(superuserUrl: string, wanted: NodeDatabase): Promise<NodeDatabaseUrls> {
  await withClient(superuserUrl, async (client) => {
    await client.query("select pg_advisory_lock($1)", [LOCK_KEY]);
    await ensureRole(client, wanted.owner);
    if (wanted.app !== undefined) await ensureRole(client, wanted.app);
    await ensureDatabaseItself(client, wanted);
  });
  const { app } = wanted;
  return {
    ownerUrl: urlOf(superuserUrl, wanted.database, wanted.owner),
    appUrl: app === undefined ? undefined : urlOf(superuserUrl, wanted.database, app),
  };
}
