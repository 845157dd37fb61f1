import type { Deps } from "./deps.ts";

const FIRST_MS = 2;
const MOST_MS = 128;

/**
 * Waits before the next try at a request that somebody else has just written: once at once, then twice as long each time, up to
 * 128 ms, each wait anywhere in its upper half, so that several who lost do not meet again. A node without a clock to wait by goes on at once.
 */
export async function backOff(deps: Pick<Deps, "pause" | "ids">, attempt: number): Promise<void> {
  if (deps.pause === undefined || attempt === 0) return;
  const most = Math.min(FIRST_MS * 2 ** (attempt - 1), MOST_MS);
  const [dice = 0] = deps.ids.random(1);
  await deps.pause(most * (0.5 + dice / 512));
}
