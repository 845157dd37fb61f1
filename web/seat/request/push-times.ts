import type { LinkageView, TimelineEntry } from "./contract-types.ts";

/** One push of an urgent linkage: when it left or came, and when it was first on a screen; null = not yet, or not known here. */
export type PushTime = { readonly no: number; readonly pushedAt: string | null; readonly shownAt: string | null };

function numberIn(row: TimelineEntry, name: string): number {
  const value = row.details[name];
  return typeof value === "number" ? value : 0;
}

/**
 * When each push of a linkage left and when it was on the other desk's screen, newest first, from the history; nothing while there
 * was only one, whose times stand in the steps. A screen that shows a push shows every one before it. @source nmg:2.2.1
 */
export function pushTimes(
  linkage: Pick<LinkageView, "id" | "pushNo">,
  timeline: readonly TimelineEntry[],
): readonly PushTime[] {
  if (linkage.pushNo < 2) return [];
  const own = timeline.filter((row) => row.stream === "linkage" && row.streamId === linkage.id);
  return Array.from({ length: linkage.pushNo }, (_, i) => linkage.pushNo - i).map((no) => ({
    no,
    pushedAt: own.find((row) => numberIn(row, "pushNo") === no)?.at ?? null,
    shownAt: own.find((row) => numberIn(row, "shownPushNo") >= no)?.at ?? null,
  }));
}
