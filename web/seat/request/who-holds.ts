import type { Meta, RequestView } from "../../../src/http/contract/index.ts";
import { isHandOver } from "./telling.tsx";

type Side = Meta["side"];
type Linkage = Pick<RequestView["linkages"][number], "kind" | "role" | "state" | "peerSide" | "returned">;
type Seen = Pick<RequestView, "status" | "responsible" | "holder" | "dangerOpen" | "danger"> & {
  readonly linkages: readonly Linkage[];
};

/** Who answers for one part of a request: this desk, another one by its side, or nobody any more. */
export type Holder =
  | { readonly by: "ours" }
  | { readonly by: "theirs"; readonly side: Side | null }
  | { readonly by: "ended" };

/** Statuses that say how far this desk is; the others only say that it is not at it. */
const STAGES: ReadonlySet<string> = new Set(["registered", "accepted", "handling", "concluded"]);

/** A copy that is here for its danger or a part beside it alone, or was only told: closed means that this is over, and says nothing of the rest. */
function cameWithout({ responsible, linkages }: Seen): boolean {
  return !responsible && linkages.some((one) => one.role === "R") && !linkages.some(isHandOver);
}

/** A copy at rest that nobody works on here: this desk gave it back, or the other one took it back; by the last hand-over that came here. */
function whyStoodDown({ linkages }: Seen): "gaveBack" | "tookBack" | "stoodDown" {
  const last = linkages.filter(isHandOver).findLast((one) => one.role === "R");
  if ((last?.returned ?? null) !== null || last?.state === "returned") return "gaveBack";
  return last?.state === "withdrawn" ? "tookBack" : "stoodDown";
}

/** Who holds the ordinary part, and how far it is there as far as this desk knows; null stage = nothing to add. */
export function ordinaryPart(
  seen: Seen,
  sideOf: (node: string) => Side | null,
): { readonly holder: Holder; readonly stage: string | null } {
  if (seen.status === "closed" && !cameWithout(seen)) return { holder: { by: "ended" }, stage: "closed" };
  if (seen.responsible) return { holder: { by: "ours" }, stage: STAGES.has(seen.status) ? seen.status : null };
  const stage = seen.status === "stoodDown" ? whyStoodDown(seen) : seen.status === "offered" ? seen.status : null;
  if (seen.holder === null) return { holder: { by: "ended" }, stage };
  return { holder: { by: "theirs", side: sideOf(seen.holder) }, stage };
}

/**
 * Who answers for the danger part: the sender until it holds that a seat at the other desk has it on screen, then the desk
 * that was pushed; 110 for its own. Null = there never was one. @source nmg:2.2.1
 */
export function dangerPart(seen: Seen): Holder | null {
  if (!seen.danger && !seen.dangerOpen) return null;
  if (!seen.dangerOpen) return { by: "ended" };
  return pushedPart(seen, "urgent") ?? { by: "ours" };
}

/** Who answers for the part that the other desk was asked to work on, as for a danger. Null = there never was one. @source nmg:2.2.2 */
export function partnerPart(seen: Seen): Holder | null {
  if (!seen.linkages.some(({ kind }) => kind === "joint")) return null;
  return pushedPart(seen, "joint") ?? { by: "ended" };
}

/** By the pushes of one kind that have not ended; null = there are none. */
function pushedPart({ linkages }: Seen, kind: string): Holder | null {
  const open = linkages.filter((one) => one.kind === kind && one.state !== "ended");
  if (open.length === 0) return null;
  const here = open.some((one) => one.role === "R" || one.state === "pushed");
  return here ? { by: "ours" } : { by: "theirs", side: open.at(-1)?.peerSide ?? null };
}
