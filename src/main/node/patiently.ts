import { setTimeout as delay } from "node:timers/promises";
import { isBusy } from "../../storage/index.ts";

type Patience = {
  readonly log: (line: string) => void;
  /** Between two tries. Milliseconds. */
  readonly everyMs?: number;
  /** Whoever does not answer for so long is away. Milliseconds. */
  readonly withinMs?: number;
};

/**
 * Does a step of the start again while the database is there and too busy to answer, as after a power cut when everything starts at
 * once; each step may be done twice. An address where nobody listens, or a wrong password, is told at once. @source nmg:2.2.1
 */
export async function patiently<T>(
  step: () => Promise<T>,
  { log, everyMs = 1_000, withinMs = 120_000 }: Patience,
): Promise<T> {
  const until = performance.now() + withinMs;
  for (let told = false; ; told = true) {
    try {
      return await step();
    } catch (fault) {
      if (!isBusy(fault) || performance.now() >= until) throw fault;
      if (!told) log("数据库忙，尚未应答，继续等待 the database is busy and does not answer yet: waiting");
      await delay(everyMs);
    }
  }
}
