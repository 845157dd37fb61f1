import type { FeedRow, Queries } from "../../app/ports/queries.ts";
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

/** Reads the feed once for all listeners of this process, in order, each row once. */
export function startFeedHub(queries: Pick<Queries, "feed">, onFault: (name: string, fault: unknown) => void): FeedHub {
  const listeners = new Set<(row: FeedRow) => void>();
  const at: { cursor: string | null } = { cursor: null };
  const loop = startLoop({
    name: "feed",
    everyMs: EVERY_MS,
    onFault,
    run: async () => {
      const { rows, cursor } = await queries.feed(at.cursor, LIMIT);
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
