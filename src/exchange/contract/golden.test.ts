import { readdirSync, readFileSync } from "node:fs";
import { Compile } from "typebox/compile";
import { afterAll, describe, expect, test, vi } from "vitest";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { BatchSchema } from "./batch-schema.ts";
import { BODY_SCHEMAS } from "./body-schemas.ts";
import { messageDigest } from "./digest.ts";
import { parseCatalogueContent } from "./catalogue-content.ts";
import {
  parseApprovalHeld,
  parseBatch,
  parseCapability,
  parseCatalogueApproval,
  parseCatalogueDocument,
  parseCatalogueRequest,
  parseReceipt,
  parseRefusal,
} from "./parse-document.ts";
import { readEntry } from "./read-entry.ts";
import { isBatchSigned, isDocumentSigned } from "./signed-documents.ts";

// Real signatures in threads: a loaded machine may take its time.
vi.setConfig({ testTimeout: 40_000 });

/**
 * Provenance: made once when their version was fixed, the signed ones with two key pairs that were thrown away at once; every value is
 * invented. They are never made again: a later program must go on reading exactly these.
 */
const folderOf = (version: number): URL => new URL(`./golden/v${version}/`, import.meta.url);
const golden = (name: string, version = 1): unknown =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folderOf(version)), "utf8"));
const namesOf = (version: number): readonly string[] =>
  readdirSync(folderOf(version)).map((file) => file.replace(".json", ""));
const names = namesOf(1);
const parties = { sender: "hotline-159999" as NodeCode, receiver: "police-159999" as NodeCode };

function valueOf<T>(result: { readonly ok: boolean; readonly value?: T }): T {
  if (!result.ok || result.value === undefined) throw new Error(JSON.stringify(result));
  return result.value;
}

const keys = openPassingKeys();
afterAll(() => keys.close());
const hotline = valueOf(parseCapability(golden("capability-hotline")));
const police = valueOf(parseCapability(golden("capability-police")));

/** What reading a golden message gives, and what it must give. */
function readings(raw: unknown): readonly [unknown, object] {
  const file = raw as { message: unknown; enclosure: readonly unknown[]; digest: string };
  const whole = { reading: "read", doubtful: [], repaired: [], enclosure: file.enclosure, own: file.digest };
  return [{ ...readEntry(file, file.digest, parties), own: messageDigest(file.message) }, whole];
}

describe("golden messages of version 7", () => {
  test("there is one for every message type that is new or changed", () => {
    expect(namesOf(7).toSorted()).toEqual(["message-addition", "message-ended", "message-joint", "message-progress"]);
  });

  test.each(namesOf(7))("%s of version 7 is read whole and has its digest", (name) => {
    const [reading, whole] = readings(golden(name, 7));
    expect(reading).toMatchObject(whole);
  });
});

describe("golden messages of version 6", () => {
  test("there is one for every message type that is new", () => {
    const added = ["declined", "granted", "notice", "noticeRead", "support", "supportEnded"];
    expect(namesOf(6).toSorted()).toEqual(added.map((type) => `message-${type}`));
  });

  test.each(namesOf(6))("%s of version 6 is read whole and has its digest", (name) => {
    const [reading, whole] = readings(golden(name, 6));
    expect(reading).toMatchObject(whole);
  });
});

describe("golden messages of version 5", () => {
  test("there is one for every message type that changed", () => {
    expect(namesOf(5).toSorted()).toEqual(["message-bound", "message-offer"]);
  });

  test.each(namesOf(5))("%s of version 5 is read whole and has its digest", (name) => {
    const [reading, whole] = readings(golden(name, 5));
    expect(reading).toMatchObject(whole);
  });
});

describe("golden documents of version 4", () => {
  test("a request for a version of the catalogue is read, and verifies with the key of its sender alone (REQ-53)", async () => {
    const there = valueOf(parseCapability(golden("capability-police", 4)));
    expect(await isDocumentSigned(keys, there.publicKey, there)).toBe(true);
    const request = valueOf(parseCatalogueRequest(golden("catalogue-request", 4)));
    expect(await isDocumentSigned(keys, there.publicKey, request)).toBe(true);
    expect(await isDocumentSigned(keys, there.publicKey, { ...request, version: "specimen@3" })).toBe(false);
    expect([request.sender, request.version]).toEqual([there.nodeCode, "specimen@2"]);
  });
});

