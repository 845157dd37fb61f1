import type { CaseIndex } from "../../app/ports/store.ts";
import type { QueueFilter } from "../../app/ports/queries.ts";

export type QueueView = QueueFilter["view"];

/** Hand-overs of this desk that were given back and wait for its word: few, in an index of their own. @source nmg:2.2.1 */
const RETURNED_HERE = "l.state->>'role' = 'S' and l.state->>'state' = 'returned'";

/**
 * The views of the queue as conditions over `c` = liandong.cases. Written as literals, word for word as in the partial
 * indexes of the schema: with parameters in them the planner could not prove that an index fits. An open danger is among
 * "mine" whoever holds the ordinary part: what was pushed to 110 is 110's to act on. @source nmg:2.2.1
 */
export const VIEW_CONDITIONS = {
  mine: "((c.responsible and c.status <> 'closed') or c.danger_open)",
  incoming: "c.status = 'offered'",
  theirs: "c.status = 'handedOver'",
  danger: "c.danger_open",
  returned: `c.case_id = any (array(select l.case_id from liandong.linkages l where ${RETURNED_HERE}))`,
  closed: "c.status in ('closed', 'stoodDown')",
  all: "true",
} as const satisfies Readonly<Record<QueueView, string>>;

/** The same conditions on a row in memory. */
export const VIEW_TESTS: Readonly<Record<QueueView, (index: CaseIndex, returned: boolean) => boolean>> = {
  mine: (index) => (index.responsible && index.status !== "closed") || index.dangerOpen,
  incoming: (index) => index.status === "offered",
  theirs: (index) => index.status === "handedOver",
  danger: (index) => index.dangerOpen,
  returned: (_, returned) => returned,
  closed: (index) => index.status === "closed" || index.status === "stoodDown",
  all: () => true,
};

export const VIEWS: readonly QueueView[] = ["mine", "incoming", "returned", "theirs", "danger", "closed", "all"];

/** Counts stop here: a desk needs "1,000 and more", not the number. */
export const COUNT_CAP = 1_000;
