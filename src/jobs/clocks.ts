import { ordinarily } from "../app/ports/urgency.ts";
import { startLoop } from "./loop.ts";
import type { Loop } from "./loop.ts";

type ClocksJob = {
  /** One page of open requests; returns where to go on, null = the end. */
  readonly follow: (cursor: string | null) => Promise<string | null>;
  readonly onFault: (name: string, fault: unknown) => void;
};

/** What was left without its clocks by a fault has them a day later at the latest. */
const EVERY_MS = 86_400_000;

/** At the start of the node, and once a day: requests without their clocks get them, a page at a time, with ordinary capacity. */
export function startClockWatch({ follow, onFault }: ClocksJob): Loop {
  let cursor: string | null = null;
  return startLoop({
    name: "clocks",
    everyMs: EVERY_MS,
    onFault,
    run: () =>
      ordinarily(async () => {
        cursor = await follow(cursor);
        return cursor !== null;
      }),
  });
}
