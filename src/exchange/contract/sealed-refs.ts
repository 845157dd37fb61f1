import type { LinkageMessageBody } from "../../core/linkage/index.ts";
import { exhaustive, type Sealed } from "../../kernel/index.ts";

function listOf(...refs: readonly (Sealed | null)[]): readonly Sealed[] {
  return refs.filter((ref) => ref !== null);
}

/**
 * Every sealed reference a message holds, in reading order. What may be enclosed with it is exactly this: a value
 * nobody referred to has no place beside a message (知悉范围).
 * @source nmg:2.3.2
 */
export function sealedRefs(body: LinkageMessageBody): readonly Sealed[] {
  switch (body.type) {
    case "offer":
      return [...body.brief.sealed, ...listOf(body.initialResponse, body.ruling?.note ?? null)];
    case "push":
      return body.brief.sealed;
    case "notice":
      return [...body.brief.sealed, ...listOf(body.text)];
    case "joint":
      return [...body.brief.sealed, ...listOf(body.what)];
    case "support":
      return [...body.brief.sealed, ...listOf(body.what, body.where, body.when)];
    case "addition":
      return [...body.sealed, ...body.brief.sealed];
    case "returned":
      return listOf(body.note, body.grounds?.basis ?? null, body.grounds?.proposedOwner ?? null);
    case "bound":
      return listOf(body.note ?? null);
    case "withdrawn":
    case "negotiate":
    case "ruling":
    case "progress":
    case "reopen":
    case "granted":
    case "declined":
      return listOf(body.note);
    case "concluded":
    case "ended":
    case "supportEnded":
      return listOf(body.result);
    case "accepted":
    case "confirmed":
    case "held":
    case "rejected":
    case "conclusionHeld":
    case "closed":
    case "reopened":
    case "delivered":
    case "noSeatOnDuty":
    case "signed":
    case "endHeld":
    case "noticeRead":
      return [];
    default:
      return exhaustive(body);
  }
}
