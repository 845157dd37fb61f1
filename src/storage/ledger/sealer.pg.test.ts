import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import type { CaseStore } from "../../app/ports/store.ts";
import { createCaseStore } from "../cases/case-store.ts";
import { migrate } from "../migrate.ts";
import type { Store } from "../open-store.ts";
import { openStore } from "../open-store.ts";
import { amendment, caseIdOf, HOME, registration } from "../sample-commits.ts";
import type { ChainHead, Sealer } from "./sealer.ts";
import { createSealer } from "./sealer.ts";

let store: Store;
let cases: CaseStore;
let sealer: Sealer;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  await migrate(database.url);
  store = openStore(database.url, { home: HOME, max: 6 });
  cases = createCaseStore(store);
  sealer = createSealer(store);
});
afterAll(async () => {
  await store.close();
  await drop();
});
beforeEach(async () => {
  await store.pool.query(
    "truncate liandong.events, liandong.cases, liandong.case_keys, liandong.vault, liandong.commands",
  );
  await store.pool.query("truncate liandong.seals, liandong.seal_heads, liandong.checkpoints");
});

async function register(from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n += 1) expect(await cases.commit(registration(n))).toBe("done");
}

/**
 * Seals until the chain has `no` links. Repeats, because tests of other files that write in other databases of this server
 * hold the line below which everything has ended back for a moment.
 */
async function sealUpTo(no: string, limit = 10): Promise<ChainHead | null> {
  let head: ChainHead | null = null;
  await expect
    .poll(
      async () => {
        const step = await sealer.sealNext(limit);
        expect(step.sealed).toBeLessThanOrEqual(limit);
        head = step.head;
        return step.head?.no;
      },
      { interval: 5, timeout: 10_000 },
    )
    .toBe(no);
  return head;
}

describe("the sealer", () => {
  it("chains every committed event once, and the chain holds", async () => {
    await register(1, 5);
    await cases.commit(amendment(1, 1));
    await sealUpTo("6", 4);
    expect(await sealer.sealNext(4)).toMatchObject({ sealed: 0, busy: false, head: { no: "6" } });
    expect(await sealer.verifyChain("1", "6")).toEqual({ ok: true, checked: 6 });
    expect(await sealer.verifyChain("3", "5")).toEqual({ ok: true, checked: 3 });
    expect(await sealer.verifyChain("5", "9")).toEqual({ ok: false, checked: 2, no: "7", code: "SEAL_MISSING" });
  });

  it("shows a changed event, a deleted one, a forged link and a checkpoint of another chain (REQ-64)", async () => {
    await register(1, 4);
    const head = await sealUpTo("4");
    await sealer.saveCheckpoint("4", head?.chain ?? new Uint8Array(), new Uint8Array([1]));
    await sealer.saveCheckpoint("3", new Uint8Array(32), new Uint8Array([1]));
    expect(await sealer.verifyChain("1", "4")).toMatchObject({ no: "3", code: "CHECKPOINT_DIFFERS" });
    await store.pool.query("delete from liandong.checkpoints where no = 3");
    expect(await sealer.verifyChain("1", "4")).toEqual({ ok: true, checked: 4 });
    await store.pool.query(`update liandong.seals set chain = sha256(chain) where no = 4`);
    expect(await sealer.verifyChain("1", "4")).toMatchObject({ no: "4", code: "LINK_BROKEN" });
    await store.pool.query(`update liandong.events set body = '{"by":"u2"}' where stream_id = $1`, [caseIdOf(2)]);
    expect(await sealer.verifyChain("1", "4")).toMatchObject({ no: "2", code: "EVENT_CHANGED", checked: 1 });
    await store.pool.query(`delete from liandong.events where stream_id = $1`, [caseIdOf(1)]);
    expect(await sealer.verifyChain("1", "4")).toMatchObject({ no: "1", code: "EVENT_MISSING", checked: 0 });
  });

  it("loses nothing and seals nothing twice when four processes seal while eight write", async () => {
    const writers = Array.from({ length: 8 }, async (_, w) => register(w * 20 + 1, w * 20 + 20));
    const writing = new AbortController();
    const sealers = Array.from({ length: 4 }, async () => {
      while (!writing.signal.aborted) await createSealer(store).sealNext(7);
    });
    await Promise.all(writers);
    writing.abort();
    await Promise.all(sealers);
    await sealUpTo("160", 1_000);
    expect(await sealer.verifyChain("1", "160")).toEqual({ ok: true, checked: 160 });
  });

  it("does not pass over an event that commits after a later one was sealed", async () => {
    const client = await store.pool.connect();
    await client.query("begin");
    await client.query(
      `insert into liandong.events (home_region, stream_kind, stream_id, version, case_id, type, type_version, at, body)
       values ($1, 'case', $2, 1, $2, 'Late', 1, now(), '{}')`,
      [HOME, caseIdOf(900)],
    );
    await register(1, 2);
    expect((await sealer.sealNext(10)).sealed).toBe(0);
    await client.query("commit");
    client.release();
    await sealUpTo("3");
    expect(await sealer.verifyChain("1", "3")).toEqual({ ok: true, checked: 3 });
  });

  it("says busy while another process seals, and goes on when that one is gone", async () => {
    await register(1, 1);
    await sealUpTo("1");
    await register(2, 2);
    const other = await store.pool.connect();
    await other.query("begin");
    await other.query("select from liandong.seal_heads for update");
    expect(await sealer.sealNext(10)).toEqual({ sealed: 0, busy: true, head: null });
    // Ends the connection without rolling back, as a killed process does.
    other.release(true);
    await sealUpTo("2");
  });
});
