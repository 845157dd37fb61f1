import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import type { EnclosedValue, Lane } from "../../app/ports/outbox.ts";
import type { LinkageMessage } from "../../core/linkage/index.ts";
import { instantOf, type NodeCode } from "../../kernel/index.ts";
import {
  type Batch,
  type BatchEntry,
  isDocumentSigned,
  OWN_PROTOCOLS,
  parseReceipt,
  type Receipt,
  signBatch,
} from "../contract/index.ts";
import { HOTLINE, POLICE, SPECIMEN_ENCLOSURE, specimenBody, specimenMessage } from "../contract/specimen.test-data.ts";
import { INTAKE_LIMITS } from "../intake/index.ts";
import type { SpecimenNode } from "./specimen-node.test-data.ts";
import { openSpecimenPair } from "./specimen-pair.test-data.ts";

// Real signatures in threads: a loaded machine may take its time.
vi.setConfig({ testTimeout: 40_000 });

const { hotline, police, stranger, freshNode } = openSpecimenPair(openPassingKeys, afterAll);

const AT = Date.UTC(2026, 0, 5, 1, 2, 3);
let node: SpecimenNode;
let batchNo = 0;
beforeEach(() => {
  node = freshNode(() => AT, { ...INTAKE_LIMITS, ordinaryBatchesPerPeer: 1 });
});

const entryOf = (message: LinkageMessage, enclosure: readonly EnclosedValue[] = []): BatchEntry => ({
  message,
  enclosure,
});
const offers = (count: number, conversations = count): readonly BatchEntry[] =>
  Array.from({ length: count }, (_, i) =>
    entryOf(
      specimenMessage(i + 1, specimenBody(i < conversations ? "offer" : "progress"), {
        conversation: i % conversations,
        seq: Math.floor(i / conversations) + 1,
      }),
    ),
  );
const aPush = (n: number): BatchEntry => entryOf(specimenMessage(n, specimenBody("push"), { conversation: n }));

function batchOf(
  entries: readonly BatchEntry[],
  change: Partial<{
    lane: Lane;
    receiver: NodeCode;
    sender: NodeCode;
    protocol: number;
    sentAt: number;
    keys: typeof hotline;
    batchId: string;
  }> = {},
): Promise<Batch> {
  const { lane = "ordinary", receiver = POLICE, sender = HOTLINE, protocol = 1, keys = hotline } = change;
  const batchId = change.batchId ?? `batch-${batchNo++}`;
  return signBatch(
    keys,
    { protocol, sender, receiver, lane, batchId, sentAt: instantOf(change.sentAt ?? AT) },
    entries,
  );
}

async function receiptOf(raw: unknown): Promise<Receipt> {
  const { status, body } = await node.handler.handleBatch(JSON.parse(JSON.stringify(raw)), "127.0.0.1");
  expect({ status, body }).toMatchObject({ status: 200 });
  const receipt = parseReceipt(body);
  if (!receipt.ok) throw new Error(receipt.error.path);
  expect(await isDocumentSigned(hotline, police.nodePublicKey, receipt.value)).toBe(true);
  return receipt.value;
}
const answerTo = async (raw: unknown): Promise<unknown> => node.handler.handleBatch(raw, "127.0.0.1");

/** Something that waits until the test lets it go on. */
function aGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const waiting: (() => void)[] = [];
  const opened = new Promise<void>((resolve) => waiting.push(resolve));
  return { opened, open: () => waiting.forEach((resolve) => resolve()) };
}

