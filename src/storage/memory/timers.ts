import type { TimerStore } from "../../app/ports/store.ts";
import type { Instant } from "../../kernel/index.ts";
import { plusMs } from "../../kernel/index.ts";
import type { MemoryState, MemoryTimer } from "./state.ts";
import { isOver, keyOf } from "./state.ts";

const sortKey = (timer: MemoryTimer): string =>
  `${Number(timer.owner === "clock")}${timer.dueAt}${timer.ownerId}${timer.kind}`;

/** Due timers under a lease, those of clocks after all others, by the caller's `now`. */
export function memoryTimers(state: MemoryState): TimerStore {
  return {
    claimDue: async (now, limit, leaseMs, lane) =>
      [...state.timers.values()]
        .filter((timer) => timer.dueAt <= now && isOver(timer.leaseUntil, now))
        .filter(({ kind }) => lane === undefined || kind.startsWith("urgent") === (lane === "urgent"))
        .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
        .slice(0, limit)
        .map((timer) => {
          const { owner, ownerId, caseId, kind, dueAt } = timer;
          state.timers.set(keyOf(owner, ownerId, kind), { ...timer, leaseUntil: plusMs(now, leaseMs) });
          return { owner, ownerId, caseId, kind, dueAt };
        }),
    nextDueAt: async () => {
      const times = [...state.timers.values()].map(({ dueAt, leaseUntil }) =>
        leaseUntil !== null && leaseUntil > dueAt ? leaseUntil : dueAt,
      );
      return times.reduce<Instant | null>((least, at) => (least === null || at < least ? at : least), null);
    },
  };
}
