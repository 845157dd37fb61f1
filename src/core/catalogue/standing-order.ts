import type { Policies } from "./catalogue.ts";
import { HEAD_FILE } from "./head.ts";
import type { CatalogueProblem } from "./sheet.ts";

/** Of two times the first must not be longer: who is reminded after the end, or asked before the other may answer, is told nonsense. */
const IN_ORDER = [
  ["pauseRemindDays", "pauseDays"],
  ["handOverReceiptMinutes", "handOverAnswerAtSenderMinutes"],
  ["handOverAnswerMinutes", "handOverAnswerAtSenderMinutes"],
  ["negotiationMinutes", "arbiterMinutes"],
  ["acceptConfirmMinutes", "handOverAnswerMinutes"],
] as const satisfies readonly (readonly [keyof Policies, keyof Policies])[];

/**
 * How long things may stand, looked at together; a pair of which a plan names one alone is not judged. `policies` = as they hold, those of
 * a base included. Errors: POLICIES_CONTRADICT with both names and values. @source nmg:2.2.5
 */
export function checkStandingOrder(policies: Partial<Policies>): readonly CatalogueProblem[] {
  return IN_ORDER.flatMap(([shorter, longer]): readonly CatalogueProblem[] => {
    const [less, more] = [policies[shorter]?.value, policies[longer]?.value];
    if (less === undefined || more === undefined || less <= more) return [];
    const detail = `${shorter} ${less} > ${longer} ${more}`;
    return [{ file: HEAD_FILE, row: null, code: "POLICIES_CONTRADICT", detail }];
  });
}
