import { setImmediate } from "node:timers/promises";
import type { UncoveredRoster } from "../../app/watch-cover.ts";
import type { DirectoryBook, DirectoryEntry } from "../../core/directory/index.ts";
import { coverGaps, dutyDays } from "../../core/duty/index.ts";
import type { DayKind } from "../../core/duty/index.ts";
import { DAY_MS, plusMs } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import { DAYS_AHEAD } from "./summary.ts";

/** So many rosters are looked at before others have their turn: about 5 ms; 20,000 at once took 0.2 s and more. */
const AT_ONCE = 500;

/** Units of a side whose roster leaves a time open within the next days; units without a roster have none to look at. */
export function uncoveredOf(
  book: DirectoryBook,
  side: DirectoryEntry["side"],
  dayKind: DayKind,
): (now: Instant) => Promise<readonly UncoveredRoster[]> {
  const own = book.entries.filter((entry) => entry.side === side && entry.details.turns.length > 0);
  return async (now) => {
    const ahead = dutyDays(now, plusMs(now, DAYS_AHEAD * DAY_MS), dayKind);
    const uncovered: UncoveredRoster[] = [];
    for (const [i, { code, details }] of own.entries()) {
      if (i % AT_ONCE === AT_ONCE - 1) await setImmediate();
      const gaps = coverGaps(details.turns, ahead);
      if (gaps.length > 0) uncovered.push({ unit: code, gaps });
    }
    return uncovered;
  };
}
