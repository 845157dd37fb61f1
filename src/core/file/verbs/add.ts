import type { Sealed } from "../../../kernel/index.ts";
import { allowedLinkageCommands } from "../../linkage/index.ts";
import type { Linkage } from "../../linkage/index.ts";
import { briefOf, inScope, isConfidential } from "../brief.ts";
import { commandLinkage, linkageFileOf, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";

/**
 * What is new goes to every desk the matter was handed or pushed to, within the scope of each hand-over; `fits` leaves some out.
 * A hand-over that takes no addition any more is passed over. @source nmg:2.2.1 @req REQ-14
 */
export function addTo(draft: Draft, sealed: readonly Sealed[], fits: (linkage: Linkage) => boolean = () => true): void {
  const state = theCase(draft);
  for (const linkage of draft.linkages.values()) {
    if (!fits(linkage) || !allowedLinkageCommands(linkageFileOf(draft), linkage.id).includes("add")) continue;
    const purpose = linkage.kind === "urgent" ? "peerDanger" : "peerTransfer";
    const shown = inScope(sealed, purpose, isConfidential(state));
    commandLinkage(draft, linkage.id, {
      type: "add",
      sealed: shown,
      brief: { ...briefOf(state, purpose), sealed: shown },
    });
  }
}
