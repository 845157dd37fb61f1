import type { Instant } from "../../kernel/index.ts";
import { epochMs, plusMs } from "../../kernel/index.ts";
import type { LinkagePolicy } from "./context.ts";
import type { Linkage, LinkageState } from "./linkage.ts";
import { STANDING } from "./standing-table.ts";
import type { StandingAct, StandingActor, StandingCondition, StandingRow } from "./standing-table.ts";

/** A hand-over that has not moved for longer than it may. */
export type Standing = {
  /** Since when it is waited for. */
  readonly since: Instant;
  /** When the time for it was over. */
  readonly dueAt: Instant;
  readonly who: StandingActor;
  readonly act: StandingAct;
  /** 1, 2, 3, …: how often this desk has raised it without effect, at least 1. */
  readonly level: number;
  /** The clause behind it. */
  readonly source: string;
};

const ROWS: readonly StandingRow[] = STANDING;

/** States in which a hand-over can stand still; in every other one it waits for nobody. */
export const STANDING_STATES: readonly LinkageState[] = [...new Set(ROWS.flatMap((row) => row.in))];

/**
 * Whether this copy stands still at `now`, since when, and who must act; null = it moves, or waits for nobody. A time that is over
 * counts also when its timer has not fired: what wakes timers may itself stand still.
 * @source nmg:2.2.1 @source nmg:2.3.1
 */
export function standingOf(linkage: Linkage, policy: LinkagePolicy, now: Instant): Standing | null {
  for (const row of ROWS) {
    if (row.role !== linkage.role || row.part !== linkage.part || !row.in.includes(linkage.state)) continue;
    if (!holds(linkage, row.when)) continue;
    const since = sinceOf(linkage, row);
    const dueAt = plusMs(since, policy[row.after]);
    const fired = row.timer === undefined ? 0 : (linkage.fired[row.timer] ?? 0);
    if (fired === 0 && epochMs(dueAt) > epochMs(now)) continue;
    return { since, dueAt, who: row.who, act: row.act, level: Math.max(fired, 1), source: row.source };
  }
  return null;
}

function holds(l: Linkage, condition: StandingCondition): boolean {
  switch (condition) {
    case "always":
      return true;
    case "unheard":
      return l.receipted < l.awaitedSeq;
    case "heard":
      return l.receipted >= l.awaitedSeq;
    case "unsaid":
      return l.receipted < l.seqOut;
    case "said":
      return l.receipted >= l.seqOut;
    case "unshown":
      return l.kShown < l.k;
    case "unsigned":
      return l.signedAt === null;
  }
}

// A copy from before `movedAt` was kept has none: the next of the list is then the nearest it knows.
function sinceOf(linkage: Linkage, row: StandingRow): Instant {
  for (const name of row.since) {
    const at = linkage[name];
    if (at !== null && at !== undefined) return at;
  }
  return linkage.openedAt;
}
