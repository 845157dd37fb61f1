/** Frees leases that a broken database connection has left behind. */
export type LeaseRecovery = {
  /** Told of every fault of the background work. */
  readonly note: (fault: unknown) => void;
  readonly stop: () => Promise<void>;
};

type RecoveryPorts = {
  readonly isUnavailable: (fault: unknown) => boolean;
  /** Frees every lease of this node; fails while the database is away. */
  readonly free: () => Promise<void>;
  /** Something may be claimable again. */
  readonly wake: () => void;
  readonly everyMs?: number;
};

const EVERY_MS = 300;

/**
 * When the database dies between a claim and its answer, the claimed rows are leased to nobody: an ordinary message would wait
 * a minute, a danger ten seconds. After such a fault all leases of the node are freed as soon as the database answers. What is
 * in hand all the same is then done twice, which comes out as a duplicate.
 * @source nmg:2.2.1
 */
export function createLeaseRecovery(ports: RecoveryPorts): LeaseRecovery {
  const state: { timer: ReturnType<typeof setTimeout> | null; running: Promise<void>; stopped: boolean } = {
    timer: null,
    running: Promise.resolve(),
    stopped: false,
  };
  const schedule = (): void => {
    if (state.timer !== null || state.stopped) return;
    state.timer = setTimeout(() => {
      state.running = attempt();
    }, ports.everyMs ?? EVERY_MS);
  };
  const attempt = async (): Promise<void> => {
    state.timer = null;
    try {
      await ports.free();
      ports.wake();
    } catch {
      schedule();
    }
  };
  return {
    note: (fault) => {
      if (ports.isUnavailable(fault)) schedule();
    },
    stop: async () => {
      state.stopped = true;
      if (state.timer !== null) clearTimeout(state.timer);
      await state.running;
    },
  };
}
