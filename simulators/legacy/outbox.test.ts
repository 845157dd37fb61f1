import { expect, test } from "vitest";
import { Faults } from "./faults.ts";
import { Outbox, type Outgoing } from "./outbox.ts";

const RETRY_MS = 300_000;
const message = (text: string, key = "A"): Outgoing => ({ kind: "M3", key, message: { text } });

/** An outbox against a peer that is there or not. */
function aPeer(...on: readonly string[]) {
  const faults = new Faults(["late", "doubled", "limited"], on, 1, 1);
  const outbox = new Outbox(faults, { retryMs: RETRY_MS, lateMs: 4_000 });
  const peer = { at: 0, there: true, got: [] as unknown[] };
  const turn = (): Promise<void> =>
    outbox.turn(
      () => peer.at,
      async (one) => {
        if (peer.there) peer.got.push(one.message["text"]);
        return peer.there;
      },
    );
  return { outbox, peer, turn };
}

test("a message that nobody took waits 300 seconds, and a later one overtakes it", async () => {
  const { outbox, peer, turn } = aPeer();
  peer.there = false;
  outbox.add(message("first"), 0, false);
  await turn();
  peer.there = true;
  outbox.add(message("second"), 1, false);
  peer.at = RETRY_MS - 1;
  await turn();
  expect(peer.got).toEqual(["second"]);
  peer.at = RETRY_MS;
  await turn();
  expect(peer.got).toEqual(["second", "first"]);
  expect(outbox.kept.waiting).toEqual([]);
});

test("fault limited: after the first try 5 more, then the message is gone", async () => {
  const { outbox, peer, turn } = aPeer("limited");
  peer.there = false;
  outbox.add(message("first"), 0, false);
  for (let tries = 1; tries <= 5; tries += 1) {
    await turn();
    expect(outbox.kept.waiting[0]?.tries).toBe(tries);
    peer.at += RETRY_MS;
  }
  await turn();
  expect(outbox.kept.waiting).toEqual([]);
  expect(outbox.kept.lost).toEqual([{ ...message("first"), why: "tries" }]);
});

test("without the fault it is tried without end", async () => {
  const { outbox, peer, turn } = aPeer();
  peer.there = false;
  outbox.add(message("first"), 0, false);
  for (let tries = 0; tries < 40; tries += 1) {
    await turn();
    peer.at += RETRY_MS;
  }
  expect(outbox.kept.waiting[0]?.tries).toBe(40);
  expect(outbox.kept.lost).toEqual([]);
});

test("fault replaced: a newer message takes the place of one that waits under the same key, and of no other", async () => {
  const { outbox, peer, turn } = aPeer();
  outbox.add(message("return"), 0, true);
  outbox.add(message("of another alarm", "B"), 0, true);
  outbox.add(message("feedback"), 0, true);
  await turn();
  expect(peer.got).toEqual(["of another alarm", "feedback"]);
  expect(outbox.kept.lost).toEqual([{ ...message("return"), why: "replaced" }]);
});

test("a message replaced while it was under way is not tried again", async () => {
  const { outbox } = aPeer();
  outbox.add(message("first"), 0, false);
  await outbox.turn(
    () => 0,
    async () => {
      outbox.add(message("second"), 0, true);
      return false;
    },
  );
  expect(outbox.kept.waiting.map((one) => one.message["text"])).toEqual(["second"]);
});

test("fault doubled: what leaves, leaves twice; fault late: four seconds later", async () => {
  const { outbox, peer, turn } = aPeer("doubled", "late");
  outbox.add(message("first"), 0, false);
  peer.at = 3_999;
  await turn();
  expect(peer.got).toEqual([]);
  peer.at = 4_000;
  await turn();
  expect(peer.got).toEqual(["first", "first"]);
});
