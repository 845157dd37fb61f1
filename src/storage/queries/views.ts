import type { CaseIndex } from "../../app/ports/store.ts";
import type { QueueFilter } from "../../app/ports/queries.ts";

export type QueueView = QueueFilter["view"];

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
  closed: "c.status = 'closed'",
  all: "true",
} as const satisfies Readonly<Record<QueueView, string>>;

/** The same conditions on a row in memory. */
export const VIEW_TESTS: Readonly<Record<QueueView, (index: CaseIndex) => boolean>> = {
  mine: (index) => (index.responsible && index.status !== "closed") || index.dangerOpen,
  incoming: (index) => index.status === "offered",
  theirs: (index) => index.status === "handedOver",
  danger: (index) => index.dangerOpen,
  closed: (index) => index.status === "closed",
  all: () => true,
};

export const VIEWS: readonly QueueView[] = ["mine", "incoming", "theirs", "danger", "closed", "all"];

/** Counts stop here: a desk needs "1,000 and more", not the number. */
export const COUNT_CAP = 1_000;
