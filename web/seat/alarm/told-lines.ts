import type { AlarmView } from "../../../src/http/contract/index.ts";

/** Marks of what the other desk has said or asked, the one that waits for an answer first. */
const KINDS = ["supportAsked", "jointAsked", "lateReply", "supportMoved", "jointMoved", "noticeUnread"] as const;

/** Of these somebody waits for an answer here. */
const WAITED: ReadonlySet<string> = new Set(["supportAsked", "jointAsked"]);

/** How many stand on a screen; beside a danger only one, and that only while somebody waits for it. */
const MOST = 2;

/** What another desk told or asked, as far as it stands above the screens, and how much more there is. @source yn:3.3 @source nmg:2.2.3 */
export function toldLines(
  alarms: readonly AlarmView[],
  dangers: number,
): { readonly shown: readonly AlarmView[]; readonly more: number } {
  const open = KINDS.flatMap((kind) =>
    alarms
      .filter((one) => one.kind === kind && one.requestNo !== null && one.acknowledgedAt === null)
      // `toSorted` is one browser version too young for the oldest screens (ADR 0010).
      .sort((a, b) => (a.raisedAt < b.raisedAt ? -1 : 1)),
  );
  const shown = dangers > 0 ? open.filter(({ kind }) => WAITED.has(kind)).slice(0, 1) : open.slice(0, MOST);
  return { shown, more: shown.length === 0 ? 0 : open.length - shown.length };
}
