import type { Case } from "./case.ts";
import { closeReason } from "./decide.ts";
import type { CaseContext } from "./decide.ts";

/** What a desk owes next on a matter that nobody else works on for it. */
export type NextStep = "conclude" | "callBack" | "close";

/**
 * What this desk owes next, so that a list says it before the request is opened: `conclude` once a unit has replied and none is out,
 * then `callBack`, then `close`; null = somebody else has it, or nothing was replied yet.
 * @source nmg:2.2.1
 */
export function nextStep(
  state: Case,
  { holder, callbackAttempts }: Pick<CaseContext, "holder" | "callbackAttempts">,
): NextStep | null {
  if (!holder) return null;
  if (state.status === "concluded") return closeReason(state, { callbackAttempts }) === null ? "callBack" : "close";
  const { orders } = state;
  const replied = orders.some((order) => order.replied === true) && !orders.some((order) => order.open);
  return state.status === "handling" && replied ? "conclude" : null;
}
