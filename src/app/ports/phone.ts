import type { CaseId } from "../../kernel/index.ts";

/** A number that must be dialled now, and why. */
export type RingTask = {
  /** What the red task stands for (a linkage, an order): with `reason` the identity of the alarm it belongs to. */
  readonly subject: string;
  readonly caseId: CaseId | null;
  /** The number to dial, as the directory or the peer's entry names it. */
  readonly number: string;
  /** The kind of the alarm, a code. */
  readonly reason: string;
};

/**
 * Rings somebody. `ringing` = a switch has taken the task and is dialling; `byHand` = a person must dial.
 * Either way the red task stays on the screen until somebody ends it with an outcome: that a telephone rang proves nothing.
 * Throws when the switch cannot be reached; the red task stands all the same, because it is stored before anybody rings.
 * @source nmg:2.2.1
 */
export type Phone = { readonly ring: (task: RingTask) => Promise<"ringing" | "byHand"> };