describe("a batch is refused whole", () => {
  test("when its signature is by another key, though it names the right one", async () => {
    const forged = await batchOf(offers(1), { keys: stranger });
    expect(await answerTo({ ...forged, keyId: hotline.keyId })).toMatchObject({
      status: 401,
      body: { code: "EXCHANGE_SIGNATURE_WRONG", messageZh: "签名验证不通过" },
    });
    expect(await answerTo(forged)).toMatchObject({
      status: 403,
      body: { code: "EXCHANGE_KEY_UNKNOWN", path: "/keyId" },
    });
    expect(node.applied).toEqual([]);
    expect(node.refused.map(({ code, claimedSender }) => [code, claimedSender])).toEqual([
      ["EXCHANGE_SIGNATURE_WRONG", HOTLINE],
      ["EXCHANGE_KEY_UNKNOWN", HOTLINE],
    ]);
  });

  test("when the list of digests was changed after signing", async () => {
    const [a, b] = [await batchOf(offers(1)), await batchOf([aPush(9)])];
    expect(await answerTo({ ...a, entries: b.entries, digests: b.digests })).toMatchObject({
      body: { code: "EXCHANGE_SIGNATURE_WRONG" },
    });
  });

  test("when its sender is not registered here or has no pinned key", async () => {
    const batch = await batchOf(offers(1));
    node.peers.set(HOTLINE, { nodeCode: HOTLINE, url: "", publicKey: null });
    expect(await answerTo(batch)).toMatchObject({ status: 403, body: { code: "EXCHANGE_KEY_UNKNOWN" } });
    node.peers.clear();
    expect(await answerTo(batch)).toMatchObject({ status: 403, body: { code: "EXCHANGE_UNKNOWN_PEER" } });
  });

  test("when it is addressed to another node", async () => {
    const batch = await batchOf(offers(1), { receiver: "police-159998" as NodeCode });
    expect(await answerTo(batch)).toMatchObject({ status: 421, body: { code: "EXCHANGE_WRONG_RECEIVER" } });
  });

  test("when its protocol version is not read here, and the versions that are read are named", async () => {
    const { min, max } = OWN_PROTOCOLS;
    expect(await answerTo(await batchOf(offers(1), { protocol: max + 1 }))).toMatchObject({
      status: 400,
      body: { code: "EXCHANGE_PROTOCOL_UNSUPPORTED", protocols: { min, max } },
    });
  });

  test("and every version from the floor on is answered in the version it came in", async () => {
    for (const protocol of [1, 2]) {
      expect(await answerTo(await batchOf(offers(1), { protocol }))).toMatchObject({ status: 200, body: { protocol } });
    }
  });

  test("when it holds more than 256 messages, or more than one on the urgent lane", async () => {
    expect(await answerTo(await batchOf(offers(257)))).toMatchObject({
      status: 413,
      body: { code: "EXCHANGE_BATCH_TOO_LARGE" },
    });
    expect(await answerTo(await batchOf([aPush(1), aPush(2)], { lane: "urgent" }))).toMatchObject({ status: 413 });
    expect((await receiptOf(await batchOf(offers(256)))).results).toHaveLength(256);
  });

  test("when its head departs from the schema, naming the field", async () => {
    const batch = await batchOf(offers(2));
    expect(await answerTo({ ...batch, sentAt: "yesterday" })).toMatchObject({
      status: 400,
      body: { code: "EXCHANGE_SCHEMA_INVALID", path: "/sentAt" },
    });
    expect(await answerTo({ ...batch, digests: batch.digests.slice(1) })).toMatchObject({ body: { path: "/digests" } });
    expect(await answerTo({ ...batch, entries: undefined })).toMatchObject({ body: { path: "/entries" } });
    for (const raw of [null, 5, "x", [], {}]) {
      expect(await answerTo(raw)).toMatchObject({ body: { code: "EXCHANGE_SCHEMA_INVALID" } });
    }
  });

  test("when the same number stands for other content", async () => {
    await receiptOf(await batchOf(offers(1), { batchId: "same" }));
    expect(await answerTo(await batchOf(offers(2), { batchId: "same" }))).toMatchObject({
      status: 409,
      body: { code: "EXCHANGE_BATCH_ID_REUSED" },
    });
    // A danger is not stopped by it (nmg:2.2.1).
    await receiptOf(await batchOf([aPush(7)], { batchId: "same", lane: "urgent" }));
  });

  test("when the evidence cannot be kept: no receipt leaves without it", async () => {
    node.beforeEvidence = () => {
      throw new Error("disk full");
    };
    const batch = await batchOf(offers(1));
    const answer = await answerTo(batch);
    expect(answer).toMatchObject({ status: 503, body: { code: "EXCHANGE_RECEIVER_FAULT" } });
    expect(JSON.stringify(answer)).not.toContain("disk");
    node.beforeEvidence = () => undefined;
    expect((await receiptOf(batch)).results).toMatchObject([{ status: "duplicate" }]);
  });
});

