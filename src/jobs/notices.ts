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
  /** Sends one; throws when it must be tried again. */
  readonly deliver: (notice: NoticeRow) => Promise<void>;
  readonly onFault: (name: string, fault: unknown) => void;
};

const LIMIT = 32;
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
      await Promise.all(
        claimed.map(async ({ notice, attempts }) => {
          try {
            await job.deliver(notice);
            await job.notices.sent(notice.id, job.clock.now());
          } catch (fault) {
            const error = fault instanceof Error ? fault.message : String(fault);
            const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempts);
            const retryAt = attempts + 1 >= TRIES ? null : plusMs(job.clock.now(), pause);
            await job.notices.failed(notice.id, error, retryAt);
          }
        }),
      );
      return claimed.length === LIMIT;
    },
  });
}
