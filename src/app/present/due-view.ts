import { nextDue } from "../../core/clock/index.ts";
import type { Clock } from "../../core/clock/index.ts";
import type { DueCard } from "./cards.ts";

/** The running time limit of one thing (a request, an order) that is due first, with the rule behind it. @source nmg:2.2.5 @req REQ-70 */
export function dueView(clocks: readonly Clock[], subject: string): DueCard | null {
  const next = nextDue(clocks.filter((clock) => clock.subject === subject));
  if (next === null || next.due === null || next.status === "stopped") return null;
  const { stage, limit, amount, unit, source, basis } = next.policy;
  return {
    stage,
    dueAt: next.due.at,
    provisional: next.due.provisional,
    status: next.status,
    limit: { code: limit, amount, unit, source, basis },
  };
}
