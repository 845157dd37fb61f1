import type { LinkageMessage } from "../../linkage/index.ts";
import { theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import { dangerOpen } from "../view.ts";

/**
 * What officers answer after their danger was ended is a mark at this desk, until a person says that it was seen: the danger is in no
 * queue any more and its copy may be closed. @source nmg:2.2.1 @req REQ-14
 */
export function markLateReply(draft: Draft): void {
  if (dangerOpen({ case: draft.case, linkages: [...draft.linkages.values()] })) return;
  const over = [...draft.linkages.values()].findLast((l) => l.kind === "urgent" && l.endedAt !== null);
  if (over === undefined) return;
  // Each answer is one more, here an order's, there one that was told: a mark that was seen comes back only when its level rises.
  const { sealed, orders } = theCase(draft);
  const told = Object.keys(sealed).filter((field) => field.startsWith("reply.")).length;
  const level = told + orders.filter(({ open, kind }) => kind === "police" && !open).length;
  draft.alarms.push({ act: "raise", kind: "lateReply", subject: over.id, level, dial: null, audience: "desk" });
}

/** The same at the desk that pushed: by the message that brings the answer. @source nmg:2.2.1 @req REQ-14 */
export function markTheirLateReply(draft: Draft, { body, conversation }: LinkageMessage): void {
  const pushed = draft.linkages.get(conversation);
  if (body.type !== "progress" || body.stage !== "fedBack" || body.note === null) return;
  if (pushed?.kind === "urgent" && pushed.state === "ended") markLateReply(draft);
}
