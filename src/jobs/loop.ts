/** A background loop: works until there is nothing left, then sleeps until woken or until `everyMs` has passed. */
export type Loop = { readonly wake: () => void; readonly stop: () => Promise<void> };

type LoopOptions = {
  readonly name: string;
  readonly everyMs: number;
  /** Does one portion; true = there may be more, go on at once. */
  readonly run: () => Promise<boolean>;
  readonly onFault: (name: string, fault: unknown) => void;
};

/** Pause after a fault, so that a broken database is not hammered. */
const FAULT_PAUSE_MS = 500;

/** The poll is the truth; `wake` is only a hint that saves waiting for it. A fault never ends the loop. */
export function startLoop(options: LoopOptions): Loop {
  const state: { stopped: boolean; hinted: boolean; nudge: (() => void) | null } = {
    stopped: false,
    hinted: false,
    nudge: null,
  };

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        state.nudge = null;
        resolve();
      }
      state.nudge = done;
    });

  const loop = async (): Promise<void> => {
    while (!state.stopped) {
      state.hinted = false;
      try {
        if (await options.run()) continue;
      } catch (fault) {
        options.onFault(options.name, fault);
        await sleep(FAULT_PAUSE_MS);
        continue;
      }
      if (!state.hinted && !state.stopped) await sleep(options.everyMs);
    }
  };
  const ended = loop();
  return {
    wake: () => {
      state.hinted = true;
      state.nudge?.();
    },
    stop: async () => {
      state.stopped = true;
      state.nudge?.();
      await ended;
    },
  };
}
