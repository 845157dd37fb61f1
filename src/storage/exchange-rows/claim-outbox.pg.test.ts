import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import { createCaseStore } from "../cases/case-store.ts";
import { migrate } from "../migrate.ts";
import type { Store } from "../open-store.ts";
import { openStore } from "../open-store.ts";
import { aCase, aMessage, emptyCommit, HOME, indexOf, PEER, registration } from "../sample-commits.ts";
import { createOutbox } from "./outbox.ts";

let store: Store;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  await migrate(database.url);
  store = openStore(database.url, { home: HOME, max: 10 });
});
afterAll(async () => {
  await store.close();
  await drop();
});

describe("claiming the outbox", () => {
  it("never lets two of eight workers hold parts of one conversation at the same time, and delivers all in order", async () => {
    const cases = createCaseStore(store);
    await cases.commit(registration(1));
    const messages = Array.from({ length: 240 }, (_, n) => aMessage(n + 1, 1 + (n % 12), 1 + Math.floor(n / 12)));
    for (let n = 0; n < messages.length; n += 20) {
      await cases.commit({ ...emptyCommit(), index: indexOf(aCase(1), 1), outbox: messages.slice(n, n + 20) });
    }
    const outbox = createOutbox(store);
    const held = new Map<string, number>();
    const delivered = new Map<string, number[]>();
    let left = messages.length;
    const worker = async (w: number): Promise<void> => {
      while (left > 0) {
        const batch = await outbox.claim(PEER, "ordinary", 1 + (w % 4), 60_000);
        for (const { message } of batch) {
          expect([message.conversation, held.get(message.conversation) ?? w]).toEqual([message.conversation, w]);
          held.set(message.conversation, w);
        }
        for (const { message } of batch) {
          delivered.set(message.conversation, [...(delivered.get(message.conversation) ?? []), message.seq]);
          left -= 1;
        }
        for (const { message } of batch) held.delete(message.conversation);
        await outbox.receipted(batch.map(({ id }) => ({ id, status: "applied", code: null })));
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, w) => worker(w)));
    const inOrder = Array.from({ length: 20 }, (_, n) => n + 1);
    expect([...delivered.values()]).toEqual(Array.from({ length: 12 }, () => inOrder));
    expect(await outbox.backlog()).toEqual([]);
  });

  it("does not give the followers away while another worker is in the middle of claiming their head", async () => {
    const cases = createCaseStore(store);
    const messages = [1, 2, 3].map((seq) => aMessage(900 + seq, 90, seq));
    await cases.commit({ ...emptyCommit(), index: indexOf(aCase(1), 1), outbox: messages });
    const other = await store.pool.connect();
    await other.query("begin");
    await other.query("select from liandong.outbox where message_id = $1 for update", [messages[0]?.id]);
    const outbox = createOutbox(store);
    expect(await outbox.claim(PEER, "ordinary", 10, 60_000)).toEqual([]);
    await other.query("rollback");
    other.release();
    expect((await outbox.claim(PEER, "ordinary", 10, 60_000)).map(({ message }) => message.seq)).toEqual([1, 2, 3]);
  });
});
