import type { Clock } from "../app/ports/clock.ts";
import type { InboxStore } from "../app/ports/store.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import { plusMs } from "../kernel/index.ts";
import { startLoop } from "./loop.ts";
import type { Loop } from "./loop.ts";

type InboxJob = {
  readonly inbox: InboxStore;
  readonly clock: Clock;
  readonly receive: (
    message: LinkageMessage,
    kept: unknown,
  ) => Promise<{ readonly status: string; readonly code: string | null }>;
  /** A message still does not fold: whether somebody must be told is not for this loop to say. */
  readonly onTrouble: () => void;
  readonly onFault: (name: string, fault: unknown) => void;
};

const LIMIT = 16;
const LEASE_MS = 15_000;
const EVERY_MS = 1_000;
/** After so many tries a person must look: it stays visible as a dead letter and can be retried by hand. */
const TRIES = 12;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

/** Folds again what could not be folded when it came in. Nothing is ever dropped. */
export function startInbox(job: InboxJob): Loop {
  return startLoop({
    name: "inbox",
    everyMs: EVERY_MS,
    onFault: job.onFault,
    run: async () => {
      const failed = await job.inbox.claimFailed(LIMIT, LEASE_MS);
      for (const { message, enclosure, attempts } of failed) {
        const code = await fold(job, message, enclosure);
        if (code === null) continue;
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempts);
        const retryAt = attempts + 1 >= TRIES ? null : plusMs(job.clock.now(), pause);
        await job.inbox.markFailed(message.id, code, retryAt);
        job.onTrouble();
        job.onFault(`message ${message.body.type}`, new Error(retryAt === null ? `${code}: given up` : code));
      }
      return failed.length === LIMIT;
    },
  });
}

/** null = folded; else why not. One that cannot even be opened must not keep the others waiting. */
async function fold(job: InboxJob, message: LinkageMessage, kept: unknown): Promise<string | null> {
  try {
    const { status, code } = await job.receive(message, kept);
    return status === "kept" ? (code ?? "FOLD_FAILED") : null;
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}
