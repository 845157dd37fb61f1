import type { Instant } from "../../kernel/index.ts";

/** The only source of time in use cases. */
export type Clock = { readonly now: () => Instant };

/** The only source of identity: UUIDv7 text, and random bytes for secrets. */
export type Ids = {
  readonly next: () => string;
  readonly random: (bytes: number) => Uint8Array;
};

/** Says to everybody in this node that something was committed: a hint, never the truth. */
export type Wake = {
  readonly wake: (topic: "feed" | "outbox" | "timers" | "letters" | "alarms" | "catalogue") => void;
};
