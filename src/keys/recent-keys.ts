import { ok } from "../kernel/index.ts";
import type { Result } from "../kernel/index.ts";

/** A desk works on some dozens of requests at a time. */
const MOST = 64;
/** The key of a request nobody works on any more does not stay in memory: an erased one is gone within this time. */
const KEPT_MS = 60_000;
const KEY_BYTES = 32;

/** Unwrapped keys that came up lately. */
export type RecentKeys = {
  readonly close: () => void;
  /** Gives the key of this wrapping, from memory or by `unwrap`. */
  readonly get: <E>(wrapped: Uint8Array, context: string, unwrap: () => Result<Uint8Array, E>) => Result<Uint8Array, E>;
  /** A key that was wrapped just now; what becomes of the caller's own bytes changes nothing here. */
  readonly keep: (wrapped: Uint8Array, context: string, key: Uint8Array) => void;
};

type Recent = { readonly key: Uint8Array; readonly until: number };

/**
 * A request is opened many times in a row (registered, shown, its history, the notice), and unwrapping its key and deriving from it
 * cost as much as five values. Only who holds the wrapped key finds it: erasing that from the store erases the way to this one too.
 * Nothing is kept of other lengths: wrapped texts may be large. `now` = milliseconds that only grow.
 */
export function createRecentKeys(now: () => number = () => performance.now()): RecentKeys {
  const recent = new Map<string, Recent>();
  // The length first: no wrapping with its context reads like another.
  const nameOf = (wrapped: Uint8Array, context: string): string =>
    `${wrapped.length} ${Buffer.from(wrapped.buffer, wrapped.byteOffset, wrapped.length).toString("latin1")}${context}`;
  const forget = (): void => {
    for (const [name, { until }] of recent) {
      if (recent.size <= MOST && until > now()) break;
      recent.delete(name);
    }
  };
  const remember = (name: string, key: Uint8Array): void => {
    if (key.length !== KEY_BYTES) return;
    recent.delete(name);
    recent.set(name, { key, until: now() + KEPT_MS });
    forget();
  };
  // Nobody may come for a long time: the last ones go by themselves.
  const timer = setInterval(forget, KEPT_MS).unref();
  return {
    close: () => clearInterval(timer),
    get: (wrapped, context, unwrap) => {
      const name = nameOf(wrapped, context);
      const known = recent.get(name);
      if (known !== undefined && known.until > now()) return ok(known.key);
      const unwrapped = unwrap();
      if (unwrapped.ok) remember(name, unwrapped.value);
      return unwrapped;
    },
    keep: (wrapped, context, key) => remember(nameOf(wrapped, context), Uint8Array.from(key)),
  };
}