describe("one bad entry never blocks the others", () => {
  test("a message changed on the way is refused alone, and the receipt quotes the digests as signed", async () => {
    const batch = await batchOf(offers(3));
    const [first, second, third] = batch.entries;
    const tampered = { ...second, message: { ...second?.message, requestNo: "0" } };
    const receipt = await receiptOf({ ...batch, entries: [first, tampered, third] });
    expect(receipt.results).toMatchObject([
      { status: "applied" },
      { status: "refused", code: "EXCHANGE_DIGEST_MISMATCH" },
      { status: "applied" },
    ]);
    expect(receipt.results.map(({ digest }) => digest)).toEqual(batch.digests);
    expect(node.applied).toHaveLength(2);
  });

  test("a value changed on the way is marked, its message is applied and the value is not mixed in", async () => {
    const message = specimenMessage(1, specimenBody("offer"));
    const [content, phone] = SPECIMEN_ENCLOSURE;
    const batch = await batchOf([entryOf(message, SPECIMEN_ENCLOSURE)]);
    const tampered = { message, enclosure: [content, { ...phone, value: "00000000001" }] };
    const receipt = await receiptOf({ ...batch, entries: [tampered] });
    expect(receipt.results).toEqual([
      {
        messageId: message.id,
        digest: batch.digests[0],
        status: "applied",
        doubtful: [{ field: "requesterPhone", version: 1, code: "EXCHANGE_ENCLOSURE_MISMATCH" }],
      },
    ]);
    expect(node.entries[0]).toMatchObject({ enclosure: [content], doubtful: [{ value: "00000000001" }] });
  });

  test("a message of an unknown type takes its place in the conversation and the next one is applied", async () => {
    const unknown = { ...specimenMessage(2, specimenBody("held"), { seq: 2 }), body: { type: "ofTomorrow" } };
    const receipt = await receiptOf(
      await batchOf([
        entryOf(specimenMessage(1, specimenBody("offer"))),
        entryOf(unknown as unknown as LinkageMessage),
        entryOf(specimenMessage(3, specimenBody("confirmed"), { seq: 3 })),
      ]),
    );
    expect(receipt.results).toMatchObject([
      { status: "applied" },
      { status: "noted", code: "UNKNOWN_TYPE" },
      { status: "applied" },
    ]);
    expect(node.unread).toMatchObject([{ envelope: { body: { type: "ofTomorrow" } } }]);
  });

  test("a body that departs from its schema is kept and takes its place", async () => {
    const broken = { ...specimenMessage(2, specimenBody("held"), { seq: 2 }), body: { type: "accepted" } };
    const receipt = await receiptOf(
      await batchOf([
        entryOf(specimenMessage(1, specimenBody("offer"))),
        entryOf(broken as unknown as LinkageMessage),
        entryOf(specimenMessage(3, specimenBody("confirmed"), { seq: 3 })),
      ]),
    );
    expect(receipt.results).toMatchObject([
      { status: "applied" },
      { status: "kept", code: "EXCHANGE_SCHEMA_INVALID" },
      { status: "applied" },
    ]);
    expect(node.unread).toMatchObject([{ path: "/body/by" }]);
  });

  test("a message that could not be stored is refused alone, to be sent again", async () => {
    const [first] = offers(1);
    node.beforeFold = async (entry) => {
      if (entry.message.id === first?.message.id) throw new Error("store");
    };
    const receipt = await receiptOf(await batchOf(offers(2)));
    expect(receipt.results).toMatchObject([
      { status: "refused", code: "EXCHANGE_RECEIVER_FAULT" },
      { status: "applied" },
    ]);
  });

  test("an urgent push with unreadable fields is applied and its sender told", async () => {
    const push = aPush(1).message;
    const odd = { ...push, body: { ...specimenBody("push"), regime: "?" } } as unknown as LinkageMessage;
    const receipt = await receiptOf(await batchOf([entryOf(odd)], { lane: "urgent" }));
    expect(receipt.results).toMatchObject([{ status: "applied", code: "EXCHANGE_REPAIRED" }]);
  });
});

