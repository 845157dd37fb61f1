import type { Sealed } from "../../../kernel/index.ts";
import { inScope, isConfidential } from "../brief.ts";
import { allowedLinkageCommands } from "../../linkage/index.ts";
import type { ProgressStage } from "../../linkage/index.ts";
import { commandLinkage, linkageFileOf, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";

/** Tells every desk that waits for us what happened, within the scope of that hand-over. @source nmg:2.3.1 @req REQ-51 */
export function tellPeers(draft: Draft, stage: ProgressStage, note: Sealed | null): void {
  const confidential = isConfidential(theCase(draft));
  for (const linkage of draft.linkages.values()) {
    if (!allowedLinkageCommands(linkageFileOf(draft), linkage.id).includes("progress")) continue;
    const purpose = linkage.kind === "urgent" ? "peerDanger" : "peerTransfer";
    const shown = note === null ? null : (inScope([note], purpose, confidential)[0] ?? null);
    commandLinkage(draft, linkage.id, { type: "progress", stage, note: shown });
  }
}
