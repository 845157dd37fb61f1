import { err, msBetween, ok } from "../../kernel/index.ts";
import type { Instant, NodeCode, Result } from "../../kernel/index.ts";
import { advanceVersion, isOlder } from "./version.ts";
import type { CatalogueSignature, CatalogueVersion, VersionStep } from "./version.ts";

/** What two desks have said to each other of one version. */
export const AGREEMENT_STATES = ["draft", "approvedHere", "approvedThere", "agreed", "inEffect", "superseded"] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];

/** What can happen between them. `adopt`: it is judged by here without both signatures, by a plan or with another desk. */
export const AGREEMENT_STEPS = ["approveHere", "approveThere", "takeEffect", "adopt", "supersede"] as const;
export type AgreementStep = (typeof AGREEMENT_STEPS)[number];

/** Where each step leads; one that is not named changes nothing, so whatever comes twice or too late is harmless. @req REQ-20 */
export const AGREEMENT_TABLE: Readonly<
  Record<AgreementState, Readonly<Partial<Record<AgreementStep, AgreementState>>>>
> = {
  draft: { approveHere: "approvedHere", approveThere: "approvedThere", adopt: "inEffect" },
  approvedHere: { approveThere: "agreed", adopt: "inEffect" },
  approvedThere: { approveHere: "agreed", adopt: "inEffect" },
  agreed: { takeEffect: "inEffect" },
  inEffect: { supersede: "superseded" },
  superseded: {},
};

/** Two nodes: this one and another. */
export type Pair = { readonly here: NodeCode; readonly there: NodeCode };

/** Whose word this is, within a pair: null = another pair's, or another text's. */
function sideOf({ node, peer, digest }: CatalogueSignature, { here, there }: Pair, of: string): keyof Pair | null {
  if (digest !== of) return null;
  if (node === here && peer === there) return "here";
  return node === there && peer === here ? "there" : null;
}

/** The signatures of a pair under one text, own first; null where there is none. */
export function signaturesOfPair(
  digest: string,
  signatures: readonly CatalogueSignature[],
  pair: Pair,
): Readonly<Record<keyof Pair, CatalogueSignature | null>> {
  const by = (side: keyof Pair) => signatures.find((one) => sideOf(one, pair, digest) === side) ?? null;
  return { here: by("here"), there: by("there") };
}

/**
 * How far a version has come between two desks: folded from the signatures that are held and from what this node has
 * done with it. The order in which the signatures came does not matter.
 * @source nmg:2.2.5 @source yn:4.1.1 @req REQ-20
 */
export function agreementState(
  version: Pick<CatalogueVersion, "digest" | "state">,
  signatures: readonly CatalogueSignature[],
  pair: Pair,
): AgreementState {
  const { here, there } = signaturesOfPair(version.digest, signatures, pair);
  const steps: AgreementStep[] = [];
  if (here !== null) steps.push("approveHere");
  if (there !== null) steps.push("approveThere");
  if (version.state === "inForce" || version.state === "superseded") {
    steps.push(here !== null && there !== null ? "takeEffect" : "adopt");
    if (version.state === "superseded") steps.push("supersede");
  }
  return steps.reduce<AgreementState>((state, step) => AGREEMENT_TABLE[state][step] ?? state, "draft");
}

/** Whether a desk may still sign a version. VERSION_STATE: it was followed by another; VERSION_OLDER: a later one is in force. */
export function checkApproval(
  version: CatalogueVersion,
  current: CatalogueVersion | null,
): Result<null, { readonly code: "VERSION_STATE" | "VERSION_OLDER" }> {
  if (version.state === "superseded") return err({ code: "VERSION_STATE" });
  // Not signed by anybody yet, so only the number of the same catalogue can say that it is late.
  const late =
    current !== null && version.version !== current.version && isOlder({ ...version, signatures: [] }, current);
  return late ? err({ code: "VERSION_OLDER" }) : ok(null);
}

/**
 * Whether a peer may read a version this node keeps: what was or is judged by here, what another desk gave, what one of the pair has
 * approved for the other, and the bases of these. A draft that nobody has approved is its author's matter.
 * @req REQ-08 @req REQ-20
 */
export function isOpenTo(
  version: string,
  versions: readonly CatalogueVersion[],
  signatures: readonly CatalogueSignature[],
  pair: Pair,
): boolean {
  const kept = versions.find((one) => one.version === version);
  if (kept === undefined) return false;
  const { here, there } = signaturesOfPair(kept.digest, signatures, pair);
  if (kept.state !== "draft" || kept.fetchedFrom !== null || here !== null || there !== null) return true;
  return versions.some(({ base, version: upper }) => base === version && isOpenTo(upper, versions, signatures, pair));
}

