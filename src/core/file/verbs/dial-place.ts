import type { Linkage } from "../../linkage/index.ts";
import { theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { CaseFile } from "../file.ts";
import { dangerDesks, placeByVoice } from "../peers.ts";

/**
 * Pushes go to the nearest linked 110; when the place's own has no data link its number is to be dialled, and again with every
 * further push to whomever, for the call before told nothing of it. One mark for a danger, on the push made for this place, else on the
 * oldest that is open: it does not move to a push that may end while that one stands. It ends with an outcome, with that push, or when the
 * place is corrected. @source nmg:2.2.1
 */
export function dialPlace(draft: Draft, before: Pick<CaseFile, "case" | "linkages">): void {
  if (draft.case === null || draft.context.side !== "hotline") return;
  const pushes = [...draft.linkages.values()].filter((l) => l.kind === "urgent" && l.role === "S");
  const open = pushes.filter(({ state }) => state !== "ended");
  const { place } = theCase(draft);
  const level = loudness(pushes);
  const isMoved = place !== (before.case?.place ?? null);
  if (level === loudness(before.linkages.filter((l) => l.kind === "urgent" && l.role === "S")) && !isMoved) return;
  const desk = placeByVoice(draft.context, place, draft.head.at);
  const subject = desk === null ? null : (pushedFor(draft, open)?.id ?? null);
  const known = new Set(before.linkages.map(({ id }) => id));
  for (const { id } of open) {
    if (known.has(id) && id !== subject) draft.alarms.push({ act: "clear", kind: "placeByVoice", subject: id });
  }
  if (desk === null || subject === null) return;
  draft.alarms.push({ act: "raise", kind: "placeByVoice", subject, level, dial: desk.dutyPhone, audience: "desk" });
}

/** Each push of a matter, wherever it went, is louder than the one before. */
function loudness(pushes: readonly Linkage[]): number {
  return pushes.reduce((sum, { k }) => sum + k, 0);
}

/** Of several pushes that are open the one to a desk that dangers of this place go to, else the oldest. */
function pushedFor(draft: Draft, open: readonly Linkage[]): Linkage | null {
  const desks = dangerDesks(draft.context, theCase(draft).place, draft.head.at);
  return open.findLast((l) => desks.some((desk) => desk.nodeCode === l.peer)) ?? open[0] ?? null;
}
