import type { Static } from "typebox";
import type { QueueRow } from "../../../src/http/contract/index.ts";
import type { QueueView } from "../../shared/api/reads.ts";

type Row = Pick<Static<typeof QueueRow>, "requestNo" | "status" | "responsible" | "dangerOpen">;

/** Whether a request with an open danger belongs into a view: whoever follows it must not look for it elsewhere. */
const BELONGS: Readonly<Record<QueueView, (row: Row) => boolean>> = {
  mine: () => true,
  incoming: (row) => row.status === "offered",
  theirs: (row) => row.status === "handedOver",
  danger: () => true,
  closed: (row) => row.status === "closed",
};

/**
 * The rows of a view with open danger on top, however old it is: the server turns pages by time, so a danger of an hour ago
 * may stand pages below. `danger` = the view of open dangers, newest first. Each request stands once.
 * @source nmg:2.2.1
 */
export function dangerFirst<R extends Row>(view: QueueView, danger: readonly R[], rows: readonly R[]): readonly R[] {
  const listed = new Map(rows.map((row) => [row.requestNo, row]));
  const onTop = danger.filter((row) => row.dangerOpen && BELONGS[view](row));
  const known = new Set(onTop.map((row) => row.requestNo));
  const open = rows.filter((row) => row.dangerOpen && !known.has(row.requestNo));
  const rest = rows.filter((row) => !row.dangerOpen && !known.has(row.requestNo));
  return [...onTop.map((row) => listed.get(row.requestNo) ?? row), ...open, ...rest];
}
