import type { Clock } from "../app/ports/clock.ts";
import type { Lane } from "../app/ports/outbox.ts";
import type { DueTimer, TimerStore } from "../app/ports/store.ts";
import { inLaneOf } from "../app/ports/urgency.ts";
import { startLoop } from "./loop.ts";
import type { Loop } from "./loop.ts";

type TimerJob = {
  /** A loop of its own for the timers of a push: no other timer, however many or slow, stands before them. @source nmg:2.2.1 */
  readonly lane: Lane;
  readonly timers: Pick<TimerStore, "claimDue">;
  readonly clock: Clock;
  readonly fire: (timer: DueTimer) => Promise<void>;
  readonly onFault: (name: string, fault: unknown) => void;
};

const LIMIT = 64;
const LEASE_MS = 15_000;
/** A push that nobody answers must be noticed within its second. */
const EVERY_MS = 250;

/** Fires the due timers of one lane. One that fails keeps its lease until it runs out and then comes again; the others go on. */
export function startTimers(job: TimerJob): Loop {
  return startLoop({
    name: job.lane === "urgent" ? "urgent timers" : "timers",
    everyMs: EVERY_MS,
    onFault: job.onFault,
    run: () => inLaneOf(job.lane, () => fireDue(job)),
  });
}

async function fireDue({ timers, clock, lane, fire, onFault }: TimerJob): Promise<boolean> {
  const due = await timers.claimDue(clock.now(), LIMIT, LEASE_MS, lane);
  await Promise.all(due.map((timer) => fire(timer).catch((fault: unknown) => onFault(`timer ${timer.kind}`, fault))));
  return due.length === LIMIT;
}
