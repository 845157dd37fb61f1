import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { isUrgent } from "../../app/ports/urgency.ts";
import { instantOf } from "../../kernel/index.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import { type Batch, signBatch } from "../contract/index.ts";
import { HOTLINE, POLICE, specimenBody, specimenMessage } from "../contract/specimen.test-data.ts";
import type { HttpAnswer } from "./handler.ts";
import { createSpecimenNode, type SpecimenNode } from "./specimen-node.test-data.ts";

// Real signatures in threads: a loaded machine may take its time.
vi.setConfig({ testTimeout: 40_000 });

const hotline = openPassingKeys();
const stranger = openPassingKeys();
const police = openPassingKeys();
afterAll(() => Promise.all([hotline.close(), stranger.close(), police.close()]));

const OWN = "10.0.0.1";
let node: SpecimenNode;
/** Every check of a signature in the order in which they began; `good` = null while it runs. */
let checks: { good: boolean | null; readonly urgent: boolean }[];
beforeEach(() => {
  checks = [];
  const keys: typeof police = {
    ...police,
    verify: async (...args) => {
      const check: (typeof checks)[number] = { good: null, urgent: isUrgent() };
      checks.push(check);
      check.good = await police.verify(...args);
      return check.good;
    },
  };
  node = createSpecimenNode(POLICE, keys);
  node.peers.set(HOTLINE, { nodeCode: HOTLINE, url: "", publicKey: hotline.nodePublicKey });
});

/** A push; `keys` is who signs it, always under the peer's name and key id, as anybody can write them. */
async function aPush(n: number, keys = hotline): Promise<Batch> {
  const message = specimenMessage(n, specimenBody("push"), { conversation: n });
  const head = { protocol: 1, sender: HOTLINE, receiver: POLICE, lane: "urgent", batchId: `b-${n}` } as const;
  const batch = await signBatch(keys, { ...head, sentAt: instantOf(Date.now()) }, [{ message, enclosure: [] }]);
  return { ...batch, keyId: hotline.keyId };
}

/** Forged ones that were checked before the last good one: the order counts, not how fast a machine is. */
const forgedBefore = (): number =>
  checks
    .slice(
      0,
      checks.findLastIndex(({ good }) => good),
    )
    .filter(({ good }) => !good).length;

async function flood(size: number, addressOf: (n: number) => string): Promise<readonly Promise<HttpAnswer>[]> {
  const forged = await aPush(9_999, stranger);
  return Array.from({ length: size }, (_, n) => node.handler.handleBatch(forged, addressOf(n)));
}

test("a flood of forged pushes from one address is cut short, and the peer's first push ever goes before nearly all of it (nmg:2.2.1)", async () => {
  const push = await aPush(1);
  const answers = await flood(400, () => "203.0.113.9");
  const receipt = await node.handler.handleBatch(push, OWN);
  expect(receipt.status).toBe(200);
  expect(forgedBefore()).toBeLessThanOrEqual(8);
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(20);
  expect(new Set(statuses)).toEqual(new Set([401, 503]));
});

test("a peer that signed before from its address passes a flood from a hundred others, and no forged push ever has reserved capacity (nmg:2.2.1)", async () => {
  expect((await node.handler.handleBatch(await aPush(1), OWN)).status).toBe(200);
  const pushes = await Promise.all([2, 3, 4, 5].map((n) => aPush(n)));
  const answers = await flood(400, (n) => `203.0.113.${n % 100}`);
  const receipts = await Promise.all(pushes.map((push) => node.handler.handleBatch(push, OWN)));
  expect(receipts.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(forgedBefore()).toBeLessThanOrEqual(40);
  await Promise.all(answers);
  expect(checks.filter(({ good }) => !good).every(({ urgent }) => !urgent)).toBe(true);
  expect(checks.filter(({ good }) => good).map(({ urgent }) => urgent)).toEqual([false, true, true, true, true]);
});

test("an urgent batch is folded with reserved capacity only for an urgent message (nmg:2.2.1)", async () => {
  const folds: string[] = [];
  node.beforeFold = async ({ message }) => {
    folds.push(`${message.lane} ${isUrgent()}`);
  };
  await node.handler.handleBatch(await aPush(1), OWN);
  const message = specimenMessage(2, specimenBody("offer"), { conversation: 2 });
  const head = { protocol: 1, sender: HOTLINE, receiver: POLICE, lane: "urgent", batchId: "b-2" } as const;
  const batch = await signBatch(hotline, { ...head, sentAt: instantOf(Date.now()) }, [{ message, enclosure: [] }]);
  await node.handler.handleBatch(batch, OWN);
  expect(folds).toEqual(["urgent true", "ordinary false"]);
});
