import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { CALL_RESULTS } from "./call.ts";
import type { CallResult } from "./call.ts";

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
