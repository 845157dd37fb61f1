import type { NodeCode } from "../../kernel/index.ts";
import type { IntakeLimits } from "./ports.ts";

/** Counts the ordinary batches in hand. `enter` false = full; after true, `leave` exactly once. */
export type OrdinaryGate = {
  readonly enter: (sender: NodeCode) => boolean;
  readonly leave: (sender: NodeCode) => void;
};

/** Nothing waits behind the gate: a queue here would hide from the sender that it must slow down. */
export function createOrdinaryGate(limits: IntakeLimits): OrdinaryGate {
  const inHand = new Map<NodeCode, number>();
  let total = 0;
  return {
    enter: (sender) => {
      const own = inHand.get(sender) ?? 0;
      if (total >= limits.ordinaryBatches || own >= limits.ordinaryBatchesPerPeer) return false;
      inHand.set(sender, own + 1);
      total++;
      return true;
    },
    leave: (sender) => {
      const own = (inHand.get(sender) ?? 1) - 1;
      if (own > 0) inHand.set(sender, own);
      else inHand.delete(sender);
      total--;
    },
  };
}
