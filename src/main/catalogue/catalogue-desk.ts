import type { CatalogueSignature } from "../../core/catalogue/index.ts";
import type { CatalogueApproval } from "../../exchange/contract/index.ts";
import { parseCatalogueApproval } from "../../exchange/contract/index.ts";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import { createCatalogueApprovals, createCatalogueVersions, createCatalogueWanted } from "../../storage/index.ts";
import type { CatalogueStanding } from "./agreement-lines.ts";
import type {
  CatalogueApprovalStore,
  CatalogueVersionStore,
  CatalogueWantedStore,
  KeptApproval,
  Store,
} from "../../storage/index.ts";

/** Where a node keeps its catalogue and what desks have said of it to each other. */
export type CatalogueDesk = {
  readonly self: NodeCode;
  readonly now: () => Instant;
  readonly versions: CatalogueVersionStore;
  readonly approvals: CatalogueApprovalStore<CatalogueApproval>;
  readonly wanted: CatalogueWantedStore;
};

export function openCatalogueDesk(store: Store, self: NodeCode, now: () => Instant): CatalogueDesk {
  return {
    self,
    now,
    versions: createCatalogueVersions(store),
    approvals: createCatalogueApprovals(store, parseKept),
    wanted: createCatalogueWanted(store),
  };
}

function parseKept(document: unknown): CatalogueApproval {
  const parsed = parseCatalogueApproval(document);
  if (!parsed.ok) throw new Error(`a kept approval without ${parsed.error.path}`);
  return parsed.value;
}

/** A peer's or one's own approval as it is kept. `userId` = who decided so here. */
export function keptApproval(document: CatalogueApproval, userId: string | null): KeptApproval<CatalogueApproval> {
  const { version, digest, sender: node, receiver: peer, approvedAt } = document;
  return { version, digest, node, peer, approvedAt, userId, laidAside: false, document };
}

/** All that stands at a node about its catalogue, as it is told to whoever signs. */
export async function standingOf(desk: CatalogueDesk, peers: readonly NodeCode[]): Promise<CatalogueStanding> {
  return {
    self: desk.self,
    at: desk.now(),
    peers,
    versions: await desk.versions.versions(),
    signatures: await signaturesOf(desk),
    approvals: await desk.approvals.approvals(),
    unheld: await desk.approvals.unheld(desk.self),
    wanted: await desk.wanted.wanted(),
  };
}

/** Every signature this node holds, as the rules look at them. */
export async function signaturesOf({ approvals }: Pick<CatalogueDesk, "approvals">): Promise<CatalogueSignature[]> {
  return (await approvals.approvals()).map(({ node, peer, approvedAt: at, digest, document: { signature } }) => ({
    node,
    peer,
    at,
    digest,
    signature,
  }));
}
