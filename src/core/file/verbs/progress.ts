import type { NodeCode, Sealed } from "../../../kernel/index.ts";
import { inScope, isConfidential } from "../brief.ts";
import { stamped } from "../told.ts";
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
    if (isToldOtherwise(linkage, open)) continue;
    // Who told us of a matter has it: what goes back is not narrowed as what came.
    const purpose = linkage.part === "danger" ? "peerDanger" : "peerTransfer";
    const shown = note === null ? null : (inScope([note], purpose, confidential)[0] ?? null);
    const told =
      facts === undefined || Object.keys(facts).length === 0 ? {} : { facts: stamped(theCase(draft), facts) };
    commandLinkage(draft, linkage.id, { type: "progress", stage, note: shown, ...told });
  }
}

const OVER: readonly Linkage["state"][] = ["withdrawn", "returned", "rejected", "absorbed"];

function isOver(linkage: Linkage): boolean {
  return OVER.includes(linkage.state);
}

/**
 * A desk that hears of the matter by a hand-over that lives is not told again by one that is over; and by the newest of its notices
 * only where it hears of it by nothing else.
 */
function isToldOtherwise(linkage: Linkage, open: readonly Linkage[]): boolean {
  const others = open.filter((l) => l.peer === linkage.peer && l.id !== linkage.id);
  if (linkage.part !== "none") return isOver(linkage) && others.some((l) => l.part !== "none" && !isOver(l));
  return others.some((l) => l.part !== "none") || open.findLast((l) => l.peer === linkage.peer) !== linkage;
}
