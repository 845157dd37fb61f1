import type { LinkageView } from "./contract-types.ts";

/** Which push of an urgent linkage was the last, which the other desk has had on screen, and whether that is an older one. */
export function seenPushes(linkage: Pick<LinkageView, "pushNo" | "shownPushNo" | "deliveredAt">): {
  readonly last: number;
  readonly shown: number;
  readonly older: boolean;
} {
  const { pushNo: last, shownPushNo: shown } = linkage;
  return { last, shown, older: linkage.deliveredAt !== null && shown > 0 && shown < last };
}
