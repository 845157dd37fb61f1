import { startLoop } from "./loop.ts";
import type { Loop } from "./loop.ts";

type CoverJob = {
  /** Looks at all rosters once. */
  readonly watch: () => Promise<void>;
  readonly onFault: (name: string, fault: unknown) => void;
};

/** Rosters are laid out for days: ten minutes are soon enough to see a gap that begins within a week. */
const EVERY_MS = 600_000;

/** Looks for gaps in cover ahead, from the start of the node. @req REQ-04 */
export function startCoverWatch(job: CoverJob): Loop {
  return startLoop({
    name: "cover",
    everyMs: EVERY_MS,
    onFault: job.onFault,
    run: async () => {
      await job.watch();
      return false;
    },
  });
}
