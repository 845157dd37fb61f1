import type { Phone } from "../app/ports/phone.ts";
import { CALL_RESULTS } from "../core/case/index.ts";
import type { CallResult } from "../core/case/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { Result } from "../kernel/index.ts";

/**
 * The phone of a desk whose switch is not wired: a person dials. The red task raised by the core, which names the number
 * (`dial`), is the alarm itself, so nothing more has to ring here and nothing is pretended.
 *
 * How a real switch driver fits: it stands beside this file, implements the same port and answers `ringing` once the switch
 * has taken the dial order (never before). Its call events (ring, answer, end) come back through a handler that `main`
 * passes in and become a contact row of the request: call id, recording id, the two numbers, the three times. The outcome
 * stays a person's: `answered` by a machine does not say that the duty officer was reached. When the switch refuses or is
 * silent, the driver throws and the task goes on by hand.
 * @source nmg:2.2.1
 */
export function createByHandPhone(): Phone {
  return { ring: async () => "byHand" };
}

/** How a call ended, with the caller's own words ("" = none). */
export type CallOutcome = { readonly result: CallResult; readonly text: string };

export type CallOutcomeRefusal = {
  readonly code: "CALL_RESULT_UNKNOWN" | "CALL_TEXT_MISSING" | "CALL_TEXT_TOO_LONG";
};

const TEXT_MAX = 500;

/**
 * Reads the outcome that ends a red task: a result, or a result, a colon (either width) and a text of at most 500
 * characters, e.g. `notReached: 三次无人接听`. Handing over by voice needs the text: who took it is the only record that
 * the other desk knows. Errors: CALL_RESULT_UNKNOWN, CALL_TEXT_MISSING, CALL_TEXT_TOO_LONG.
 */
export function parseCallOutcome(outcome: string): Result<CallOutcome, CallOutcomeRefusal> {
  const [, name, text = ""] = /^\s*([A-Za-z]+)\s*(?:[:：]([\s\S]*))?$/.exec(outcome) ?? [];
  const result = CALL_RESULTS.find((known) => known === name);
  if (result === undefined) return err({ code: "CALL_RESULT_UNKNOWN" });
  const said = text.trim();
  if (said.length > TEXT_MAX) return err({ code: "CALL_TEXT_TOO_LONG" });
  if (said === "" && result === "handedOverByVoice") return err({ code: "CALL_TEXT_MISSING" });
  return ok({ result, text: said });
}

/** The one text form of an outcome, as it is stored with the ended task. */
export function formatCallOutcome({ result, text }: CallOutcome): string {
  return text === "" ? result : `${result}: ${text}`;
}
