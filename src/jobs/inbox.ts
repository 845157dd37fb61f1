import type { Clock } from "../app/ports/clock.ts";
import type { Lane } from "../app/ports/outbox.ts";
import type { InboxStore } from "../app/ports/store.ts";
import { inLaneOf } from "../app/ports/urgency.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import { plusMs } from "../kernel/index.ts";
import { startLoop } from "./loop.ts";
import type { Loop } from "./loop.ts";

type InboxJob = {
  /** A loop of its own for dangers: nothing ordinary that fails stands before them. @source nmg:2.2.1 */
  readonly lane: Lane;
  readonly inbox: Pick<InboxStore, "claimFailed" | "markFailed">;
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
const EVERY_MS = { ordinary: 1_000, urgent: 500 } as const;
/** After so many tries a person must look: it stays visible as a dead letter and can be retried by hand. */
const TRIES = { ordinary: 12, urgent: 200 } as const;
const FIRST_PAUSE_MS = 500;
/** A danger is not left for longer than a person needs to notice; its more tries last as long as the ordinary ones. */
const LONGEST_PAUSE_MS = { ordinary: 60_000, urgent: 2_000 } as const;

/** Folds again what of one lane could not be folded when it came in. Nothing is ever dropped. */
export function startInbox(job: InboxJob): Loop {
  return startLoop({
    name: job.lane === "urgent" ? "urgent inbox" : "inbox",
    everyMs: EVERY_MS[job.lane],
    onFault: job.onFault,
    run: () => inLaneOf(job.lane, () => foldFailed(job)),
  });
}

async function foldFailed(job: InboxJob): Promise<boolean> {
  const failed = await job.inbox.claimFailed(LIMIT, LEASE_MS, job.lane);
  for (const { message, enclosure, attempts } of failed) {
    const code = await fold(job, message, enclosure);
    if (code === null) continue;
    const pause = Math.min(LONGEST_PAUSE_MS[job.lane], FIRST_PAUSE_MS * 2 ** attempts);
    const retryAt = attempts + 1 >= TRIES[job.lane] ? null : plusMs(job.clock.now(), pause);
    await job.inbox.markFailed(message.id, code, retryAt);
    job.onTrouble();
    job.onFault(`message ${message.body.type}`, new Error(retryAt === null ? `${code}: given up` : code));
  }
  return failed.length === LIMIT;
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