/**
 * Whether another desk has signed another text under this name: two texts under one name would each be explained by its own, so one of
 * the desks takes the next number. @source nmg:2.2.5 @req REQ-20
 */
export function isNameTaken(
  { version, digest }: Pick<CatalogueVersion, "version" | "digest">,
  signed: readonly (Pick<CatalogueVersion, "version" | "digest"> & { readonly laidAside: boolean })[],
): boolean {
  return signed.some((one) => one.version === version && one.digest !== digest && !one.laidAside);
}

/** So many approvals of one peer are kept of which nothing came: a city makes a few in a year. */
export const OPEN_APPROVALS_MOST = 64;

/** Two clocks may be so far apart: which of two agreements is later goes by what both signed, so a date further ahead would hold back the next. */
export const APPROVAL_AHEAD_MS = 5 * 60_000;

/** Whose word for whom, under which text. */
type ApprovalName = Pick<CatalogueSignature, "node" | "peer" | "digest"> & Pick<CatalogueVersion, "version">;

/**
 * Approvals of one peer of which nothing came: their text has not taken effect here, and no operator has laid them aside.
 */
export function openApprovals<A extends ApprovalName & { readonly laidAside: boolean }>(
  { node, peer }: Pick<ApprovalName, "node" | "peer">,
  versions: readonly Pick<CatalogueVersion, "version" | "digest" | "state">[],
  kept: readonly A[],
): readonly A[] {
  const tookEffect = (one: ApprovalName) =>
    versions.some(
      ({ version, digest, state }) =>
        version === one.version && digest === one.digest && (state === "inForce" || state === "superseded"),
    );
  return kept.filter((one) => one.node === node && one.peer === peer && !one.laidAside && !tookEffect(one));
}

/**
 * Whether an approval that a peer sends for the first time is kept. APPROVALS_FULL: as many of its earlier ones are open, which is until
 * their text takes effect here or an operator lays them aside; APPROVAL_AHEAD: its date has not come by this node's clock.
 */
export function checkPeerApproval(
  given: ApprovalName & { readonly approvedAt: Instant },
  versions: readonly Pick<CatalogueVersion, "version" | "digest" | "state">[],
  kept: readonly (ApprovalName & { readonly laidAside: boolean })[],
  at: Instant,
): Result<null, { readonly code: "APPROVALS_FULL" | "APPROVAL_AHEAD" }> {
  if (msBetween(at, given.approvedAt) > APPROVAL_AHEAD_MS) return err({ code: "APPROVAL_AHEAD" });
  return openApprovals(given, versions, kept).length >= OPEN_APPROVALS_MOST
    ? err({ code: "APPROVALS_FULL" })
    : ok(null);
}

/** What a node has to do now because two desks agree. */
export type AgreementMove = {
  readonly type: "takeEffect" | "confirm";
  readonly before: CatalogueVersion;
  readonly after: CatalogueVersion;
};

/**
 * The next version that two desks have signed and whose first day has come, or null. A node judges by one version: it takes what
 * its own operator has signed together with any of its peers; of several the one agreed first goes first, so that the one agreed
 * last stays. `peers` = those it is configured with: the word of any other counts no longer. What is in force by a plan alone becomes agreed when both have signed it.
 * @req REQ-20
 */
export function nextMove(
  versions: readonly CatalogueVersion[],
  signatures: readonly CatalogueSignature[],
  { here, peers }: { readonly here: NodeCode; readonly peers: readonly NodeCode[] },
  at: Instant,
): AgreementMove | null {
  const current = versions.find(({ state }) => state === "inForce") ?? null;
  const moves = versions.flatMap((before): readonly AgreementMove[] => {
    for (const there of peers.toSorted()) {
      const by = signaturesOfPair(before.digest, signatures, { here, there });
      if (by.here === null || by.there === null) continue;
      const both = [by.here, by.there];
      const step: VersionStep & { readonly type: AgreementMove["type"] } =
        before.state === "inForce"
          ? { type: "confirm", signatures: both }
          : { type: "takeEffect", at, current, signatures: both };
      const after = advanceVersion(before, step);
      if (after.ok) return [{ type: step.type, before, after: after.value }];
    }
    return [];
  });
  return moves.toSorted((a, b) => (isOlder(a.after, b.after) ? -1 : 1))[0] ?? null;
}