describe("receipts", () => {
  test("the same batch again is answered again: every message a duplicate, applied once", async () => {
    const batch = await batchOf(offers(5, 2));
    await receiptOf(batch);
    const again = await receiptOf(batch);
    expect(again.results.map(({ status }) => status)).toEqual(Array(5).fill("duplicate"));
    expect(again.results.map(({ digest }) => digest)).toEqual(batch.digests);
    expect(node.applied).toHaveLength(5);
  });

  test("clocks more than five minutes apart are a warning, never a refusal", async () => {
    const far = await batchOf(offers(1), { sentAt: AT - 5 * 60_000 - 1 });
    expect((await receiptOf(far)).warnings).toEqual(["EXCHANGE_CLOCK_FAR"]);
    const near = await batchOf(offers(1), { sentAt: AT + 5 * 60_000 });
    expect((await receiptOf(near)).warnings).toBeUndefined();
  });

  test("the evidence holds both signatures and no value", async () => {
    const batch = await batchOf([entryOf(specimenMessage(1, specimenBody("offer")), SPECIMEN_ENCLOSURE)]);
    const receipt = await receiptOf(batch);
    expect(node.evidence).toMatchObject([
      { direction: "received", batch: { signature: batch.signature }, receipt: { signature: receipt.signature } },
    ]);
    expect(JSON.stringify(node.evidence)).not.toContain("井盖");
  });
});

describe("order and load", () => {
  test("one conversation is folded strictly in order, and at most eight folds run at once", async () => {
    let running = 0;
    let most = 0;
    node.beforeFold = async () => {
      running++;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    await receiptOf(await batchOf(offers(120, 20)));
    expect(most).toBe(8);
    const seqs = new Map<string, readonly number[]>();
    for (const { conversation, seq } of node.applied) seqs.set(conversation, [...(seqs.get(conversation) ?? []), seq]);
    expect([...seqs.values()].map((own) => own.join())).toEqual(Array(20).fill("1,2,3,4,5,6"));
  });

  test("a conversation that is slow does not hold up another one", async () => {
    const gate = aGate();
    node.beforeFold = (entry) =>
      entry.message.seq === 1 && entry.message.id.endsWith("1") ? gate.opened : Promise.resolve();
    const receipt = receiptOf(await batchOf(offers(4, 2)));
    await expect.poll(() => node.applied.length).toBe(2);
    gate.open();
    expect((await receipt).results.map(({ status }) => status)).toEqual(Array(4).fill("applied"));
  });

  test("a full ordinary lane answers EXCHANGE_BUSY and the urgent lane goes on (nmg:2.2.1)", async () => {
    const gate = aGate();
    node.beforeFold = (entry) => (entry.message.lane === "ordinary" ? gate.opened : Promise.resolve());
    const first = receiptOf(await batchOf(offers(20)));
    expect(await answerTo(await batchOf(offers(1)))).toMatchObject({
      status: 429,
      body: { code: "EXCHANGE_BUSY", retryAfterMs: 500 },
    });
    const pushes = await Promise.all([11, 12, 13, 14, 15].map((n) => batchOf([aPush(n)], { lane: "urgent" })));
    const receipts = await Promise.all(pushes.map(receiptOf));
    expect(receipts.map(({ results }) => results[0]?.status)).toEqual(Array(5).fill("applied"));
    gate.open();
    expect((await first).results).toHaveLength(20);
    expect((await receiptOf(await batchOf(offers(1)))).results).toMatchObject([{ status: "duplicate" }]);
  });

  test("an ordinary message in an urgent batch gets ordinary capacity", async () => {
    const gate = aGate();
    node.beforeFold = () => gate.opened;
    const first = receiptOf(await batchOf(offers(1)));
    const [ordinary] = offers(2).slice(1);
    expect(await answerTo(await batchOf(ordinary === undefined ? [] : [ordinary], { lane: "urgent" }))).toMatchObject({
      status: 429,
    });
    gate.open();
    await first;
  });
});
