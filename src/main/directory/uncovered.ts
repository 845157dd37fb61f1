import { setImmediate } from "node:timers/promises";
import type { UncoveredRoster } from "../../app/watch-cover.ts";
import { dayKindsOf } from "../../core/clock/index.ts";
import { gapsOf } from "../../core/directory/index.ts";
import type { DirectoryEntry } from "../../core/directory/index.ts";
import { dutyDays } from "../../core/duty/index.ts";
import { DAY_MS, plusMs } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import type { RuleBook } from "../rules.ts";
import { DAYS_AHEAD } from "./summary.ts";

/** So many rosters are looked at before others have their turn: about 5 ms; 20,000 at once took 0.2 s and more. */
const AT_ONCE = 500;

/**
 * Units of a side whose roster leaves a time open within the next days, by the calendar of working days: holidays and make-up
 * working days as they are arranged. Units without a roster have none to look at. @source nmg:2.1 @req REQ-04
 */
export function uncoveredOf(
  rules: () => Pick<RuleBook, "directory" | "clock">,
  side: DirectoryEntry["side"],
): (now: Instant) => Promise<readonly UncoveredRoster[]> {
  return async (now) => {
    const { directory, clock } = rules();
    const own = directory.entries.filter((entry) => entry.side === side && entry.details.turns.length > 0);
    const ahead = dutyDays(now, plusMs(now, DAYS_AHEAD * DAY_MS), dayKindsOf(clock.calendar));
    const uncovered: UncoveredRoster[] = [];
    for (const [i, entry] of own.entries()) {
      if (i % AT_ONCE === AT_ONCE - 1) await setImmediate();
      const gaps = gapsOf(entry, ahead);
      if (gaps.length > 0) uncovered.push({ unit: entry.code, gaps });
    }
    return uncovered;
  };
}
