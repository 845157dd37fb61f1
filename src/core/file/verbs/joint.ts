import type { LinkageId } from "../../../kernel/index.ts";
import { allowedLinkageCommands } from "../../linkage/index.ts";
import { isResponsible } from "../../responsibility/index.ts";
import { briefOf, inScope, isConfidential } from "../brief.ts";
import { commandLinkage, emitCase, linkageFileOf, takeId, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileCommand, FileRefusal } from "../file.ts";
import { otherSide } from "../peers.ts";
import { targetOf } from "./hand-over.ts";
import { unread } from "./tell.ts";

/**
 * 联合调处: the desk that holds a dispute goes on with its own part and asks the other desk to work on another one beside it, at once
 * and whatever state its own part is in. Asked once more while it runs, it is an addition; after its end it begins anew.
 * Errors: TELLING_CLOSED, CASE_NOT_HOLDER, NO_PEER, ROUTE_UNCLEAR, ROUTE_NONE, PEER_TOO_OLD, PEER_NOT_HEARD.
 * @source nmg:2.2.2 @source yn:3.2 @req REQ-23 @req REQ-24
 */
export function askJoint(draft: Draft, command: FileCommand & { type: "askJoint" }): FileRefusal | null {
  const state = theCase(draft);
  if (state.status === "closed") return { code: "TELLING_CLOSED" };
  if (!isResponsible(linkageFileOf(draft), "ordinary")) return { code: "CASE_NOT_HOLDER" };
  const side = otherSide(draft.context.side);
  const found = targetOf(draft, command.to, side);
  if (!found.ok) return found.error;
  const silent = unread(found.value, "joint");
  if (silent !== null) return silent;
  const { nodeCode: to } = found.value;
  const known = [...draft.linkages.values()].find((l) => l.kind === "joint" && l.role === "S" && l.peer === to);
  const brief = briefOf(state, "peerTransfer");
  const { what } = command;
  if (known !== undefined && allowedLinkageCommands(linkageFileOf(draft), known.id).includes("add"))
    return commandLinkage(draft, known.id, { type: "add", sealed: [], brief, ...(what === null ? {} : { what }) });
  return commandLinkage(draft, known?.id ?? null, {
    type: "askJoint",
    linkageId: known?.id ?? (takeId(draft) as LinkageId),
    to,
    brief,
    firstReceiver: state.firstReceiver,
    catalogueVersion: state.verdict?.catalogueVersion ?? draft.context.catalogueVersion,
    regime: draft.context.regime({ to: side, verdict: state.verdict }),
    what,
  });
}

/**
 * The end of the part this desk was asked for, with what came of it; the desk that asked holds the matter and closes it when its own
 * part has ended too. Errors: LINKAGE_UNKNOWN, RESULT_MISSING, ORDERS_OPEN, and the table's.
 * @source nmg:2.2.2 @req REQ-24
 */
export function endJoint(draft: Draft, command: FileCommand & { type: "endJoint" }): FileRefusal | null {
  const linkage = draft.linkages.get(command.linkageId);
  if (linkage === undefined || linkage.kind !== "joint") return { code: "LINKAGE_UNKNOWN" };
  if (command.result === null) return { code: "RESULT_MISSING" };
  const state = theCase(draft);
  const count = state.orders.filter((o) => o.open).length;
  if (count > 0) return { code: "ORDERS_OPEN", count };
  const result = inScope([command.result], "peerTransfer", isConfidential(state))[0] ?? null;
  const refused = commandLinkage(draft, linkage.id, { type: "end", outcome: command.outcome, result });
  if (refused !== null) return refused;
  emitCase(draft, [{ ...draft.head, type: "CaseAmended", facts: {}, sealed: [command.result], danger: false }]);
  return null;
}
