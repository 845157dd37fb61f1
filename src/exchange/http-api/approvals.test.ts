import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import type { NodeCode } from "../../kernel/index.ts";
import {
  type ApprovalHeld,
  type CatalogueApproval,
  catalogueContent,
  isDocumentSigned,
  parseCatalogueContent,
  signDocument,
} from "../contract/index.ts";
import { HOTLINE, POLICE } from "../contract/specimen.test-data.ts";
import type { ExchangePeer } from "../peer.ts";
import { createHttpCarrier, type HttpCarrier } from "./carrier.ts";
import { serveNode, SPECIMEN_CONTENT, type SpecimenNode } from "./specimen-node.test-data.ts";
import { approvalBy, openSpecimenPair, SIGNED_AT } from "./specimen-pair.test-data.ts";

// Real signatures in threads: a loaded machine may take its time.
vi.setConfig({ testTimeout: 40_000 });

const { hotline, stranger, police, freshNode } = openSpecimenPair(openPassingKeys, afterAll);

let node: SpecimenNode;
const cleanups: (() => unknown)[] = [];
beforeEach(() => {
  node = freshNode();
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function aCarrier(): HttpCarrier {
  const clock = { now: () => SIGNED_AT };
  return createHttpCarrier({ keys: hotline, self: HOTLINE, fetch, clock, evidence: async () => undefined });
}

async function aPeer(): Promise<ExchangePeer> {
  const server = await serveNode(node.handler);
  cleanups.push(server.close);
  return { nodeCode: POLICE, url: server.url, publicKey: police.nodePublicKey };
}

describe("an approval of a catalogue version (nmg:2.2.5, yn:4.1.1, REQ-20)", () => {
  test("arrives as it was signed, and the other desk's signed word comes back that it holds it", async () => {
    const approval = await approvalBy(hotline);
    const held = await aCarrier().sendApproval(await aPeer(), approval);
    expect(held).toMatchObject({ ok: true, value: { sender: POLICE, receiver: HOTLINE, version: "city@1" } });
    expect(node.approvals).toEqual([approval]);
    if (!held.ok) throw new Error(held.error.code);
    expect(await isDocumentSigned(hotline, police.nodePublicKey, held.value)).toBe(true);
  });

  test("is refused when somebody else signed it, it was changed, it is for another desk, or nobody knows its sender", async () => {
    const refusals: readonly (readonly [string, Promise<CatalogueApproval>])[] = [
      ["EXCHANGE_KEY_UNKNOWN", approvalBy(stranger)],
      ["EXCHANGE_SIGNATURE_WRONG", approvalBy(stranger, { keyId: hotline.keyId })],
      ["EXCHANGE_SIGNATURE_WRONG", approvalBy(hotline).then((a) => ({ ...a, digest: "cd".repeat(32) }))],
      ["EXCHANGE_SIGNATURE_WRONG", approvalBy(hotline).then((a) => ({ ...a, version: "city@2" }))],
      ["EXCHANGE_WRONG_RECEIVER", approvalBy(hotline, { receiver: "police-2" as NodeCode })],
      ["EXCHANGE_UNKNOWN_PEER", approvalBy(hotline, { sender: "hotline-2" as NodeCode })],
      ["EXCHANGE_PROTOCOL_UNSUPPORTED", approvalBy(hotline, { protocol: 2 })],
      ["EXCHANGE_SCHEMA_INVALID", approvalBy(hotline, { digest: "ab" })],
    ];
    for (const [code, approval] of refusals)
      expect(await node.handler.handleApproval(await approval, "")).toMatchObject({ body: { code } });
    expect(await node.handler.handleApproval("no object", "")).toMatchObject({ status: 400 });
    expect(node.approvals).toEqual([]);
    expect(node.refused).toHaveLength(refusals.length + 1);
  });

  test("a word that it is held counts only from the desk it was sent to, about this very approval", async () => {
    const approval = await approvalBy(hotline);
    const good = await node.handler.handleApproval(approval, "");
    const lies: readonly (readonly [string, unknown])[] = [
      ["EXCHANGE_RECEIPT_FORGED", { ...Object(good.body), digest: "cd".repeat(32) }],
      ["EXCHANGE_RECEIPT_FORGED", await signDocument<ApprovalHeld>(stranger, Object(good.body))],
      [
        "EXCHANGE_RECEIPT_MISMATCH",
        await signDocument<ApprovalHeld>(police, { ...Object(good.body), version: "city@2" }),
      ],
      ["EXCHANGE_ANSWER_UNREADABLE", { held: true }],
    ];
    for (const [code, body] of lies) {
      const carrier = createHttpCarrier({
        keys: hotline,
        self: HOTLINE,
        fetch: async () => ({ status: 200, text: async () => JSON.stringify(body) }),
        clock: { now: () => SIGNED_AT },
        evidence: async () => undefined,
      });
      const peer = { nodeCode: POLICE, url: "http://127.0.0.1:1", publicKey: police.nodePublicKey };
      expect(await carrier.sendApproval(peer, approval)).toMatchObject({ ok: false, error: { code } });
    }
  });
});

test("a version travels with its files byte by byte; a text of another shape is told by its field", () => {
  expect(parseCatalogueContent(catalogueContent(SPECIMEN_CONTENT))).toEqual({ ok: true, value: SPECIMEN_CONTENT });
  expect(parseCatalogueContent("item,part\n").ok).toBe(false);
  const listed: object = JSON.parse(catalogueContent(SPECIMEN_CONTENT));
  for (const name of ["../items.csv", "items.exe", "UPPER.csv"])
    expect(parseCatalogueContent(JSON.stringify({ ...listed, files: { [name]: "" } }))).toMatchObject({ ok: false });
  expect(parseCatalogueContent(JSON.stringify({ ...listed, files: { "a.csv": "not base64!" } }))).toMatchObject({
    error: { path: "/files/a.csv" },
  });
});
