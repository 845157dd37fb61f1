import type { Static } from "typebox";
import type { QueueRow } from "../../../src/http/contract/index.ts";
import type { QueueView } from "../../shared/api/reads.ts";

type Row = Pick<Static<typeof QueueRow>, "requestNo" | "status" | "responsible" | "dangerOpen">;

/** Whether a request with an open danger belongs into a view: whoever follows it must not look for it elsewhere. */
const BELONGS: Readonly<Record<QueueView, (row: Row) => boolean>> = {
  mine: () => true,
  incoming: (row) => row.status === "offered",
  returned: () => false,
  theirs: (row) => row.status === "handedOver",
  danger: () => true,
  closed: (row) => row.status === "closed" || row.status === "stoodDown",
};

/** Views in which whoever must decide about a return looks for work. */
const DECIDES: ReadonlySet<QueueView> = new Set(["mine", "incoming"]);

/**
 * The rows of a view with open danger on top, however old it is: the server turns pages by time, so a danger of an hour ago
 * may stand pages below. Then what the other desk gave back, which waits for this desk's word. `danger` and `returned` = those views,
 * newest first. Each request stands once.
 * @source nmg:2.2.1
 */
export function dangerFirst<R extends Row>(
  view: QueueView,
  danger: readonly R[],
  rows: readonly R[],
  returned: readonly R[] = [],
): readonly R[] {
  const onTop = danger.filter((row) => row.dangerOpen && BELONGS[view](row));
  const open = rows.filter((row) => row.dangerOpen);
  const back = DECIDES.has(view) ? returned : [];
  // A request keeps its first place and is shown as the view itself last read it.
  const listed = new Map(rows.map((row) => [row.requestNo, row]));
  const placed = new Map([...onTop, ...open, ...back, ...rows].map((row) => [row.requestNo, row]));
  return [...placed.values()].map((row) => listed.get(row.requestNo) ?? row);
}
