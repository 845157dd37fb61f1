/** How much one caller may ask: `burst` at once, `perSecond` afterwards. */
export type Allowance = { readonly burst: number; readonly perSecond: number };

/** Takes one request from the caller's allowance; milliseconds to wait when there is none left, else 0. */
export type RateLimit = (key: string, nowMs: number) => number;

const REMEMBERED = 50_000;

/** One token bucket a key, in memory of this process; the least recently seen keys are forgotten first. */
export function createRateLimit(allowance: Allowance): RateLimit {
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  return (key, nowMs) => {
    const known = buckets.get(key) ?? { tokens: allowance.burst, at: nowMs };
    const passed = Math.max(0, nowMs - known.at) / 1000;
    const tokens = Math.min(allowance.burst, known.tokens + passed * allowance.perSecond);
    buckets.delete(key);
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: nowMs });
    const oldest = buckets.size > REMEMBERED ? buckets.keys().next() : null;
    if (oldest !== null && oldest.done !== true) buckets.delete(oldest.value);
    return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / allowance.perSecond) * 1000);
  };
}
