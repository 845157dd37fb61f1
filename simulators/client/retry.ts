import { setTimeout as wait } from "node:timers/promises";

/** How long somebody keeps trying. Milliseconds. */
export type Patience = { readonly firstMs: number; readonly mostMs: number; readonly giveUpAfterMs: number };

export const PATIENCE: Patience = { firstMs: 200, mostMs: 5_000, giveUpAfterMs: 180_000 };

/** Nobody answered for as long as the patience lasted. */
export class GaveUpError extends Error {
  constructor(reason: string) {
    super(`gave up: ${reason}`);
    this.name = "GaveUpError";
  }
}

/** The person at the keyboard stopped us while we waited. */
export class StoppedError extends Error {
  constructor() {
    super("stopped");
    this.name = "StoppedError";
  }
}

/** Answers that say "not now": nothing was done, the same call may be made again. */
export function isNotNow(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

/** `Retry-After` in milliseconds (seconds or an HTTP date), or null. Capped at one minute. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.min(60_000, Math.max(0, ms)) : null;
}

/** Wait before try number `tries` (1 = first repeat): doubling, capped. */
export function backOffMs(tries: number, patience: Patience): number {
  return Math.min(patience.mostMs, patience.firstMs * 2 ** Math.min(tries - 1, 20));
}

/** Sleeps; throws StoppedError as soon as the signal is raised. */
export async function pause(ms: number, signal: AbortSignal | null): Promise<void> {
  if (signal?.aborted === true) throw new StoppedError();
  try {
    await wait(ms, undefined, signal === null ? {} : { signal });
  } catch {
    throw new StoppedError();
  }
}
