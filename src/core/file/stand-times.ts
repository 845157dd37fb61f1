import type { Policies, Policy } from "../catalogue/index.ts";
import { STANDSTILL } from "../clock/index.ts";
import type { Standstill } from "../clock/index.ts";
import type { LinkagePolicy } from "../linkage/index.ts";

/** The policies of a version as kept: one from before a policy was known has none of it. */
type Kept = Partial<Policies>;

const MINUTE_MS = 60_000;

/** How long time limits may stand still by a version of the catalogue; where it is silent, by what always held. @source nmg:2.2.5 */
export function standstillOf({ pauseDays, pauseRemindDays, awaitDays, awaitTimes }: Kept): Standstill {
  return {
    pauseDays: pauseDays?.value ?? STANDSTILL.pauseDays,
    remindDays: pauseRemindDays?.value ?? STANDSTILL.remindDays,
    awaitDays: awaitDays?.value ?? STANDSTILL.awaitDays,
    awaitTimes: awaitTimes?.value ?? STANDSTILL.awaitTimes,
  };
}

/**
 * How long a hand-over may stand before it is marked, in ms, by a version of the catalogue; what it is silent about is left out. Nothing
 * of a push is among them: danger waits for no catalogue. @source nmg:2.2.1
 */
export function handOverTimesOf(policies: Kept): Partial<LinkagePolicy> {
  const ms = (policy: Policy<number> | undefined): number | undefined =>
    policy === undefined || policy === null ? undefined : policy.value * MINUTE_MS;
  const times = {
    deliveryReceipt: ms(policies.handOverReceiptMinutes),
    answer: ms(policies.handOverAnswerMinutes),
    answerAtSender: ms(policies.handOverAnswerAtSenderMinutes),
    decideReturned: ms(policies.returnDecideMinutes),
    negotiation: ms(policies.negotiationMinutes),
    arbiter: ms(policies.arbiterMinutes),
    arbiterRepeat: ms(policies.arbiterRepeatMinutes),
    confirm: ms(policies.acceptConfirmMinutes),
    answerOwed: ms(policies.answerOwedMinutes),
  };
  return Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined));
}