describe("golden documents of version 3", () => {
  test("an approval, the word that it is held, and a version with its files are read, and what is signed verifies (REQ-20)", async () => {
    const here = valueOf(parseCapability(golden("capability-hotline", 3)));
    const there = valueOf(parseCapability(golden("capability-police", 3)));
    for (const [keyed, of] of [
      [here, here],
      [there, there],
    ] as const)
      expect(await isDocumentSigned(keys, keyed.publicKey, of)).toBe(true);
    const approval = valueOf(parseCatalogueApproval(golden("catalogue-approval", 3)));
    expect(await isDocumentSigned(keys, here.publicKey, approval)).toBe(true);
    expect(await isDocumentSigned(keys, there.publicKey, approval)).toBe(false);
    const held = valueOf(parseApprovalHeld(golden("catalogue-approval-held", 3)));
    expect(await isDocumentSigned(keys, there.publicKey, held)).toBe(true);
    const own = valueOf(parseCatalogueApproval(held.own));
    expect(await isDocumentSigned(keys, there.publicKey, own)).toBe(true);
    expect([own.version, own.digest, own.receiver]).toEqual([approval.version, approval.digest, approval.sender]);
    const document = valueOf(parseCatalogueDocument(golden("catalogue-document", 3)));
    expect(await isDocumentSigned(keys, here.publicKey, document)).toBe(true);
    const content = valueOf(parseCatalogueContent(document.content));
    expect([content.version, content.base, [...content.files.keys()]]).toEqual([
      "specimen@2",
      "specimen@1",
      ["catalogue.yaml", "items.csv"],
    ]);
  });
});

describe("golden messages of version 2", () => {
  test("there is one for every message type that changed", () => {
    expect(namesOf(2).toSorted()).toEqual(["message-progress", "message-returned"]);
  });

  test.each(namesOf(2))("%s of version 2 is read whole and has its digest", (name) => {
    const [reading, whole] = readings(golden(name, 2));
    expect(reading).toMatchObject(whole);
  });
});

describe("golden messages of version 1", () => {
  test("with those of later versions there is one for every message type", () => {
    const types = names.filter((name) => name.startsWith("message-")).map((name) => name.slice("message-".length));
    const later = [...namesOf(6), ...namesOf(7)].map((name) => name.slice("message-".length));
    expect([...new Set([...types, ...later])].toSorted()).toEqual(Object.keys(BODY_SCHEMAS).toSorted());
  });

  test.each(names.filter((name) => name.startsWith("message-")))("%s is read whole and has its digest", (name) => {
    const [reading, whole] = readings(golden(name));
    expect(reading).toMatchObject(whole);
  });

  test.each(["ordinary", "urgent"])(
    "the %s batch and its receipt verify with the keys of the capabilities",
    async (lane) => {
      const raw = golden(`batch-${lane}`);
      expect(Compile(BatchSchema).Check(raw)).toBe(true);
      const batch = valueOf(parseBatch(raw));
      expect(await isBatchSigned(keys, hotline.publicKey, batch)).toBe(true);
      expect(await isBatchSigned(keys, police.publicKey, batch)).toBe(false);
      for (const [i, entry] of batch.entries.entries()) {
        expect(readEntry(entry, batch.digests[i] ?? "", parties).reading).toBe("read");
      }
      const receipt = valueOf(parseReceipt(golden(`receipt-${lane}`)));
      expect(await isDocumentSigned(keys, police.publicKey, receipt)).toBe(true);
      expect(receipt.results.map((result) => result.digest)).toEqual(batch.digests);
    },
  );

  test("capabilities, catalogue and refusal are read, and what is signed verifies", async () => {
    expect(await isDocumentSigned(keys, hotline.publicKey, hotline)).toBe(true);
    expect(await isDocumentSigned(keys, police.publicKey, police)).toBe(true);
    const catalogue = valueOf(parseCatalogueDocument(golden("catalogue-document")));
    expect(await isDocumentSigned(keys, hotline.publicKey, catalogue)).toBe(true);
    expect(await isDocumentSigned(keys, hotline.publicKey, { ...catalogue, content: "" })).toBe(false);
    expect(parseRefusal(golden("refusal")).ok).toBe(true);
  });
});
