import type { LinkageCommand } from "../../linkage/index.ts";
import type { LinkageId } from "../../../kernel/index.ts";
import { briefOf } from "../brief.ts";
import { commandLinkage, emitCase, takeId, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileCommand, FileRefusal } from "../file.ts";
import { tellPeers } from "./progress.ts";

type LinkageFileCommand = FileCommand & {
  type:
    | "withdraw"
    | "negotiate"
    | "rule"
    | "hold"
    | "acceptOffer"
    | "return"
    | "readAdditions"
    | "shown"
    | "sign"
    | "readNotice"
    | "grantSupport"
    | "declineSupport"
    | "endSupport";
};

/** Of these the words stand with the linkage: they are none of the matter itself. */
const SAID_THERE: readonly LinkageFileCommand["type"][] = ["grantSupport", "declineSupport"];

/**
 * What a person does with one hand-over. The linkage table decides; a spoken reason is kept in the case as well.
 * Errors: LINKAGE_UNKNOWN, RULING_MISSING and the table's codes.
 * @source nmg:2.2.1 @source nmg:2.2.2 @source nmg:2.2.4 @req REQ-14 @req REQ-15 @req REQ-16
 */
export function handleLinkage(draft: Draft, command: LinkageFileCommand): FileRefusal | null {
  if (!draft.linkages.has(command.linkageId)) return { code: "LINKAGE_UNKNOWN" };
  if (command.type === "rule" && command.note === null) return { code: "RULING_MISSING" };
  const refused = commandLinkage(draft, command.linkageId, linkageCommandOf(command, draft));
  if (refused !== null) return refused;
  // A ruling for the desk that enters it goes over as an acceptance, which has no room for words.
  if (
    command.type === "rule" &&
    command.to === draft.context.self &&
    draft.linkages.get(command.linkageId)?.role === "R"
  )
    tellPeers(draft, "noted", { note: command.note });
  const note = "note" in command && !SAID_THERE.includes(command.type) ? command.note : null;
  if (note !== null)
    emitCase(draft, [{ ...draft.head, type: "CaseAmended", facts: {}, sealed: [note], danger: false }]);
  return null;
}

function linkageCommandOf(command: LinkageFileCommand, draft: Draft): LinkageCommand {
  switch (command.type) {
    case "rule": {
      const { to, ground: basis, note } = command;
      const brief = briefOf(theCase(draft), "peerTransfer");
      return { type: "ruling", to, basis, note, newLinkageId: takeId(draft) as LinkageId, brief };
    }
    case "withdraw":
      return { type: "withdraw", reason: command.reason, note: command.note };
    case "negotiate":
      return { type: "negotiate", note: command.note };
    case "return":
      return {
        type: "return",
        reason: command.reason,
        basis: command.basis,
        proposedOwner: command.proposedOwner,
        note: command.note,
      };
    case "acceptOffer":
      return { type: "accept" };
    case "grantSupport":
      return { type: "grant", note: command.note };
    case "declineSupport":
      return { type: "decline", note: command.note };
    case "endSupport":
      return { type: "endSupport", result: command.result };
    case "hold":
    case "readAdditions":
    case "readNotice":
    case "shown":
      return { type: command.type };
    case "sign":
      return { type: "sign", onScreen: command.onScreen };
  }
}
