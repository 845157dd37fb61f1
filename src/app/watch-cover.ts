import type { Gap } from "../core/duty/index.ts";
import { DAY_MS, msBetween } from "../kernel/index.ts";
import type { Instant } from "../kernel/index.ts";
import type { Deps } from "./deps.ts";
import type { AlarmChange } from "./ports/store.ts";

/** A unit whose roster leaves times open, the earliest first, at least one. */
export type UncoveredRoster = { readonly unit: string; readonly gaps: readonly Gap[] };

/**
 * Mark of a time in which nobody will be, or is, on duty for a unit. Its subject is the unit's code and the start of the time,
 * `code@instant`, so that the next gap of the same roster is a mark of its own whatever was answered to this one; it belongs to no request.
 */
export const COVER_GAP = "coverGap";

/**
 * Raises a mark for the next gap in cover of every unit, before the gap begins: level 1, from a day before level 2, once it is open
 * level 3. A mark ends by itself when its gap is over or filled. Runs as often as one likes; nothing new writes nothing.
 * @source nmg:2.1 @source nmg:4.3 @req REQ-04
 */
export async function watchCover(
  deps: Pick<Deps, "store" | "queries" | "clock" | "node" | "wake">,
  uncovered: (now: Instant) => Promise<readonly UncoveredRoster[]>,
): Promise<void> {
  const now = deps.clock.now();
  const standing = new Map<string, number>();
  for (const alarm of await deps.queries.alarms(["supervisor"])) {
    if (alarm.kind === COVER_GAP) standing.set(alarm.subject, alarm.level);
  }
  const open = new Map<string, number>();
  for (const { unit, gaps } of await uncovered(now)) {
    const [first] = gaps;
    if (first !== undefined) open.set(subjectOf(unit, first, [...standing.keys()], now), levelOf(first, now));
  }
  const changes: AlarmChange[] = [];
  for (const [subject, level] of open) {
    if (level <= (standing.get(subject) ?? 0)) continue;
    changes.push({ raise: COVER_GAP, subject, caseId: null, level, dial: null, audience: "supervisor", at: now });
  }
  for (const subject of standing.keys()) {
    if (!open.has(subject)) changes.push({ clear: COVER_GAP, subject, at: now });
  }
  if (changes.length === 0) return;
  await deps.store.commit({
    home: deps.node.home,
    streams: [],
    index: null,
    caseKey: null,
    vault: [],
    outbox: [],
    timers: [],
    alarms: changes,
    notices: [],
    reads: [],
    inbox: null,
    command: null,
  });
  deps.wake.wake("alarms");
}

/** A gap that is open is seen from now on; the mark that was raised for its start goes on standing. */
function subjectOf(unit: string, { from }: Gap, standing: readonly string[], now: Instant): string {
  const ahead = `${unit}@${from}`;
  if (from > now) return ahead;
  const begun = standing.filter((subject) => subject.startsWith(`${unit}@`) && subject <= `${unit}@${now}`);
  return begun.toSorted().at(-1) ?? ahead;
}

function levelOf({ from }: Gap, now: Instant): number {
  const ahead = msBetween(now, from);
  if (ahead <= 0) return 3;
  return ahead <= DAY_MS ? 2 : 1;
}
