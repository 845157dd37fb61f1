import type { zhBetween } from "./zh-between.ts";

/** Words of what goes between the two desks, English: same keys as zh-between.ts, or it does not compile. */
export const enBetween = {
  "step.NO_INITIAL_RESPONSE": "record the initial response first",
  "step.NOT_CONFIRMED": "wait until the other desk confirms the acceptance",
  "step.NOT_HOLDER": "this desk does not hold it now",
  "step.NOT_IN_STATE": "what stands between the desks is not over yet",
  "step.DANGER_NOT_TAKEN_OVER": "the danger push is on no screen of the other desk yet; phone them first",
} as const satisfies Record<keyof typeof zhBetween, string>;
