import type { Instant } from "../../kernel/index.ts";
import type { Clock } from "./clock.ts";
import type { ClockOwner } from "./spans.ts";

/** How the clocks of one owner or team went. `rate` is a share from 0 to 1; null = nothing is decided yet. */
export type ClockScore = {
  readonly met: number;
  readonly missed: number;
  /** Still running or paused, not yet due. */
  readonly open: number;
  readonly rate: number | null;
  /** Clocks behind the figures, so that each can be looked at. */
  readonly missedIds: readonly Clock["id"][];
};

/**
 * On-time shares by owner, or by whatever team `groupOf` names. A clock counts once: met for whoever held it when it stopped in
 * time; missed for whoever held it when it fell due, not for the one who took it over late; a cancelled one not at all.
 * @source nmg:2.2.5
 */
export function scoreClocks(
  clocks: readonly Clock[],
  at: Instant,
  groupOf: (owner: ClockOwner) => string = (owner) => owner,
): ReadonlyMap<string, ClockScore> {
  const scores = new Map<string, ClockScore>();
  for (const clock of clocks) {
    if (clock.outcome === "cancelled") continue;
    const verdict = verdictOf(clock, at);
    const group = groupOf(verdict === "missed" ? holderAtDue(clock) : clock.owner);
    const had = scores.get(group) ?? { met: 0, missed: 0, open: 0, rate: null, missedIds: [] };
    const score = { ...had, [verdict]: had[verdict] + 1 };
    scores.set(group, {
      ...score,
      rate: score.met + score.missed === 0 ? null : score.met / (score.met + score.missed),
      missedIds: verdict === "missed" ? [...had.missedIds, clock.id] : had.missedIds,
    });
  }
  return scores;
}

function verdictOf(clock: Clock, at: Instant): "met" | "missed" | "open" {
  const end = clock.stoppedAt ?? at;
  if (clock.due !== null && clock.due.at < end) return "missed";
  return clock.stoppedAt === null ? "open" : "met";
}

/** Who had the clock when it fell due; who has it now where nothing falls due. */
export function holderAtDue(clock: Pick<Clock, "due" | "spans" | "owner">): ClockOwner {
  const due = clock.due?.at ?? null;
  const held = due === null ? undefined : clock.spans.findLast((span) => span.from < due);
  return held?.owner ?? clock.owner;
}

/** The clock of a matter that is due first, of those that have not stopped; null = none has a due time. */
export function nextDue(clocks: readonly Clock[]): Clock | null {
  const open = clocks.filter((clock) => clock.status !== "stopped" && clock.due !== null);
  return open.reduce<Clock | null>(
    (first, clock) => (first === null || (clock.due?.at ?? "") < (first.due?.at ?? "") ? clock : first),
    null,
  );
}

/** What of several clocks is due first, as far as a list shows it. */
export type StandingDue = {
  readonly stage: Clock["policy"]["stage"];
  /** null = all that runs stands still. */
  readonly at: Instant | null;
  readonly provisional: boolean;
  /** Not `running` when one of them stands still, whichever is due first. */
  readonly status: Exclude<Clock["status"], "stopped">;
};

/** The one line that a list shows of all clocks of a matter; null = none runs. @source nmg:2.2.5 */
export function standingDue(clocks: readonly Clock[]): StandingDue | null {
  const still = clocks.find(({ status }) => status === "paused" || status === "awaitingRequester") ?? null;
  const first = nextDue(clocks) ?? still;
  if (first === null) return null;
  const status = still?.status === "paused" || still?.status === "awaitingRequester" ? still.status : "running";
  return {
    stage: first.policy.stage,
    at: first.due?.at ?? null,
    provisional: first.due?.provisional ?? false,
    status,
  };
}

/** Stages that can be paused and extended, the one that counts first: the whole, its call-back, the reply to an order. */
const MAIN: readonly Clock["policy"]["stage"][] = ["conclude", "callback", "reply"];

/** The clock by which a thing (a request, an order) is handled as a whole, of those that have not stopped; null = none runs. */
export function mainClock(clocks: readonly Clock[], subject: string): Clock | null {
  const open = clocks.filter((clock) => clock.subject === subject && clock.status !== "stopped");
  for (const stage of MAIN) {
    const found = open.find((clock) => clock.policy.stage === stage);
    if (found !== undefined) return found;
  }
  return null;
}
