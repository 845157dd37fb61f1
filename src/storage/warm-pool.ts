import type { Pool } from "pg";

/** Keeps every connection of a pool open. */
export type WarmPool = {
  /** Connects what is missing; rejects when the server does not let all of it in. */
  readonly warm: () => Promise<void>;
  /** None is open and the last try to open one failed: there is nothing to be had here. */
  readonly isCold: () => boolean;
  readonly stop: () => void;
};

/** Between two tries while the server is away or full. */
const AGAIN_MS = 1_000;

/**
 * Whenever a connection of the pool goes (the server restarted, a query failed on it) a new one is opened at once, and tried
 * again every second until it stands: when somebody needs it, it may be too late to ask for one.
 */
export function keepWarm(pool: Pool, size: number): WarmPool {
  const state: { stopped: boolean; failed: boolean; trying: boolean; timer: NodeJS.Timeout | null } = {
    stopped: false,
    failed: false,
    trying: false,
    timer: null,
  };

  async function warm(): Promise<void> {
    // Asked for together with the idle ones, because a pool opens a new one only when none is idle; each goes back at once.
    const wanted = Math.max(0, size - pool.totalCount) + pool.idleCount;
    const opened = await Promise.allSettled(
      Array.from({ length: wanted }, async () => (await pool.connect()).release()),
    );
    const refused = opened.find((one) => one.status === "rejected");
    state.failed = refused !== undefined;
    if (refused !== undefined) throw refused.reason;
  }

  function again(ms: number): void {
    if (state.stopped || state.trying || state.timer !== null) return;
    state.timer = setTimeout(() => {
      state.timer = null;
      state.trying = true;
      warm()
        .catch(() => undefined)
        .finally(() => {
          state.trying = false;
          if (pool.totalCount < size) again(AGAIN_MS);
        });
    }, ms);
    state.timer.unref();
  }

  for (const event of ["error", "remove"] as const) pool.on(event, () => again(0));
  return {
    warm,
    isCold: () => state.failed && pool.totalCount === 0,
    stop: () => {
      state.stopped = true;
      if (state.timer !== null) clearTimeout(state.timer);
    },
  };
}
