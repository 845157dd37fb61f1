import { callbacksNow } from "../../case/index.ts";
import { allowedLinkageCommands, heldGrant } from "../../linkage/index.ts";
import type { Linkage, LinkageCommand } from "../../linkage/index.ts";
import { inScope, isConfidential } from "../brief.ts";
import { commandLinkage, emitCase, linkageFileOf, tellCase, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { Sealed } from "../../../kernel/index.ts";
import type { FileCommand, FileRefusal } from "../file.ts";
import { dangerNotTakenOver, jointOpen, supportOpen } from "../view.ts";
import { addTo } from "./add.ts";
import { tellPeers } from "./progress.ts";

/** The linkage by which the ordinary part came here and that still waits for `command`, if any. */
function incoming(draft: Draft, command: LinkageCommand["type"]): Linkage | null {
  const file = linkageFileOf(draft);
  const found = [...draft.linkages.values()].filter(
    (l) => l.part === "ordinary" && allowedLinkageCommands(file, l.id).includes(command),
  );
  return found.find((l) => l.role === "R") ?? found[0] ?? null;
}

/**
 * 办结: handling is finished. A matter that came from the other desk is concluded towards it in the same transaction.
 * Errors: RESULT_MISSING, NOT_JUDGED, FACTS_MISSING, ORDERS_OPEN, CASE_NOT_HOLDER, UNREAD_ADDITION.
 * @source nmg:2.2.1 @req REQ-13 @req REQ-51
 */
export function conclude(draft: Draft, command: FileCommand & { type: "conclude" }): FileRefusal | null {
  const { resolution, result } = command;
  const from = heldBy(draft);
  const refused = openOffer(draft) ?? tellCase(draft, { type: "conclude", resolution, result });
  if (refused !== null) return refused;
  draft.notices.push({ to: "requester", unit: null, template: "requestConcluded" });
  return from === null ? null : concludeTowards(draft, from, resolution, result);
}

/** 即问即答: answered at once; towards the other desk that is a conclusion like any other. Errors: as `conclude`. @source nmg:3.3 */
export function answer(draft: Draft, command: FileCommand & { type: "answer" }): FileRefusal | null {
  const from = heldBy(draft);
  const refused = openOffer(draft) ?? tellCase(draft, command);
  if (refused !== null) return refused;
  return from === null ? null : concludeTowards(draft, from, "answeredAtOnce", command.answer);
}

/**
 * Guidance ends a matter that is neither desk's. One that came from the other desk is not closed under its feet: it is
 * concluded towards it, and whoever owes the closing closes it. Errors: GUIDANCE_ONLY_FOR_NEITHER, GUIDANCE_MISSING, SUPPORT_OPEN, JOINT_OPEN.
 * @source nmg:2.2.1
 */
export function guide(draft: Draft, command: FileCommand & { type: "guide" }): FileRefusal | null {
  const from = heldBy(draft);
  const support = supportOpen([...draft.linkages.values()]);
  if (support !== null) return { code: "SUPPORT_OPEN", linkageId: support.id };
  const joint = jointOpen([...draft.linkages.values()]);
  if (joint !== null) return { code: "JOINT_OPEN", linkageId: joint.id };
  const refused = openOffer(draft) ?? tellCase(draft, command);
  if (refused !== null || from === null || command.guidance === null) return refused;
  emitCase(draft, [{ ...draft.head, type: "CaseConcluded", resolution: "guided", result: command.guidance }]);
  return concludeTowards(draft, from, "guided", command.guidance);
}

/**
 * The linkage by which the ordinary part is held here, null when it was registered here. What the table refuses on it is
 * refused: a linkage that was passed over because it would say no left the other desk without its conclusion.
 */
function heldBy(draft: Draft): Linkage | null {
  return heldGrant(linkageFileOf(draft))?.linkage ?? null;
}

function concludeTowards(draft: Draft, to: Linkage, resolution: string, result: Sealed | null): FileRefusal | null {
  const shown = result === null ? null : (inScope([result], "peerTransfer", isConfidential(theCase(draft)))[0] ?? null);
  return commandLinkage(draft, to.id, { type: "conclude", resolution, result: shown });
}

const OPEN_AT_SENDER: readonly Linkage["state"][] = ["offered", "negotiating", "held", "returned", "bound"];

/** A matter that is offered to another desk cannot be ended here: its acceptance may be under way. Withdraw first. */
function openOffer(draft: Draft): FileRefusal | null {
  const open = [...draft.linkages.values()].find((l) => l.role === "S" && OPEN_AT_SENDER.includes(l.state));
  return open === undefined ? null : { code: "OFFER_OPEN", linkageId: open.id, state: open.state };
}

/** 回访: one try to reach the requester. Errors: RATING_INCOMPLETE, CASE_NOT_IN_STATUS. @source nmg:2.2.1 @req REQ-13 */
export function callBack(draft: Draft, command: FileCommand & { type: "callBack" }): FileRefusal | null {
  const refused = tellCase(draft, command);
  if (refused !== null) return refused;
  tellPeers(draft, "calledBack");
  return null;
}

/**
 * 归档. Towards the other desk the rating goes along; before its receipt for the conclusion is here nothing can be closed, nor
 * while nobody at the other desk has taken its danger part over, nor while support that this desk asked for, or a part worked on beside it,
 * has not ended.
 * Errors: NOT_CALLED_BACK, CASE_NOT_HOLDER, CONCLUSION_NOT_HELD, DANGER_NOT_TAKEN_OVER, SUPPORT_OPEN, JOINT_OPEN, UNREAD_ADDITION.
 * @source nmg:2.2.1 @source nmg:a3 @req REQ-13
 */
export function close(draft: Draft): FileRefusal | null {
  const waiting = [...draft.linkages.values()].find(
    (l) => l.role === "R" && (l.state === "concluding" || l.state === "concluding?"),
  );
  if (waiting !== undefined) return { code: "CONCLUSION_NOT_HELD" };
  const danger = dangerNotTakenOver([...draft.linkages.values()]);
  if (danger !== null) return { code: "DANGER_NOT_TAKEN_OVER", linkageId: danger.id };
  const support = supportOpen([...draft.linkages.values()]);
  if (support !== null) return { code: "SUPPORT_OPEN", linkageId: support.id };
  const joint = jointOpen([...draft.linkages.values()]);
  if (joint !== null) return { code: "JOINT_OPEN", linkageId: joint.id };
  // By its state, not by what is allowed: a hand-over that cannot be closed now is refused and never left open behind a closed case.
  const callingBack = [...draft.linkages.values()].find((l) => l.role === "R" && l.state === "toCallBack");
  const to = callingBack ?? incoming(draft, "close");
  const refused = openOffer(draft) ?? tellCase(draft, { type: "close" });
  if (refused !== null) return refused;
  if (to === null) return null;
  const state = theCase(draft);
  const { rating } = state;
  return commandLinkage(draft, to.id, {
    type: "close",
    rating: {
      satisfaction: rating?.satisfaction ?? null,
      solved: rating?.solved ?? null,
      reached: callbacksNow(state).some((c) => c.outcome === "reached") || rating !== null,
    },
  });
}

/** 重办. A matter that the other desk concluded goes back to it; one of our own starts again here. @source nmg:2.2.5 */
export function reopen(draft: Draft, command: FileCommand & { type: "reopen" }): FileRefusal | null {
  const shared = incoming(draft, "reopen") ?? heldBy(draft);
  if (shared !== null) {
    const refused = commandLinkage(draft, shared.id, { type: "reopen", reason: command.reason, note: command.note });
    if (refused !== null) return refused;
  }
  const { status, origin } = theCase(draft);
  // A copy that shares nothing with the other desk any more is not ours to work on: the caller's matter is registered anew.
  if (shared === null && origin === "linkage") return { code: "CASE_NOT_HOLDER" };
  if (shared !== null && status !== "concluded" && status !== "closed") return null;
  return tellCase(draft, { type: "reopen", reason: command.reason, note: command.note });
}

/**
 * End of the danger part: handled, or no danger found. While officers have not answered it needs a reason in words, which every desk of
 * the matter reads: what they find may still be danger. Errors: LINKAGE_UNKNOWN, ORDERS_OPEN, and the table's.
 * @source nmg:2.2.1 @req REQ-14 @req REQ-26
 */
export function endDanger(draft: Draft, command: FileCommand & { type: "endDanger" }): FileRefusal | null {
  const linkage = draft.linkages.get(command.linkageId);
  if (linkage === undefined || linkage.kind !== "urgent") return { code: "LINKAGE_UNKNOWN" };
  const state = theCase(draft);
  const result =
    command.result === null ? null : (inScope([command.result], "peerDanger", isConfidential(state))[0] ?? null);
  const reason = command.ordersOpen ?? null;
  const count = state.orders.filter((o) => o.open && o.kind === "police").length;
  if (count > 0 && reason === null) return { code: "ORDERS_OPEN", count };
  const refused = commandLinkage(draft, linkage.id, { type: "end", outcome: command.outcome, result });
  if (refused !== null) return refused;
  const sealed = [command.result, reason].filter((one) => one !== null);
  if (sealed.length > 0) emitCase(draft, [{ ...draft.head, type: "CaseAmended", facts: {}, sealed, danger: false }]);
  if (reason === null) return null;
  tellPeers(draft, "noted", { note: reason });
  // Those it was handed to read it as well; it rings nobody anew for a danger that is over.
  addTo(draft, [reason], ({ kind }) => kind !== "urgent");
  return null;
}
