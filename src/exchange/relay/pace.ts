import type { Lane } from "../../app/ports/outbox.ts";
import { type Instant, msBetween, plusMs } from "../../kernel/index.ts";
import { backoffMs } from "./backoff.ts";
import type { RelayPorts, RelaySettings } from "./ports.ts";

/** How fast a lane may go: how many messages a batch holds and until when the lane waits. */
export type Pace = {
  readonly batchLimit: () => number;
  /** How long the lane still waits, 0 = not at all. */
  readonly holdMs: () => number;
  /** When a message tried `tries` times (>= 1) is tried again, for its own sake. */
  readonly retryAt: (tries: number) => Instant;
  /** The link or the peer failed: the whole lane waits, longer each time, at least `leastMs`. Answers until when. */
  readonly hold: (leastMs: number) => Instant;
  /** The peer answered that it could not take this one: the lane waits only its first span. */
  readonly pause: () => Instant;
  readonly succeeded: () => void;
  /** A batch of `size` was refused for its content: the next is half of it. */
  readonly shrink: (size: number) => void;
};

export function createPace(ports: Pick<RelayPorts, "clock" | "random">, settings: RelaySettings, lane: Lane): Pace {
  const { clock, random } = ports;
  const most = lane === "urgent" ? 1 : settings.ordinaryBatch;
  let limit = most;
  let failures = 0;
  let held: { readonly since: Instant; readonly until: Instant } | null = null;

  function retryAt(tries: number, leastMs = 0): Instant {
    return plusMs(clock.now(), Math.max(leastMs, backoffMs(lane, tries, random)));
  }

  /** The clock was set back since: the hold would last as much longer, and a danger may not wait for that (P3). */
  function isTurnedBack(): boolean {
    return held !== null && clock.now() < held.since;
  }

  function holdUntil(at: Instant): Instant {
    if (held === null || at > held.until || isTurnedBack()) held = { since: clock.now(), until: at };
    return at;
  }

  return {
    batchLimit: () => limit,
    holdMs: () => (held === null || isTurnedBack() ? 0 : Math.max(0, msBetween(clock.now(), held.until))),
    retryAt: (tries) => retryAt(tries),
    hold: (leastMs) => {
      failures++;
      return holdUntil(retryAt(failures, leastMs));
    },
    pause: () => holdUntil(retryAt(1)),
    succeeded: () => {
      failures = 0;
      held = null;
      limit = Math.min(most, limit * 2);
    },
    shrink: (size) => {
      limit = Math.max(1, Math.floor(size / 2));
    },
  };
}
