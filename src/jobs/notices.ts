import type { Clock } from "../app/ports/clock.ts";
import type { NoticeRow } from "../app/ports/store.ts";
import type { Instant } from "../kernel/index.ts";
import { plusMs } from "../kernel/index.ts";
import { startLoop } from "./loop.ts";
import type { Loop } from "./loop.ts";

type NoticeQueue = {
  readonly claim: (
    limit: number,
    leaseMs: number,
  ) => Promise<readonly { readonly notice: NoticeRow; readonly attempts: number }[]>;
  readonly sent: (id: string, at: Instant) => Promise<void>;
  readonly failed: (id: string, error: string, retryAt: Instant | null) => Promise<void>;
};

type NoticeJob = {
  readonly notices: NoticeQueue;
  readonly clock: Clock;
  /** Begins to send all; `gone` is rejected when one must be tried again. */
  readonly deliver: (
    notices: readonly NoticeRow[],
  ) => Promise<readonly { readonly notice: NoticeRow; readonly gone: Promise<void> }[]>;
  readonly onFault: (name: string, fault: unknown) => void;
};

const LIMIT = 64;
const LEASE_MS = 30_000;
const EVERY_MS = 1_000;
const TRIES = 8;
const FIRST_PAUSE_MS = 2_000;
/** Shorter than what the store takes for a clock that was set back. */
const LONGEST_PAUSE_MS = 100_000;

/** Sends notices and tries again with growing pauses; what is given up stays in the list of failures. */
export function startNotices(job: NoticeJob): Loop {
  return startLoop({
    name: "notices",
    everyMs: EVERY_MS,
    onFault: job.onFault,
    run: async () => {
      const claimed = await job.notices.claim(LIMIT, LEASE_MS);
      if (claimed.length === 0) return false;
      const attempts = new Map(claimed.map((one) => [one.notice.id, one.attempts]));
      const sending = await job.deliver(claimed.map(({ notice }) => notice));
      // Each is marked as it goes: what a killed process had sent and not marked is sent twice.
      await Promise.all(
        sending.map(async ({ notice: { id }, gone }) => {
          try {
            await gone;
            await job.notices.sent(id, job.clock.now());
          } catch (fault) {
            await job.notices.failed(id, wordsOf(fault), retryAt(job.clock, attempts.get(id) ?? 0));
          }
        }),
      );
      return claimed.length === LIMIT;
    },
  });
}

function wordsOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

/** When to try again after so many tries; null = it is given up. */
function retryAt(clock: Clock, attempts: number): Instant | null {
  if (attempts + 1 >= TRIES) return null;
  return plusMs(clock.now(), Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempts));
}
