import { allowedLinkageCommands } from "../../linkage/index.ts";
import { briefOf, inScope, isConfidential } from "../brief.ts";
import { commandLinkage, linkageFileOf, tellCase, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileCommand, FileRefusal } from "../file.ts";
import { correctedFacts } from "../told.ts";
import { completeDanger } from "./danger.ts";
import { tellPeers } from "./progress.ts";

/**
 * What is learned later is written into the case and travels at once to every desk that shares it: nobody asks twice.
 * Errors: CASE_NOT_IN_STATUS (closed).
 * @source nmg:2.2.1 @req REQ-14
 */
export function amend(draft: Draft, command: FileCommand & { type: "amend" }): FileRefusal | null {
  const facts = correctedFacts(theCase(draft), command.facts);
  const refused = tellCase(draft, { type: "amend", facts: command.facts, sealed: command.sealed, danger: false });
  if (refused !== null) return refused;
  const state = theCase(draft);
  for (const linkage of draft.linkages.values()) {
    if (!allowedLinkageCommands(linkageFileOf(draft), linkage.id).includes("add")) continue;
    const purpose = linkage.kind === "urgent" ? "peerDanger" : "peerTransfer";
    const sealed = inScope(command.sealed, purpose, isConfidential(state));
    commandLinkage(draft, linkage.id, { type: "add", sealed, brief: { ...briefOf(state, purpose), sealed } });
  }
  if (command.facts.place !== undefined) completeDanger(draft);
  const [first = null, ...rest] = command.sealed;
  if (first !== null || Object.keys(facts).length > 0) tellPeers(draft, "noted", { note: first, facts });
  for (const note of rest) tellPeers(draft, "noted", { note });
  return null;
}
