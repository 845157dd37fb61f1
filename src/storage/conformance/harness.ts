import type { Instant } from "../../kernel/index.ts";
import type { Stores } from "../memory/memory-store.ts";

/** An empty storage under test. */
export type Harness = Stores & {
  /** Lets `ms` milliseconds pass for leases and retries; a storage with a real clock really waits. */
  readonly elapse: (ms: number) => Promise<void>;
  /** The storage's own idea of now, plus `ms`. */
  readonly inMs: (ms: number) => Instant;
  readonly close: () => Promise<void>;
};
