import type { RequestView } from "../../../../src/http/contract/index.ts";
import { isHandOver } from "../telling.tsx";

type Linkage = Pick<RequestView["linkages"][number], "kind" | "role" | "state" | "peerSide" | "allowed">;
type Seen = Pick<RequestView, "status" | "responsible"> & { readonly linkages: readonly Linkage[] };

/**
 * Why a request cannot be handed over now, and whether taking it back is the step that comes first. The order is that of what helps:
 * what was given back or still waits over there is taken back; what is worked on elsewhere, or was not accepted here, is not ours.
 * @source nmg:2.2.1
 */
export function whyNotHandOver(seen: Seen): {
  readonly why: "returned" | "waiting" | "theirs" | "offered" | "ended" | "unknown";
  readonly peerSide: Linkage["peerSide"] | null;
  readonly takeBack: boolean;
} {
  const ordinary = seen.linkages.filter(isHandOver);
  const open = ordinary.findLast((one) => one.role === "S" && one.allowed.includes("withdraw"));
  if (open !== undefined) {
    return { why: open.state === "returned" ? "returned" : "waiting", peerSide: open.peerSide, takeBack: true };
  }
  const peerSide = ordinary.at(-1)?.peerSide ?? null;
  if (seen.status === "offered") return { why: "offered", peerSide, takeBack: false };
  if (seen.status === "handedOver") return { why: "theirs", peerSide, takeBack: false };
  const ended = ["closed", "stoodDown", "concluded"].includes(seen.status);
  return { why: ended ? "ended" : "unknown", peerSide, takeBack: false };
}
