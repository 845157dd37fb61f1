import type { LinkageCommand } from "../../linkage/index.ts";
import { commandLinkage, emitCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileCommand, FileRefusal } from "../file.ts";

type LinkageFileCommand = FileCommand & {
  type: "withdraw" | "negotiate" | "hold" | "acceptOffer" | "return" | "readAdditions" | "shown" | "sign";
};

/**
 * What a person does with one hand-over. The linkage table decides; a spoken reason is kept in the case as well.
 * Errors: LINKAGE_UNKNOWN and the table's codes.
 * @source nmg:2.2.1 @source nmg:2.2.2 @req REQ-14 @req REQ-15 @req REQ-16
 */
export function handleLinkage(draft: Draft, command: LinkageFileCommand): FileRefusal | null {
  if (!draft.linkages.has(command.linkageId)) return { code: "LINKAGE_UNKNOWN" };
  const refused = commandLinkage(draft, command.linkageId, linkageCommandOf(command));
  if (refused !== null) return refused;
  const note = "note" in command ? command.note : null;
  if (note !== null)
    emitCase(draft, [{ ...draft.head, type: "CaseAmended", facts: {}, sealed: [note], danger: false }]);
  return null;
}

function linkageCommandOf(command: LinkageFileCommand): LinkageCommand {
  switch (command.type) {
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
    case "hold":
    case "readAdditions":
    case "shown":
      return { type: command.type };
    case "sign":
      return { type: "sign", onScreen: command.onScreen };
  }
}
