import { msBetween } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";

/** What can come of dialling: somebody took it in, nobody did (for two named reasons or another), or the matter was handed over by voice. */
export const CALL_RESULTS = ["reached", "noAnswer", "busy", "notReached", "handedOverByVoice"] as const;

export type CallResult = (typeof CALL_RESULTS)[number];

/** How long a number that nobody answered may leave the screen, in ms. `default`. */
export const REDIAL_AFTER_MS = 20_000;

/** Whether a call has done what it was made for; one that reached nobody has told nobody. */
export function endsCall(result: CallResult): boolean {
  return result === "reached" || result === "handedOverByVoice";
}

/**
 * Whether a number must be dialled again `now`, after the call made `at` with this result. A clock set back behind the call
 * does not keep it away. @source nmg:2.2.1
 */
export function isCallDue(result: CallResult, at: Instant, now: Instant): boolean {
  const rested = msBetween(at, now);
  return !endsCall(result) && (rested >= REDIAL_AFTER_MS || rested < 0);
}
