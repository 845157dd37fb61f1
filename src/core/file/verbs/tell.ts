import type { LinkageId } from "../../../kernel/index.ts";
import { briefOf } from "../brief.ts";
import { commandLinkage, linkageFileOf, takeId, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileCommand, FileRefusal, PeerDesk } from "../file.ts";
import { isResponsible } from "../../responsibility/index.ts";
import { otherSide } from "../peers.ts";
import { targetOf } from "./hand-over.ts";

/**
 * Tells the other desk something of a matter (互相通报), or asks it for help with one (应急支援). Neither moves it: who was responsible
 * is. Anybody with a copy that is not closed may tell; help is asked for by who acts, for the matter or for its danger.
 * Errors: TELLING_CLOSED, CASE_NOT_HOLDER, NO_PEER, ROUTE_UNCLEAR, ROUTE_NONE, PEER_TOO_OLD, PEER_NOT_HEARD, NOTICE_MISSING, SUPPORT_MISSING.
 * @source yn:3.3 @source nmg:2.2.3 @req REQ-32 @req REQ-33
 */
export function tell(draft: Draft, command: FileCommand & { type: "notify" | "askSupport" }): FileRefusal | null {
  const state = theCase(draft);
  const { type } = command;
  if (state.status === "closed") return { code: "TELLING_CLOSED" };
  if (type === "askSupport" && !acts(draft)) return { code: "CASE_NOT_HOLDER" };
  const found = targetOf(draft, command.to, otherSide(draft.context.side));
  if (!found.ok) return found.error;
  const silent = unread(found.value, type === "notify" ? "notice" : "support");
  if (silent !== null) return silent;
  const telling = {
    linkageId: takeId(draft) as LinkageId,
    to: found.value.nodeCode,
    brief: briefOf(state, "peerTold"),
    firstReceiver: state.firstReceiver,
    catalogueVersion: state.verdict?.catalogueVersion ?? draft.context.catalogueVersion,
  };
  if (command.type === "notify") return commandLinkage(draft, null, { type: "notify", ...telling, text: command.text });
  const { what, where, when } = command;
  return commandLinkage(draft, null, { type: "askSupport", ...telling, what, where, when });
}

function acts(draft: Draft): boolean {
  const file = linkageFileOf(draft);
  const parts = ["ordinary", "danger", "partner"] as const;
  return parts.some((part) => isResponsible(file, part)) || theCase(draft).dangerHere;
}

/** A desk whose program does not read such a message would never be shown it: refused before anything is sent. */
export function unread(
  { nodeCode: desk, dutyPhone: dial, kinds }: PeerDesk,
  kind: "notice" | "support" | "joint",
): FileRefusal | null {
  if (kinds === undefined || kinds?.includes(kind) === true) return null;
  return { code: kinds === null ? "PEER_NOT_HEARD" : "PEER_TOO_OLD", desk, dial };
}
