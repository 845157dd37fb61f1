/** Lets few costly jobs run at once and few wait; `null` = too many wait already. */
export type Gate = <T>(job: () => Promise<T>) => Promise<T | null>;

/** Password checks cost 32 MiB and a processor each: a flood of log-ins must not take the machine from the desks. */
export function createGate(atOnce: number, waiting: number): Gate {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (job) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) return null;
      await new Promise<void>((resolve) => {
        queue.push(resolve);
      });
    } else {
      running += 1;
    }
    try {
      return await job();
    } finally {
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
