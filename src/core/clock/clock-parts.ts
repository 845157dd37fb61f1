import type { ActorRef, Instant, Sealed } from "../../kernel/index.ts";

/** When a clock is due, by which calendar, and whether a year in between is not yet published. */
export type Due = { readonly at: Instant; readonly provisional: boolean };

export type AskedExtension = {
  readonly amount: number;
  /** A code; the words stand in `note`. */
  readonly reason: string;
  readonly note: Sealed | null;
  /** When it would be due if all of it were approved; null = a pause leaves that open. */
  readonly wanted: Due | null;
  readonly by: ActorRef;
  readonly at: Instant;
};

/** What was measured when the clock stopped. Whole minutes, rounded down; kept, never counted again. */
export type ClockResponse = {
  /** From start to stop by the wall clock. */
  readonly elapsedMinutes: number;
  /** The same without pauses. */
  readonly runningMinutes: number;
  /** Of these, those inside the hours of the policy. */
  readonly workedMinutes: number;
};
