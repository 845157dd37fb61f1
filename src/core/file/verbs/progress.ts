import type { NodeCode, Sealed } from "../../../kernel/index.ts";
import { inScope, isConfidential } from "../brief.ts";
import { allowedLinkageCommands } from "../../linkage/index.ts";
import type { Linkage, ProgressStage, ToldFacts } from "../../linkage/index.ts";
import { commandLinkage, linkageFileOf, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";

/** What is told: a note, corrected facts, both or neither; `except` = the desk that told it to us. */
type Telling = { readonly note?: Sealed | null; readonly facts?: ToldFacts; readonly except?: NodeCode | undefined };

/**
 * Tells every desk that handed something to us what happened here, within the scope of that hand-over, also before we have
 * answered it: what is learned here must not wait for our decision.
 * @source nmg:2.3.1 @req REQ-14 @req REQ-51
 */
export function tellPeers(draft: Draft, stage: ProgressStage, { note = null, facts, except }: Telling = {}): void {
  const confidential = isConfidential(theCase(draft));
  const open = [...draft.linkages.values()].filter(
    (l) => l.peer !== except && allowedLinkageCommands(linkageFileOf(draft), l.id).includes("progress"),
  );
  for (const linkage of open) {
    if (isOver(linkage) && open.some((l) => l.peer === linkage.peer && !isOver(l))) continue;
    const purpose = linkage.kind === "urgent" ? "peerDanger" : "peerTransfer";
    const shown = note === null ? null : (inScope([note], purpose, confidential)[0] ?? null);
    const told = facts === undefined || Object.keys(facts).length === 0 ? {} : { facts };
    commandLinkage(draft, linkage.id, { type: "progress", stage, note: shown, ...told });
  }
}

const OVER: readonly Linkage["state"][] = ["withdrawn", "returned", "rejected", "absorbed"];

/** A desk that hears of the matter by a hand-over that lives is not told again by one that is over. */
function isOver(linkage: Linkage): boolean {
  return OVER.includes(linkage.state);
}
