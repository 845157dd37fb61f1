import type { Instant } from "../../kernel/index.ts";
import { epochMs, plusMs } from "../../kernel/index.ts";
import type { LinkageContext, LinkagePolicy } from "./context.ts";
import type { Linkage, LinkageState, StandingDate, StandingDates } from "./linkage.ts";
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
 * Whether this copy stands still at `now`, since when, and who must act; null = it moves, or waits for nobody. It is measured by the
 * dates it was given when it began to stand; `policy` counts only for a copy from before they were kept. A time that is over
 * counts also when its timer has not fired: what wakes timers may itself stand still. `unsent` = some word of ours about it is not
 * receipted yet: only the carrier knows, for a receipt is folded only where a rule waits for it.
 * @source nmg:2.2.1 @source nmg:2.3.1
 */
export function standingOf(linkage: Linkage, policy: LinkagePolicy, now: Instant, unsent: boolean): Standing | null {
  for (const row of rowsOf(linkage, unsent)) {
    const { since, dueAt } = datesOf(linkage, row, policy);
    const fired = row.timer === undefined ? 0 : (linkage.fired[row.timer] ?? 0);
    if (fired === 0 && epochMs(dueAt) > epochMs(now)) continue;
    return { since, dueAt, who: row.who, act: row.act, level: Math.max(fired, 1), source: row.source };
  }
  return null;
}

/** The dates of everything this copy waits for: those it was given already while it goes on to wait for the same, else by the times in force. */
export function standingDates(
  linkage: Linkage,
  { policy, timesBy }: Pick<LinkageContext, "policy" | "timesBy">,
): StandingDates {
  const by = timesBy === undefined ? {} : { by: timesBy };
  const dates = (row: StandingRow): StandingDate => {
    const found = datesOf(linkage, row, policy);
    return found === linkage.stands?.[row.after] ? found : { ...found, ...by };
  };
  // Whether our last word has left changes who must act and not the date.
  return Object.fromEntries(rowsOf(linkage, true).map((row) => [row.after, dates(row)]));
}

function datesOf(linkage: Linkage, row: StandingRow, policy: LinkagePolicy): StandingDate {
  const since = sinceOf(linkage, row);
  const given = linkage.stands?.[row.after];
  return given?.since === since ? given : { since, dueAt: plusMs(since, policy[row.after]) };
}

function rowsOf(linkage: Linkage, unsent: boolean): readonly StandingRow[] {
  const { role, part, state } = linkage;
  return ROWS.filter(
    (row) => row.role === role && row.part === part && row.in.includes(state) && holds(linkage, row.when, unsent),
  );
}

function holds(l: Linkage, condition: StandingCondition, unsent: boolean): boolean {
  switch (condition) {
    case "always":
      return true;
    case "unheard":
      return l.receipted < l.awaitedSeq;
    case "heard":
      return l.receipted >= l.awaitedSeq;
    case "unsaid":
      return unsent;
    case "said":
      return !unsent;
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
