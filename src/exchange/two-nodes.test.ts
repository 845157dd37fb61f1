import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LinkageMessage } from "../core/linkage/index.ts";
import { instantOf } from "../kernel/index.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { HOTLINE, POLICE, SPECIMEN_ENCLOSURE, specimenBody, specimenMessage } from "./contract/specimen.test-data.ts";
import { createHttpCarrier, type HttpAnswer } from "./http-api/index.ts";
import { createSpecimenNode, serveNode, type SpecimenNode } from "./http-api/specimen-node.test-data.ts";
import { createMemoryOutbox, createRelay, type MemoryOutbox, type Relay } from "./relay/index.ts";

// Real signatures in threads: a loaded machine may take its time.
vi.setConfig({ testTimeout: 40_000 });

/** Two nodes in one process, joined by real HTTP over the loopback, real signatures and the real relay. */
const hotlineKeys = openPassingKeys();
const policeKeys = openPassingKeys();
afterAll(() => Promise.all([hotlineKeys.close(), policeKeys.close()]));

let police: SpecimenNode;
let outbox: MemoryOutbox;
let relay: Relay;
let wake: () => void;
let receiptOrder: string[];
/** What happens to each answer on its way back; set by the test. */
let fate: (answer: HttpAnswer) => Promise<"send" | "lose">;
const cleanups: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  fate = async () => "send";
  receiptOrder = [];
  police = createSpecimenNode(POLICE, policeKeys);
  police.peers.set(HOTLINE, { nodeCode: HOTLINE, url: "", publicKey: hotlineKeys.nodePublicKey });
  const server = await serveNode(police.handler, (answer) => fate(answer));
  const clock = {
    now: () => instantOf(Date.now()),
    setTimer: (ms: number, act: () => void) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  };
  outbox = createMemoryOutbox(clock, ({ id }) => receiptOrder.push(id));
  relay = createRelay({
    outbox,
    carrier: createHttpCarrier({
      keys: hotlineKeys,
      self: HOTLINE,
      fetch,
      clock,
      evidence: async () => undefined,
      timeouts: { urgentMs: 1_500, ordinaryMs: 2_500 },
    }),
    presentEnclosure: async (message) => (message.body.type === "push" ? SPECIMEN_ENCLOSURE : []),
    peers: () => [{ nodeCode: POLICE, url: server.url, publicKey: policeKeys.nodePublicKey }],
    clock,
    random: Math.random,
    onWake: (listener) => {
      wake = listener;
      return () => undefined;
    },
    onFault: () => undefined,
  });
  relay.start();
  cleanups.push(server.close, relay.stop);
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const push = (n: number): LinkageMessage => specimenMessage(n, specimenBody("push"), { conversation: n });
/** `count` messages spread over `conversations`, each with its own sequence. */
const ordinary = (count: number, conversations: number): readonly LinkageMessage[] =>
  Array.from({ length: count }, (_, i) =>
    specimenMessage(i + 1, specimenBody("progress"), {
      conversation: (i % conversations) + 1,
      seq: Math.floor(i / conversations) + 1,
    }),
  );

function seqsByConversation(messages: readonly LinkageMessage[]): ReadonlyMap<string, readonly number[]> {
  const seqs = new Map<string, number[]>();
  for (const { conversation, seq } of messages) seqs.set(conversation, [...(seqs.get(conversation) ?? []), seq]);
  return seqs;
}

const done = async (count: number): Promise<void> =>
  expect.poll(() => outbox.receipts().length, { timeout: 30_000 }).toBe(count);

test("answers lost after the commit lead to resending, and every message is applied exactly once (P1)", async () => {
  let answers = 0;
  fate = async () => (answers++ % 2 === 0 ? "lose" : "send");
  outbox.commit([...ordinary(600, 7), ...[901, 902, 903].map(push)]);
  wake();
  await done(603);
  expect(police.applied).toHaveLength(603);
  expect(new Set(police.applied.map(({ id }) => id)).size).toBe(603);
  for (const seqs of seqsByConversation(police.applied).values()) {
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
  }
  expect(outbox.receipts().some(({ status }) => status === "duplicate")).toBe(true);
  expect(outbox.deadLetters()).toEqual([]);
});

test("answers that come too late lead to resending too, and nothing is applied twice", async () => {
  let answers = 0;
  fate = () =>
    answers++ === 0 ? new Promise((resolve) => setTimeout(resolve, 2_000, "send")) : Promise.resolve("send");
  outbox.commit([push(1)]);
  wake();
  await done(1);
  expect(outbox.receipts()).toMatchObject([{ status: "duplicate" }]);
  expect(police.applied).toHaveLength(1);
});

test("a danger overtakes a backlog of 5,000 ordinary messages (nmg:2.2.1)", async () => {
  police.beforeFold = async ({ message }) => {
    // An ordinary message costs its receiver something; 5,000 of them take a while.
    if (message.lane === "ordinary") await new Promise((resolve) => setImmediate(resolve));
  };
  outbox.commit(ordinary(5_000, 50));
  wake();
  await expect.poll(() => police.applied.length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
  const appliedBefore = police.applied.length;
  outbox.commit([push(9_001)]);
  wake();
  await expect.poll(() => receiptOrder.includes(push(9_001).id), { timeout: 30_000, interval: 5 }).toBe(true);
  expect(outbox.receipts().length).toBeLessThan(appliedBefore + 2_000);
  await done(5_001);
  expect(police.applied).toHaveLength(5_001);
  const pushed = police.entries.find(({ message }) => message.id === push(9_001).id);
  expect(pushed?.enclosure).toEqual(SPECIMEN_ENCLOSURE);
});

test("messages of different conversations may overtake each other, those of one never do", async () => {
  police.beforeFold = ({ message }) =>
    message.conversation === push(1).conversation
      ? new Promise((resolve) => setTimeout(resolve, 5))
      : Promise.resolve();
  outbox.commit(ordinary(60, 3));
  wake();
  await done(60);
  const conversations = police.applied.map(({ conversation }) => conversation);
  expect(conversations.slice(0, 40)).not.toContain(conversations.at(-1));
  for (const seqs of seqsByConversation(police.applied).values()) {
    expect(seqs).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  }
});

test("a message that comes before its predecessor waits at the receiver and is applied in its turn", async () => {
  const [first, second] = ordinary(2, 1);
  if (first === undefined || second === undefined) throw new Error("two messages");
  outbox.commit([second]);
  wake();
  await done(1);
  expect(outbox.receipts()).toMatchObject([{ status: "waiting" }]);
  expect(police.applied).toEqual([]);
  outbox.commit([first]);
  wake();
  await done(2);
  expect(police.applied.map(({ seq }) => seq)).toEqual([1, 2]);
});

test("a busy ordinary lane is waited out while the urgent lane goes on", async () => {
  const waiting: (() => void)[] = [];
  const gate = new Promise<void>((resolve) => waiting.push(resolve));
  police.beforeFold = ({ message }) => (message.lane === "ordinary" ? gate : Promise.resolve());
  outbox.commit(ordinary(10, 10));
  wake();
  // The ordinary batch times out at the sender while the receiver still has it in hand; repeats pile up to the limit.
  await expect.poll(() => police.refused.map(({ code }) => code), { timeout: 20_000 }).toContain("EXCHANGE_BUSY");
  outbox.commit([push(77)]);
  wake();
  await done(1);
  expect(outbox.receipts()).toMatchObject([{ id: push(77).id, status: "applied" }]);
  for (const open of waiting) open();
  await done(11);
  expect(police.applied).toHaveLength(11);
});
