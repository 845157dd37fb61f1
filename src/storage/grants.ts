import { readFile } from "node:fs/promises";
import { escapeIdentifier } from "pg";
import type { Pool } from "pg";
import { MIGRATIONS } from "./migrate.ts";
import { inTransaction } from "./statement.ts";

/**
 * Gives the role that serves requests its rights on the schema (`sql/grants.sql`); run as the role that migrated.
 * Append-only tables get no update and no delete. When both roles are the same one nothing has to be given.
 */
export async function grantApp(pool: Pool, appRole: string): Promise<void> {
  const template = await readFile(new URL("grants.sql", MIGRATIONS), "utf8");
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ same: boolean }>("select current_user = $1 as same", [appRole]);
    if (rows[0]?.same === true) return;
    await client.query(template.replaceAll("app_role;", () => `${escapeIdentifier(appRole)};`));
  });
}
