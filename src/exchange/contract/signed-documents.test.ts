import { afterAll, describe, expect, test, vi } from "vitest";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import { instantOf } from "../../kernel/index.ts";
import { isBatchSigned, isDocumentSigned, sealOf, signBatch, signDocument } from "./signed-documents.ts";
import { HOTLINE, POLICE, SPECIMEN_ENCLOSURE, specimenBody, specimenMessage } from "./specimen.test-data.ts";
import type { Batch, Receipt } from "./wire.ts";

// Real signatures in threads: a loaded machine may take its time.
vi.setConfig({ testTimeout: 40_000 });

const keys = openPassingKeys();
const stranger = openPassingKeys();
afterAll(() => Promise.all([keys.close(), stranger.close()]));

const at = instantOf(1_780_000_000_000);
function aBatch(): Promise<Batch> {
  const head = {
    protocol: 1,
    sender: HOTLINE,
    receiver: POLICE,
    lane: "ordinary",
    batchId: "b-1",
    sentAt: at,
  } as const;
  return signBatch(keys, head, [
    { message: specimenMessage(1, specimenBody("offer")), enclosure: SPECIMEN_ENCLOSURE },
    { message: specimenMessage(2, specimenBody("addition"), { seq: 2 }), enclosure: [] },
  ]);
}

describe("a batch's signature", () => {
  test("holds for the parties, number, time and ordered digests, and for nothing else of them", async () => {
    const batch = await aBatch();
    const own = keys.nodePublicKey;
    expect(await isBatchSigned(keys, own, batch)).toBe(true);
    expect(await isBatchSigned(keys, own, { ...batch, digests: batch.digests.toReversed() })).toBe(false);
    expect(await isBatchSigned(keys, own, { ...batch, digests: batch.digests.slice(1) })).toBe(false);
    expect(await isBatchSigned(keys, own, { ...batch, receiver: HOTLINE })).toBe(false);
    expect(await isBatchSigned(keys, own, { ...batch, batchId: "b-2" })).toBe(false);
    expect(await isBatchSigned(keys, own, { ...batch, sentAt: instantOf(1) })).toBe(false);
    expect(await isBatchSigned(keys, stranger.nodePublicKey, batch)).toBe(false);
    expect(await isBatchSigned(keys, stranger.nodePublicKey, { ...batch, keyId: stranger.keyId })).toBe(false);
  });

  test("still verifies from the evidence, which holds no message and no value", async () => {
    const batch = await aBatch();
    const evidence: unknown = JSON.parse(JSON.stringify(sealOf(batch)));
    expect(JSON.stringify(evidence)).not.toContain("井盖");
    expect(Object.keys(evidence as object)).not.toContain("entries");
    expect(await isBatchSigned(keys, keys.nodePublicKey, sealOf(batch))).toBe(true);
  });
});

test("a receipt's signature covers every line, warning and field of a later version", async () => {
  const receipt = await signDocument<Receipt>(keys, {
    protocol: 1,
    sender: POLICE,
    receiver: HOTLINE,
    batchId: "b-1",
    receivedAt: at,
    results: [{ messageId: "m-1", digest: "00".repeat(32), status: "applied" }],
    keyId: keys.keyId,
  });
  const own = keys.nodePublicKey;
  expect(await isDocumentSigned(keys, own, receipt)).toBe(true);
  expect(await isDocumentSigned(keys, own, { ...receipt, warnings: ["EXCHANGE_CLOCK_FAR"] })).toBe(false);
  const noted = receipt.results.map((result) => ({ ...result, status: "noted" as const }));
  expect(await isDocumentSigned(keys, own, { ...receipt, results: noted })).toBe(false);
  expect(await isDocumentSigned(keys, own, Object.assign({ later: 1 }, receipt))).toBe(false);
  expect(await isDocumentSigned(keys, stranger.nodePublicKey, receipt)).toBe(false);
});
