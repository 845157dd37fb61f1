import type { Pair } from "./pair.ts";
import type { RoundPlan } from "./rounds.ts";
import type { ScratchNode } from "./scratch-node.ts";
import type { Seat } from "./seat.ts";

/** What every question may use. */
export type Bench = {
  readonly pair: Pair;
  readonly scratch: ScratchNode;
  readonly plan: RoundPlan;
  readonly quick: boolean;
  readonly seed: number;
  readonly say: (line: string) => void;
  /** A seat of the hotline for this client, another one each time: no session may ask more than 50 times a second. */
  readonly seatFor: (client: number) => Seat;
};
