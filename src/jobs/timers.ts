import type { Clock } from "../app/ports/clock.ts";
import type { DueTimer, TimerStore } from "../app/ports/store.ts";
import { startLoop } from "./loop.ts";
import type { Loop } from "./loop.ts";

type TimerJob = {
  readonly timers: TimerStore;
  readonly clock: Clock;
  readonly fire: (timer: DueTimer) => Promise<void>;
  readonly onFault: (name: string, fault: unknown) => void;
};

const LIMIT = 64;
const LEASE_MS = 15_000;
/** A push that nobody answers must be noticed within its second. */
const EVERY_MS = 250;

/** Fires due timers. One that fails keeps its lease until it runs out and then comes again; the others go on. */
export function startTimers(job: TimerJob): Loop {
  return startLoop({
    name: "timers",
    everyMs: EVERY_MS,
    onFault: job.onFault,
    run: async () => {
      const due = await job.timers.claimDue(job.clock.now(), LIMIT, LEASE_MS);
      await Promise.all(
        due.map((timer) => job.fire(timer).catch((fault: unknown) => job.onFault(`timer ${timer.kind}`, fault))),
      );
      return due.length === LIMIT;
    },
  });
}
