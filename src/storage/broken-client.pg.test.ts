import { expect, test } from "vitest";
import { createTestDatabase } from "../../test/setup/test-database.ts";
import type { RegionCode } from "../kernel/index.ts";
import { migrate, openStore } from "./index.ts";

test("a connection that the server ends while it is lent out is told of, ends no process, and is replaced (nmg:2.2.1)", async () => {
  const database = await createTestDatabase();
  await migrate(database.url);
  const said: string[] = [];
  const home = "150100" as RegionCode;
  const store = openStore(database.url, { home, max: 1, onIdleError: (error) => void said.push(error.message) });
  const other = openStore(database.url, { home, max: 1 });
  try {
    const lent = await store.pool.connect();
    await lent.query("begin");
    const { rows } = await lent.query<{ pid: number }>("select pg_backend_pid() as pid");
    const gone = new Promise((resolve) => lent.once("end", resolve));
    // As the server does with a transaction that stood still too long.
    await other.pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await gone;
    expect(said.length).toBeGreaterThan(0);
    lent.release(true);
    expect((await store.pool.query<{ one: number }>("select 1 as one")).rows).toEqual([{ one: 1 }]);
  } finally {
    await Promise.all([store.close(), other.close()]);
    await database.drop();
  }
});
