import type { FeedRow, Queries } from "../../app/ports/queries.ts";
import { urgently } from "../../app/ports/urgency.ts";
import { startLoop } from "../../jobs/loop.ts";
import type { Loop } from "../../jobs/loop.ts";

/** Live listeners of one process over the committed events. */
export type FeedHub = {
  readonly subscribe: (listener: (row: FeedRow) => void) => () => void;
  readonly since: Queries["feed"];
  readonly loop: Loop;
};

const LIMIT = 500;
const EVERY_MS = 500;
/** Between two readings under a rain of commits: a screen cannot tell it, and the database answers 30 questions a second instead of 700. */
const REST_MS = 30;

/** Reads the feed once for all listeners of this process, in order, each row once; with reserved capacity, because a push comes this way. */
export function startFeedHub(queries: Pick<Queries, "feed">, onFault: (name: string, fault: unknown) => void): FeedHub {
  const listeners = new Set<(row: FeedRow) => void>();
  const at: { cursor: string | null; read: number } = { cursor: null, read: 0 };
  const loop = startLoop({
    name: "feed",
    everyMs: EVERY_MS,
    onFault,
    run: async () => {
      const rest = at.read + REST_MS - performance.now();
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      at.read = performance.now();
      const { rows, cursor } = await urgently(() => queries.feed(at.cursor, LIMIT));
      at.cursor = cursor;
      for (const row of rows) for (const listener of listeners) listener(row);
      return rows.length === LIMIT;
    },
  });
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    since: queries.feed,
    loop,
  };
}
