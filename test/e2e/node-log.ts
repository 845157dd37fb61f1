import { Client } from "pg";
import type { PairFacts, Side } from "../setup/pair.ts";

/** Reads a node's database as its owner: what no public route shows. */
export type NodeLog = {
  readonly rows: <T extends object>(sql: string, values?: readonly unknown[]) => Promise<readonly T[]>;
  readonly close: () => Promise<void>;
};

/** Opens the database of one side; numbers beyond 2^53 come as text. */
export async function openNodeLog(pair: PairFacts, side: Side): Promise<NodeLog> {
  const client = new Client({ connectionString: pair.config(side).database.migratorUrl });
  client.on("error", () => undefined);
  await client.connect();
  return {
    rows: async <T extends object>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<T>(sql, [...values])).rows,
    close: () => client.end(),
  };
}
