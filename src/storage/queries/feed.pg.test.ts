import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import { migrate } from "../migrate.ts";
import type { Store } from "../open-store.ts";
import { openStore } from "../open-store.ts";
import { caseIdOf, HOME, registration } from "../sample-commits.ts";
import { createStores } from "../stores.ts";
import { feed } from "./feed.ts";

let store: Store;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  await migrate(database.url);
  store = openStore(database.url, { home: HOME, max: 12 });
});
afterAll(async () => {
  await store.close();
  await drop();
});

const INSERT = `insert into liandong.events (home_region, stream_kind, stream_id, version, case_id, type, type_version, at, body)
  values ($1, 'case', $2, $3, $2, 'Test', 1, now(), '{}') returning position`;

/** A writer that holds its transaction open between its row and its commit. */
async function openWriter(n: number): Promise<{ readonly end: (how: "commit" | "rollback") => Promise<void> }> {
  const client = await store.pool.connect();
  await client.query("begin");
  await client.query(INSERT, [HOME, caseIdOf(n), 1]);
  return {
    end: async (how) => {
      await client.query(how);
      client.release();
    },
  };
}

/**
 * The requests of the next `wanted` events after `cursor`. Waits for them, because tests of other files that write in
 * other databases of this server hold every feed back for a moment.
 */
async function caseIds(cursor: string, wanted: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let place = cursor;
  await expect
    .poll(
      async () => {
        const page = await feed(store, place, 100);
        place = page.cursor;
        ids.push(...page.rows.map(({ caseId }) => caseId));
        return ids.length;
      },
      { interval: 5, timeout: 10_000 },
    )
    .toBeGreaterThanOrEqual(wanted);
  return ids;
}

describe("the feed", () => {
  it("waits for a writer that took its place earlier and commits later, then tells both in order", async () => {
    const start = await feed(store, null, 10);
    const slow = await openWriter(1);
    const fast = await openWriter(2);
    await fast.end("commit");
    const between = await feed(store, start.cursor, 100);
    expect(between.rows).toEqual([]);
    await slow.end("commit");
    expect(await caseIds(between.cursor, 2)).toEqual([caseIdOf(1), caseIdOf(2)]);
  });

  it("goes on past a writer that gave up, and is not held by one that only reads", async () => {
    const start = await feed(store, null, 10);
    const reader = await store.pool.connect();
    await reader.query("begin isolation level repeatable read");
    await reader.query("select count(*) from liandong.events");
    const failing = await openWriter(3);
    const writer = await openWriter(4);
    await failing.end("rollback");
    await writer.end("commit");
    expect(await caseIds(start.cursor, 1)).toEqual([caseIdOf(4)]);
    await reader.query("rollback");
    reader.release();
  });

  it("tells a reader that began while a writer was open what that writer commits", async () => {
    const writer = await openWriter(5);
    const start = await feed(store, null, 10);
    await writer.end("commit");
    expect(await caseIds(start.cursor, 1)).toEqual([caseIdOf(5)]);
  });

  it("tells every event once under eight writers with random delays, where a cursor by position alone would skip some", async () => {
    const seed = Date.now() % 2_147_483_647;
    let state = seed;
    const random = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    let { cursor } = await feed(store, null, 10);
    const committed: { readonly id: string; readonly position: number }[] = [];
    const writing = new AbortController();
    const writers = Array.from({ length: 8 }, async (_, w) => {
      for (let k = 0; k < 25; k += 1) {
        const client = await store.pool.connect();
        await client.query("begin");
        const id = caseIdOf(1_000 + w * 100 + k);
        const { rows } = await client.query<{ position: string }>(INSERT, [HOME, id, 1]);
        await setTimeout(random() * 8);
        const kept = random() < 0.8;
        await client.query(kept ? "commit" : "rollback");
        client.release();
        if (kept) committed.push({ id, position: Number(rows[0]?.position) });
      }
    });
    const seen: string[] = [];
    const reader = (async () => {
      for (let idle = false; !idle; ) {
        const ended = writing.signal.aborted;
        const page = await feed(store, cursor, 1 + Math.floor(random() * 5));
        idle = ended && page.rows.length === 0 && seen.length >= committed.length;
        cursor = page.cursor;
        seen.push(...page.rows.map(({ caseId }) => caseId));
      }
    })();
    await Promise.all(writers);
    writing.abort();
    await reader;
    expect({ seed, seen: seen.toSorted() }).toEqual({ seed, seen: committed.map(({ id }) => id).toSorted() });
    // The danger was there: rows became visible in another order than their positions.
    expect(committed.some(({ position }, n) => n > 0 && position < (committed[n - 1]?.position ?? 0))).toBe(true);
  });

  it("starts anew for a cursor of a time before a restore", async () => {
    const { cursor } = await feed(store, null, 10);
    await createStores(store).cases.commit(registration(9));
    await store.pool.query("update liandong.settings set value = '\"another life\"' where name = 'incarnation'");
    const page = await feed(store, cursor, 10);
    expect(page.rows).toEqual([]);
    await createStores(store).cases.commit(registration(10));
    expect(await caseIds(page.cursor, 1)).toEqual([caseIdOf(10)]);
  });
});
