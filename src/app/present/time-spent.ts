import { holderAtDue, sharesOf } from "../../core/clock/index.ts";
import type { Clock } from "../../core/clock/index.ts";
import { epochMs } from "../../kernel/index.ts";
import type { Instant, UnitCode } from "../../kernel/index.ts";
import type { Rules } from "../deps.ts";

const MINUTE = 60_000;

/** One who had to act, and for how long: whole minutes that the clock ran for him, and how many of them lay in working hours. */
export type ShareCard = {
  readonly owner: string;
  /** null = a desk, which the screen names. */
  readonly unitName: string | null;
  readonly runningMinutes: number;
  readonly workedMinutes: number;
};

/** Where the time of one stage went, in the order in which its owners had it. */
export type TimeSpentCard = {
  readonly stage: Clock["policy"]["stage"];
  /** The request or the order that was timed. */
  readonly subject: string;
  readonly startedAt: Instant;
  /** null = it is not over. */
  readonly stoppedAt: Instant | null;
  /** Who had it when it fell due, where it did before it was over; null = in time so far. Whoever took it over late is not named. */
  readonly lateWith: Pick<ShareCard, "owner" | "unitName"> | null;
  readonly shares: readonly ShareCard[];
};

/** Where the time of a request went: each stage that was timed and done or still runs, by who had to act. @source nmg:2.2.5 */
export function timeSpent(
  clocks: readonly Clock[],
  rules: Pick<Rules, "unit" | "clock">,
  at: Instant,
): readonly TimeSpentCard[] {
  const named = (owner: string) => ({ owner, unitName: rules.unit(owner as UnitCode)?.nameZh ?? null });
  return clocks.flatMap((clock): readonly TimeSpentCard[] => {
    if (clock.outcome === "cancelled") return [];
    const end = clock.stoppedAt ?? at;
    const late = clock.due !== null && epochMs(clock.due.at) < epochMs(end);
    return [
      {
        stage: clock.policy.stage,
        subject: clock.subject,
        startedAt: clock.startedAt,
        stoppedAt: clock.stoppedAt,
        lateWith: late ? named(holderAtDue(clock)) : null,
        shares: sharesOf(clock, rules.clock.calendar, end).map(({ owner, runningMs, workedMs }) => ({
          ...named(owner),
          runningMinutes: Math.floor(runningMs / MINUTE),
          workedMinutes: Math.floor(workedMs / MINUTE),
        })),
      },
    ];
  });
}
