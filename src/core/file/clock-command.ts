import type { Sealed } from "../../kernel/index.ts";
import type { ClockRefusal } from "../clock/index.ts";

/** Why a matter cannot be worked on for a time. @source nmg:2.2.5 */
export const PAUSE_REASONS = ["awaitsOther", "legalProcedure", "forceMajeure", "siteClosed", "other"] as const;
/** Why a matter needs longer. */
export const EXTENSION_REASONS = ["complex", "severalUnits", "worksNeeded", "materialsMissing", "other"] as const;
/** Why an extension is not given. */
export const REFUSAL_REASONS = ["notJustified", "tooLong", "mustBeNow", "other"] as const;

/** What a person may ask of a time limit. `subject` = what it measures: the request's own id, or that of an order. */
export type ClockFileCommand =
  | {
      readonly type: "pauseClock";
      readonly subject: string;
      readonly reason: (typeof PAUSE_REASONS)[number];
      readonly note: Sealed | null;
    }
  /** `days` = natural days until the clock runs on by itself; `note` = what the requester is asked for. */
  | {
      readonly type: "awaitRequester";
      readonly subject: string;
      readonly days: number;
      readonly note: Sealed | null;
    }
  | { readonly type: "resumeClock"; readonly subject: string; readonly note: Sealed | null }
  /** `amount` in units of the limit. */
  | {
      readonly type: "askExtension";
      readonly subject: string;
      readonly amount: number;
      readonly reason: (typeof EXTENSION_REASONS)[number];
      readonly note: Sealed | null;
    }
  /** `amount` null = as asked. `passOn` = the orders of a request have as much more as the request itself. */
  | {
      readonly type: "approveExtension";
      readonly subject: string;
      readonly amount: number | null;
      readonly passOn: boolean;
      readonly note: Sealed | null;
    }
  | {
      readonly type: "refuseExtension";
      readonly subject: string;
      readonly reason: (typeof REFUSAL_REASONS)[number];
      readonly note: Sealed | null;
    }
  /** Who asked for more time needs it no more; nobody has answered yet. */
  | { readonly type: "withdrawExtension"; readonly subject: string; readonly note: Sealed | null };

export type ClockCommandName = ClockFileCommand["type"];

export type ClockFileRefusal =
  | ClockRefusal
  /** Nothing that could be paused or extended runs. */
  | { readonly code: "CLOCK_NONE" }
  | { readonly code: "CLOCK_DANGER_OPEN" }
  | { readonly code: "CLOCK_NOT_COUNTED" }
  | { readonly code: "CLOCK_AWAIT_TOO_LONG"; readonly most: number }
  | { readonly code: "CLOCK_WORDS_MISSING" };
