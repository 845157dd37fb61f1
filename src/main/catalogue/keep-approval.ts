import { checkPeerApproval } from "../../core/catalogue/index.ts";
import type { CatalogueApproval } from "../../exchange/contract/index.ts";
import type { ApprovalRefusal } from "../../exchange/intake/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { keptApproval } from "./catalogue-desk.ts";
import type { CatalogueDesk } from "./catalogue-desk.ts";

/** `anew` = it was not here before; `own` = this node's approval of the same text for the same peer. */
export type PeerApproval = { readonly anew: boolean; readonly own: CatalogueApproval | null };

const REFUSALS = {
  APPROVALS_FULL: "EXCHANGE_APPROVALS_FULL",
  APPROVAL_AHEAD: "EXCHANGE_APPROVAL_AHEAD",
} as const;

/**
 * Keeps a peer's approval whose signature was checked, and has its version fetched when nobody here knows it. Gives this node's own
 * approval of the same text for the same peer: who has lost it has it again. One that is kept already is never refused.
 * @req REQ-20
 */
export async function keepApproval(
  desk: CatalogueDesk,
  document: CatalogueApproval,
): Promise<Result<PeerApproval, ApprovalRefusal>> {
  const kept = keptApproval(document, null);
  if ((await desk.approvals.findApproval(kept)) === null) {
    const [versions, held] = [await desk.versions.versions(), await desk.approvals.approvals()];
    const allowed = checkPeerApproval(kept, versions, held, desk.now());
    if (!allowed.ok) return err({ code: REFUSALS[allowed.error.code] });
  }
  const anew = await desk.approvals.keep(kept, desk.now());
  await desk.wanted.want(document.version, document.sender, desk.now());
  const own = await desk.approvals.findApproval({ ...kept, node: desk.self, peer: document.sender });
  return ok({ anew, own: own?.document ?? null });
}
