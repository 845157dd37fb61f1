import type { UnitCode } from "../../kernel/index.ts";

/**
 * What a clock calls out. `giveBack`: the owner did nothing in the time the policy leaves. `awaitOver`: the requester has been waited
 * for as long as was said; the clock then runs on, and that is all it says. `pauseEnds`: a pause ends soon; `pauseOver`: it ends, as `awaitOver`.
 */
export type ClockMark =
  | "reminder"
  | "supervision"
  | "due"
  | "overdue"
  | "giveBack"
  | "awaitOver"
  | "pauseEnds"
  | "pauseOver";

/**
 * A number by which an owner that does nothing is rung, by codes: whose it is, which of its numbers, how loud the mark with it is, and
 * whether it was the last of the order to ring. @source yn:4.1.2 @req REQ-34
 */
export type RungLine = {
  readonly unit: UnitCode;
  readonly line: string;
  readonly level: number;
  readonly last: boolean;
};
