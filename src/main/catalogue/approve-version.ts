import { agreementState, checkApproval, isNameTaken } from "../../core/catalogue/index.ts";
import type { AgreementState, CatalogueProblem } from "../../core/catalogue/index.ts";
import { CATALOGUE_PROTOCOL, signDocument } from "../../exchange/contract/index.ts";
import type { CatalogueApproval, SigningKeys } from "../../exchange/contract/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { NodeCode, Result, UserId } from "../../kernel/index.ts";
import { calendarFor } from "./calendar-check.ts";
import { keptApproval, signaturesOf } from "./catalogue-desk.ts";
import type { CatalogueDesk } from "./catalogue-desk.ts";
import { catalogueOfVersion } from "./kept-catalogue.ts";

/** How far a version has come with one peer after it was approved. `anew` = this was signed just now. */
export type Approved = { readonly peer: NodeCode; readonly state: AgreementState; readonly anew: boolean };

/**
 * Why a version is not signed. VERSION_UNKNOWN: this node does not keep it; VERSION_STATE: another has followed it;
 * VERSION_OLDER: a later one is in force; VERSION_UNUSABLE: its limits need hours the calendar does not have; VERSION_OTHER_TEXT: one of the
 * peers has signed another text under this name.
 */
export type ApproveRefusal = {
  readonly code: "VERSION_UNKNOWN" | "VERSION_STATE" | "VERSION_OLDER" | "VERSION_UNUSABLE" | "VERSION_OTHER_TEXT";
  readonly problems: readonly CatalogueProblem[];
};

type Approval = {
  readonly version: string;
  readonly peers: readonly NodeCode[];
  /** The operator who decides so; kept with the signature, not told to the peer. */
  readonly user: UserId;
};

/**
 * This desk's word to each of the peers that it will judge by a version: signed with the node's key over the digest, kept, and taken
 * to the peer by the running node. Approving again changes nothing.
 * @source nmg:2.2.5 @source yn:4.1.1 @req REQ-20
 */
export async function approveVersion(
  desk: CatalogueDesk,
  keys: SigningKeys,
  { version, peers, user }: Approval,
): Promise<Result<readonly Approved[], ApproveRefusal>> {
  const kept = await desk.versions.findVersion(version);
  if (kept === null) return err({ code: "VERSION_UNKNOWN", problems: [] });
  const allowed = checkApproval(kept, await desk.versions.inForce());
  if (!allowed.ok) return err({ ...allowed.error, problems: [] });
  const theirs = (await desk.approvals.approvals()).filter(({ node }) => peers.includes(node));
  if (isNameTaken(kept, theirs)) return err({ code: "VERSION_OTHER_TEXT", problems: [] });
  const calendar = await calendarFor(await catalogueOfVersion(desk.versions, kept));
  if (!calendar.ok) return err({ code: "VERSION_UNUSABLE", problems: calendar.error });
  const signed: { readonly peer: NodeCode; readonly anew: boolean }[] = [];
  for (const peer of peers) {
    const document = await signDocument<CatalogueApproval>(keys, {
      protocol: CATALOGUE_PROTOCOL,
      type: "catalogueApproval",
      sender: desk.self,
      receiver: peer,
      version,
      digest: kept.digest,
      approvedAt: desk.now(),
      keyId: keys.keyId,
    });
    signed.push({ peer, anew: await desk.approvals.keep(keptApproval(document, user), desk.now()) });
  }
  const signatures = await signaturesOf(desk);
  return ok(
    signed.map(({ peer, anew }) => ({
      peer,
      anew,
      state: agreementState(kept, signatures, { here: desk.self, there: peer }),
    })),
  );
}
