import { allowedLinkageCommands } from "../../linkage/index.ts";
import type { Linkage, LinkageCommand } from "../../linkage/index.ts";
import { inScope, isConfidential } from "../brief.ts";
import { commandLinkage, emitCase, linkageFileOf, tellCase, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileCommand, FileRefusal } from "../file.ts";
import { tellPeers } from "./progress.ts";

/** The linkage by which the ordinary part came here and that still waits for `command`, if any. */
function incoming(draft: Draft, command: LinkageCommand["type"]): Linkage | null {
  const file = linkageFileOf(draft);
  const found = [...draft.linkages.values()].filter(
    (l) => l.kind !== "urgent" && allowedLinkageCommands(file, l.id).includes(command),
  );
  return found.find((l) => l.role === "R") ?? found[0] ?? null;
}

/**
 * 办结: handling is finished. A matter that came from the other desk is concluded towards it in the same transaction.
 * Errors: RESULT_MISSING, NOT_JUDGED, FACTS_MISSING, ORDERS_OPEN, CASE_NOT_HOLDER, UNREAD_ADDITION.
 * @source nmg:2.2.1 @req REQ-13 @req REQ-51
 */
export function conclude(draft: Draft, command: FileCommand & { type: "conclude" }): FileRefusal | null {
  const from = incoming(draft, "conclude");
  const refused = tellCase(draft, { type: "conclude", resolution: command.resolution, result: command.result });
  if (refused !== null) return refused;
  draft.notices.push({ to: "requester", unit: null, template: "requestConcluded" });
  if (from === null) return null;
  const state = theCase(draft);
  const result =
    command.result === null ? null : (inScope([command.result], "peerTransfer", isConfidential(state))[0] ?? null);
  return commandLinkage(draft, from.id, { type: "conclude", resolution: command.resolution, result });
}

/** 回访: one try to reach the requester. Errors: RATING_INCOMPLETE, CASE_NOT_IN_STATUS. @source nmg:2.2.1 @req REQ-13 */
export function callBack(draft: Draft, command: FileCommand & { type: "callBack" }): FileRefusal | null {
  const refused = tellCase(draft, command);
  if (refused !== null) return refused;
  tellPeers(draft, "calledBack", null);
  return null;
}

/**
 * 归档. Towards the other desk the rating goes along; before its receipt for the conclusion is here nothing can be closed.
 * Errors: NOT_CALLED_BACK, CASE_NOT_HOLDER, CONCLUSION_NOT_HELD.
 * @source nmg:2.2.1 @req REQ-13
 */
export function close(draft: Draft): FileRefusal | null {
  const waiting = [...draft.linkages.values()].find(
    (l) => l.role === "R" && (l.state === "concluding" || l.state === "concluding?"),
  );
  if (waiting !== undefined) return { code: "CONCLUSION_NOT_HELD" };
  const to = incoming(draft, "close");
  const refused = tellCase(draft, { type: "close" });
  if (refused !== null) return refused;
  if (to === null) return null;
  const { rating, callbacks } = theCase(draft);
  return commandLinkage(draft, to.id, {
    type: "close",
    rating: {
      satisfaction: rating?.satisfaction ?? null,
      solved: rating?.solved ?? null,
      reached: callbacks.some((c) => c.outcome === "reached") || rating !== null,
    },
  });
}

/** 重办. A matter that the other desk concluded goes back to it; one of our own starts again here. @source nmg:2.2.5 */
export function reopen(draft: Draft, command: FileCommand & { type: "reopen" }): FileRefusal | null {
  const shared = incoming(draft, "reopen");
  if (shared !== null) {
    const refused = commandLinkage(draft, shared.id, { type: "reopen", reason: command.reason, note: command.note });
    if (refused !== null) return refused;
  }
  const { status } = theCase(draft);
  if (status !== "concluded" && status !== "closed") return null;
  return tellCase(draft, { type: "reopen", reason: command.reason, note: command.note });
}

/** End of the danger part: handled, or no danger found. Errors: LINKAGE_UNKNOWN and the table's. @source nmg:2.2.1 @req REQ-26 */
export function endDanger(draft: Draft, command: FileCommand & { type: "endDanger" }): FileRefusal | null {
  const linkage = draft.linkages.get(command.linkageId);
  if (linkage === undefined || linkage.kind !== "urgent") return { code: "LINKAGE_UNKNOWN" };
  const state = theCase(draft);
  const result =
    command.result === null ? null : (inScope([command.result], "peerDanger", isConfidential(state))[0] ?? null);
  const refused = commandLinkage(draft, linkage.id, { type: "end", outcome: command.outcome, result });
  if (refused !== null || command.result === null) return refused;
  emitCase(draft, [{ ...draft.head, type: "CaseAmended", facts: {}, sealed: [command.result], danger: false }]);
  return null;
}
