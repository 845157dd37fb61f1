import type { Keys } from "../../app/ports/keys.ts";
import { instantOf } from "../../kernel/index.ts";
import {
  CATALOGUE_PROTOCOL,
  CATALOGUE_REQUEST_PROTOCOL,
  type CatalogueApproval,
  type CatalogueRequest,
  signDocument,
} from "../contract/index.ts";
import { HOTLINE, POLICE } from "../contract/specimen.test-data.ts";
import { createSpecimenNode, SPECIMEN_CONTENT, type SpecimenNode } from "./specimen-node.test-data.ts";

type PassingKeys = Keys & { readonly close: () => Promise<unknown> };

/** Keys of two desks and of somebody neither of them knows, and the receiving desk anew as often as wanted. */
export type SpecimenPair = {
  readonly hotline: PassingKeys;
  readonly police: PassingKeys;
  readonly stranger: PassingKeys;
  /** 110's node, which knows 12345 by its key. Arguments as those of `createSpecimenNode` after its keys. */
  readonly freshNode: (
    now?: Parameters<typeof createSpecimenNode>[2],
    limits?: Parameters<typeof createSpecimenNode>[3],
  ) => SpecimenNode;
};

/** Opens them for one file of tests, with its `afterAll`. */
export function openSpecimenPair(
  openKeys: () => PassingKeys,
  afterAll: (close: () => Promise<unknown>) => void,
): SpecimenPair {
  const [hotline, police, stranger] = [openKeys(), openKeys(), openKeys()];
  afterAll(() => Promise.all([hotline.close(), stranger.close(), police.close()]));
  return {
    hotline,
    police,
    stranger,
    freshNode: (now, limits) => {
      const node = createSpecimenNode(POLICE, police, now, limits);
      node.peers.set(HOTLINE, { nodeCode: HOTLINE, url: "", publicKey: hotline.nodePublicKey });
      return node;
    },
  };
}

/** When specimens were signed. */
export const SIGNED_AT = instantOf(Date.UTC(2026, 0, 5, 1, 2, 3));

/** 12345's approval of a version for 110, signed by whoever's keys. */
export function approvalBy(keys: PassingKeys, change: Partial<CatalogueApproval> = {}): Promise<CatalogueApproval> {
  return signDocument<CatalogueApproval>(keys, {
    protocol: CATALOGUE_PROTOCOL,
    type: "catalogueApproval",
    sender: HOTLINE,
    receiver: POLICE,
    version: "city@1",
    digest: "ab".repeat(32),
    approvedAt: SIGNED_AT,
    keyId: keys.keyId,
    ...change,
  });
}

/** 12345's request for a version that 110 keeps, signed by whoever's keys. */
export function requestBy(keys: PassingKeys, change: Partial<CatalogueRequest> = {}): Promise<CatalogueRequest> {
  return signDocument<CatalogueRequest>(keys, {
    protocol: CATALOGUE_REQUEST_PROTOCOL,
    type: "catalogueRequest",
    sender: HOTLINE,
    receiver: POLICE,
    version: SPECIMEN_CONTENT.version,
    keyId: keys.keyId,
    ...change,
  });
}
