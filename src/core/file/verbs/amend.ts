import { tellCase, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileCommand, FileRefusal } from "../file.ts";
import { correctedFacts } from "../told.ts";
import { addTo } from "./add.ts";
import { completeDanger } from "./danger.ts";
import { tellPeers } from "./progress.ts";

/**
 * What is learned later is written into the case and travels at once to every desk that shares it: nobody asks twice.
 * Errors: CASE_NOT_IN_STATUS (closed).
 * @source nmg:2.2.1 @req REQ-14
 */
export function amend(draft: Draft, command: FileCommand & { type: "amend" }): FileRefusal | null {
  const was = theCase(draft).place;
  const facts = correctedFacts(theCase(draft), command.facts);
  const refused = tellCase(draft, { type: "amend", facts: command.facts, sealed: command.sealed, danger: false });
  if (refused !== null) return refused;
  // What kind of request it is says nothing of a danger that is over: not one seat is rung for it again. Words and the place may.
  const tells = command.sealed.length > 0 || command.facts.place !== undefined;
  addTo(draft, command.sealed, ({ kind, state }) => tells || kind !== "urgent" || state !== "ended");
  if (command.facts.place !== undefined) completeDanger(draft, was);
  const [first = null, ...rest] = command.sealed;
  if (first !== null || Object.keys(facts).length > 0) tellPeers(draft, "noted", { note: first, facts });
  for (const note of rest) tellPeers(draft, "noted", { note });
  return null;
}
