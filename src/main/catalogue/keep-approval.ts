import type { CatalogueApproval } from "../../exchange/contract/index.ts";
import { keptApproval } from "./catalogue-desk.ts";
import type { CatalogueDesk } from "./catalogue-desk.ts";

/**
 * Keeps a peer's approval whose signature was checked, and has its version fetched when nobody here knows it. Gives this node's own
 * approval of the same text for the same peer: who has lost it has it again.
 * @req REQ-20
 */
export async function keepApproval(
  desk: CatalogueDesk,
  document: CatalogueApproval,
): Promise<{ readonly anew: boolean; readonly own: CatalogueApproval | null }> {
  const kept = keptApproval(document, null);
  const anew = await desk.approvals.keep(kept, desk.now());
  await desk.wanted.want(document.version, document.sender, desk.now());
  const own = await desk.approvals.findApproval({ ...kept, node: desk.self, peer: document.sender });
  return { anew, own: own?.document ?? null };
}
