import { err, ok } from "../../../kernel/index.ts";
import type { LinkageId, NodeCode, Result } from "../../../kernel/index.ts";
import type { Case } from "../../case/index.ts";
import { offerRefusal } from "../../linkage/index.ts";
import { briefOf } from "../brief.ts";
import { commandLinkage, takeId, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import { otherSide, peerRoute } from "../peers.ts";
import type { CaseFile, FileRefusal, FileCommand, PeerDesk } from "../file.ts";
import { linkageView } from "../view.ts";

/**
 * Offers the ordinary part to another desk. The kind follows from the verdict: part four of the annex goes only after an
 * initial response; so does anything that this desk had already taken up (first-receiver rule). A clear matter at intake goes at once.
 * It goes to the desk a person named, else to the one the routing table names for the place.
 * Errors: NO_PEER, ROUTE_UNCLEAR, ROUTE_NONE, NO_INITIAL_RESPONSE, ORDERS_OPEN, and the linkage table's (NOT_HOLDER, OFFER_OPEN, NOT_CONFIRMED, PASS_BACK_STEPWISE).
 * @source nmg:2.2.1 @source nmg:2.2.2 @source nmg:a4 @req REQ-14 @req REQ-18 @req REQ-21 @req REQ-28 @req REQ-92
 */
export function handOver(draft: Draft, command: FileCommand & { type: "handOver" }): FileRefusal | null {
  const state = theCase(draft);
  const { context } = draft;
  const side = otherSide(context.side);
  const found = targetOf(draft, command.to, side);
  if (!found.ok) return found.error;
  const peer = found.value;
  const kind = kindOf(state, context.side);
  const missing = missingStep(state, kind);
  if (missing !== null) return missing;
  return commandLinkage(draft, null, {
    type: "offer",
    linkageId: takeId(draft) as LinkageId,
    kind,
    to: peer.nodeCode,
    brief: briefOf(state, "peerTransfer"),
    firstReceiver: state.firstReceiver,
    initialResponse: state.initialResponse,
    followPolicy: context.followPolicy,
    regime: context.regime({ to: peer.side, verdict: state.verdict }),
    catalogueVersion: state.verdict?.catalogueVersion ?? context.catalogueVersion,
  });
}

/** The desk a person named, else the one of that side the routing table names for the place. Errors: NO_PEER, ROUTE_UNCLEAR, ROUTE_NONE. */
export function targetOf(
  { context, case: state, head }: Draft,
  to: NodeCode | null,
  side: PeerDesk["side"],
): Result<PeerDesk, FileRefusal> {
  const linked = context.peers.filter((peer) => peer.side === side);
  if (to !== null || linked.length === 0) {
    const named = context.peers.find((peer) => peer.nodeCode === to);
    return named === undefined ? err({ code: "NO_PEER", side }) : ok(named);
  }
  const route = peerRoute(context, side, state?.place ?? null, head.at);
  switch (route.kind) {
    case "one":
      return ok(route.peer);
    case "choice":
      return err({ code: "ROUTE_UNCLEAR", side, desks: route.peers.map((peer) => peer.nodeCode) });
    case "none":
      return err({
        code: "ROUTE_NONE",
        side,
        desk: route.desk?.nameZh ?? null,
        dial: route.desk?.dutyPhone ?? null,
      });
  }
}

/**
 * Why a hand-over would be refused now to whatever desk, null when it would go: so that a screen offers nothing in vain. What only
 * the target tells (NO_PEER, ROUTE_UNCLEAR, ROUTE_NONE, PASS_BACK_STEPWISE) is not asked. Codes: NO_INITIAL_RESPONSE, ORDERS_OPEN (`count`), NOT_HOLDER,
 * OFFER_OPEN, NOT_CONFIRMED.
 * @source nmg:2.2.2 @source nmg:a4
 */
export function handOverRefusal(file: CaseFile, side: "hotline" | "police"): HandOverRefusal | null {
  const state = file.case;
  if (state === null) return null;
  const missing = missingStep(state, kindOf(state, side));
  if (missing !== null) return missing.code === "ORDERS_OPEN" ? missing : { code: missing.code };
  const code = offerRefusal(linkageView(state, file.linkages));
  return code === null ? null : { code };
}

/** A refusal of a hand-over as a screen is told it: the code, and how many orders are open. */
export type HandOverRefusal = { readonly code: FileRefusal["code"]; readonly count?: number };

type OfferKind = "clear" | "afterInitialResponse";

type MissingStep =
  | { readonly code: "NO_INITIAL_RESPONSE"; readonly linkageId: null; readonly state: null }
  | { readonly code: "ORDERS_OPEN"; readonly count: number };

function missingStep(state: Case, kind: OfferKind): MissingStep | null {
  if (kind === "afterInitialResponse" && state.initialResponse === null)
    return { code: "NO_INITIAL_RESPONSE", linkageId: null, state: null };
  const count = state.orders.filter((o) => o.open && o.kind === "work").length;
  return count > 0 ? { code: "ORDERS_OPEN", count } : null;
}

function kindOf(state: Case, side: "hotline" | "police"): OfferKind {
  const policeFirst = side === "police" && state.verdict?.mode === "policeFirstThenHotline";
  const takenUp = state.status === "accepted" || state.status === "handling";
  return policeFirst || takenUp ? "afterInitialResponse" : "clear";
}
