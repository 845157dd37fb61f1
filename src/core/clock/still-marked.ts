import { plusMs } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import type { ClockPolicy } from "./limit.ts";

/** How often each mark was called out. */
type Marked = Readonly<Partial<Record<string, number>>>;
type Dated = {
  readonly due: { readonly at: Instant } | null;
  readonly marked: Marked;
  readonly policy: Pick<ClockPolicy, "marks">;
};

/** When the due time moves, a mark whose new moment is still to come is called out again; one that has passed is not said twice. */
export function stillMarked(next: Dated, at: Instant): Marked {
  const { due, marked, policy } = next;
  if (due === null) return marked;
  const before = (mark: string): number => {
    const ahead = mark === "reminder" || mark === "supervision";
    return ahead ? (policy.marks.find((rule) => rule.mark === mark)?.minutes ?? 0) : 0;
  };
  const kept = Object.entries(marked).filter(
    ([mark]) => mark === "giveBack" || plusMs(due.at, -before(mark) * 60_000) <= at,
  );
  return Object.fromEntries(kept);
}
