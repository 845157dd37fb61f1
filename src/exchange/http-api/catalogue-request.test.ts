import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import type { NodeCode } from "../../kernel/index.ts";
import type { CatalogueRequest } from "../contract/index.ts";
import { HOTLINE } from "../contract/specimen.test-data.ts";
import { INTAKE_LIMITS } from "../intake/index.ts";
import type { SpecimenNode } from "./specimen-node.test-data.ts";
import { approvalBy, openSpecimenPair, requestBy } from "./specimen-pair.test-data.ts";

// Real signatures in threads: a loaded machine may take its time.
vi.setConfig({ testTimeout: 40_000 });

const { hotline, stranger, freshNode } = openSpecimenPair(openPassingKeys, afterAll);

let node: SpecimenNode;
beforeEach(() => {
  node = freshNode();
});

describe("a request for a version of the catalogue (REQ-08, REQ-20, REQ-53)", () => {
  test("is answered only to a configured peer that signed it for this node", async () => {
    expect(await node.handler.handleCatalogueRequest(await requestBy(hotline), "")).toMatchObject({ status: 200 });
    const refusals: readonly (readonly [string, Promise<CatalogueRequest>])[] = [
      ["EXCHANGE_KEY_UNKNOWN", requestBy(stranger)],
      ["EXCHANGE_SIGNATURE_WRONG", requestBy(stranger, { keyId: hotline.keyId })],
      ["EXCHANGE_SIGNATURE_WRONG", requestBy(hotline).then((r) => ({ ...r, version: "city@2" }))],
      ["EXCHANGE_WRONG_RECEIVER", requestBy(hotline, { receiver: "police-2" as NodeCode })],
      ["EXCHANGE_UNKNOWN_PEER", requestBy(hotline, { sender: "hotline-2" as NodeCode })],
      ["EXCHANGE_PROTOCOL_UNSUPPORTED", requestBy(hotline, { protocol: 3 })],
      ["EXCHANGE_CATALOGUE_UNKNOWN", requestBy(hotline, { version: "none" })],
      ["EXCHANGE_SCHEMA_INVALID", requestBy(hotline, { type: "catalogueApproval" as "catalogueRequest" })],
    ];
    for (const [code, request] of refusals) {
      const answer = await node.handler.handleCatalogueRequest(await request, "");
      expect(answer).toMatchObject({ body: { code } });
      expect(JSON.stringify(answer.body)).not.toContain("content");
    }
    expect(node.refused.map(({ code }) => code)).toEqual(refusals.map(([code]) => code));
  });
});

describe("documents about the catalogue from one peer (REQ-53)", () => {
  test("are in hand as few at once as its batches, and no other peer waits for them", async () => {
    const other = "hotline-2" as NodeCode;
    node.peers.set(other, { nodeCode: other, url: "", publicKey: stranger.nodePublicKey });
    const approvals = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => approvalBy(hotline, { version: `city@${n}` })));
    const fromOther = await requestBy(stranger, { sender: other });
    const answers = approvals.map((approval) => node.handler.handleApproval(approval, ""));
    expect(await node.handler.handleCatalogueRequest(fromOther, "")).toMatchObject({ status: 200 });
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(INTAKE_LIMITS.ordinaryBatchesPerPeer);
    expect(statuses.filter((status) => status === 429)).toHaveLength(6 - INTAKE_LIMITS.ordinaryBatchesPerPeer);
    expect(await node.handler.handleApproval(approvals[0], "")).toMatchObject({ status: 200 });
  });

  test("when refused are told with the address and the peer they name", async () => {
    await node.handler.handleApproval({ ...(await approvalBy(hotline)), digest: "cd".repeat(32) }, "10.0.0.1");
    await node.handler.handleCatalogueRequest(await requestBy(stranger, { keyId: hotline.keyId }), "10.0.0.2");
    await node.handler.handleApproval(await requestBy(hotline), "10.0.0.3");
    expect(node.refused).toMatchObject([
      { code: "EXCHANGE_SIGNATURE_WRONG", remote: "10.0.0.1", claimedSender: HOTLINE },
      { code: "EXCHANGE_SIGNATURE_WRONG", remote: "10.0.0.2", claimedSender: HOTLINE },
      { code: "EXCHANGE_SCHEMA_INVALID", remote: "10.0.0.3", claimedSender: null },
    ]);
  });
});
