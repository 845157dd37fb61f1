import type { LinkageId } from "../../../kernel/index.ts";
import { briefOf } from "../brief.ts";
import { commandLinkage, takeId, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import { deskFor } from "../peers.ts";
import type { FileRefusal, FileCommand } from "../file.ts";

/**
 * Offers the ordinary part to another desk. The kind follows from the verdict: part four of the annex goes only after an
 * initial response; so does anything that this desk had already taken up (first-receiver rule). A clear matter at intake goes at once.
 * Errors: NO_PEER, NO_INITIAL_RESPONSE, ORDERS_OPEN, and the linkage table's (NOT_HOLDER, OFFER_OPEN, NOT_CONFIRMED, PASS_BACK_STEPWISE).
 * @source nmg:2.2.1 @source nmg:2.2.2 @source nmg:a4 @req REQ-14 @req REQ-18 @req REQ-28 @req REQ-92
 */
export function handOver(draft: Draft, command: FileCommand & { type: "handOver" }): FileRefusal | null {
  const state = theCase(draft);
  const { context } = draft;
  const side = context.side === "hotline" ? "police" : "hotline";
  const named =
    command.to === null ? deskFor(context, side, state.place) : context.peers.find((p) => p.nodeCode === command.to);
  const peer = named ?? null;
  if (peer === null) return { code: "NO_PEER", side };
  const kind = kindOf(draft);
  if (kind === "afterInitialResponse" && state.initialResponse === null)
    return { code: "NO_INITIAL_RESPONSE", linkageId: null, state: null };
  const open = state.orders.filter((o) => o.open && o.kind === "work").length;
  if (open > 0) return { code: "ORDERS_OPEN", count: open };
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
    catalogueVersion: context.catalogueVersion,
  });
}

function kindOf(draft: Draft): "clear" | "afterInitialResponse" {
  const state = theCase(draft);
  const policeFirst = draft.context.side === "police" && state.verdict?.mode === "policeFirstThenHotline";
  const takenUp = state.status === "accepted" || state.status === "handling";
  return policeFirst || takenUp ? "afterInitialResponse" : "clear";
}
