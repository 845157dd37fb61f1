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
  let stopped = false;
  let hinted = false;
  let nudge: (() => void) | null = null;

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        nudge = null;
        resolve();
      }
      nudge = done;
    });

  const loop = async (): Promise<void> => {
    while (!stopped) {
      hinted = false;
      try {
        if (await options.run()) continue;
      } catch (fault) {
        options.onFault(options.name, fault);
        await sleep(FAULT_PAUSE_MS);
        continue;
      }
      if (!hinted && !stopped) await sleep(options.everyMs);
    }
  };
  const ended = loop();
  return {
    wake: () => {
      hinted = true;
      nudge?.();
    },
    stop: async () => {
      stopped = true;
      nudge?.();
      await ended;
    },
  };
}
