import type { LinkageId } from "../../kernel/index.ts";
import { findLinkage } from "./linkage.ts";
import type { Linkage, LinkageFile, LinkageState } from "./linkage.ts";

/** The right and duty to act for the ordinary part (责任凭据): made by registration or by a linkage at its receiver. */
export type Grant = {
  readonly from: "registration" | LinkageId;
  /** The linkage that made it; null for registration. */
  readonly linkage: Linkage | null;
  readonly live: boolean;
  /** The linkage that carried it on; null while it is unreleased. */
  readonly releasedBy: LinkageId | null;
};

/** R-states in which the grant a linkage made is live (section 3). */
export const LIVE_AT_RECEIVER: readonly LinkageState[] = [
  "accepted?",
  "accepted",
  "concluding?",
  "concluding",
  "toCallBack",
];

/** Whether a linkage at S has carried its source grant away (section 3). An absorbed case follows the primary. */
export function releasesSource(linkage: Linkage): boolean {
  if (linkage.role !== "S" || linkage.part !== "ordinary") return false;
  if (linkage.state === "accepted" || linkage.state === "absorbed") return true;
  if (linkage.state === "concluded") return linkage.followPolicy === "handOff";
  return linkage.state === "closed" && linkage.source === null;
}

/** Every grant this node ever held for the ordinary part, registration first. */
export function grantsOf(file: LinkageFile): readonly Grant[] {
  const received = file.linkages.filter((l) => l.role === "R" && l.part === "ordinary");
  const byLinkage = received.map((l) => ({
    from: l.id,
    linkage: l,
    live: LIVE_AT_RECEIVER.includes(l.state),
    releasedBy: releaser(file, l.id),
  }));
  if (file.registrationGrant === "none") return byLinkage;
  const live = file.registrationGrant === "live" || isReopening(file);
  return [{ from: "registration", linkage: null, live, releasedBy: releaser(file, null) }, ...byLinkage];
}

/** The grant this node can act on or hand over: live and unreleased, a confirmed one first; null when it holds none. */
export function heldGrant(file: LinkageFile): Grant | null {
  const held = grantsOf(file).filter((g) => g.live && g.releasedBy === null);
  return held.findLast((g) => g.linkage === null || g.linkage.state === "accepted") ?? held.at(-1) ?? null;
}

/** Linkages by which this node hands the grant of `source` on (null: the registration grant). */
export function linkagesBelow(file: LinkageFile, source: LinkageId | null): readonly Linkage[] {
  return file.linkages.filter((l) => l.role === "S" && l.part === "ordinary" && l.source === source);
}

/** The receiving linkage above a linkage at S; null when S registered the matter itself. */
export function linkageAbove(file: LinkageFile, linkage: Linkage): Linkage | null {
  return linkage.role === "S" ? findLinkage(file, linkage.source) : null;
}

function releaser(file: LinkageFile, source: LinkageId | null): LinkageId | null {
  return linkagesBelow(file, source).find(releasesSource)?.id ?? null;
}

// A closed case that S asks back to work is S's again until R answers, even before the case itself is reopened.
function isReopening(file: LinkageFile): boolean {
  return linkagesBelow(file, null).some((l) => l.state === "reopening");
}
