import type { Side } from "../client/accounts.ts";
import type { Chance, DelayName } from "./mixes.ts";
import type { Seen, SeenOrder, SeenUnitOrder } from "./seen.ts";
import type { Story } from "./story.ts";

export type Role = "callTaker" | "dispatcher";

/** What somebody is going to do: a command, its target and its words. */
export type Wish = {
  readonly command: string;
  /** Number of the request, or id of the linkage or order. */
  readonly target: string;
  readonly body: object;
  /** A unit has to be looked up for it: the suggested one for this item and place. */
  readonly unit?: "work" | "police";
};

/** What the people at this desk have in mind about one request. */
export type Mind = {
  readonly desk: Side;
  readonly story: Story;
  readonly returnReasons: readonly string[];
  readonly guidanceReasons: readonly string[];
  /** Units whose clerk has a log-in; the others phone their reply in. */
  readonly clerks: ReadonlySet<string>;
};

/** What do I see → what do I do, how often, how soon. Within a lane the first row that fits is done; lanes go on side by side. */
export type Step = {
  readonly name: string;
  readonly lane: "danger" | "handOver" | "order" | "ordinary";
  readonly who: Role;
  readonly delay: DelayName;
  /** Drawn once for a request and a desk. */
  readonly chance?: Chance;
  /** Not done a second time on the same request. */
  readonly once?: true;
  readonly see: (seen: Seen, mind: Mind) => Wish | null;
};

/** The same for a unit's clerk and the unit's own list; every row is done once an order at most. */
export type ClerkStep = {
  readonly name: string;
  readonly delay: (order: SeenOrder) => DelayName;
  readonly chance?: Chance;
  readonly see: (row: SeenUnitOrder, desk: Side) => Wish | null;
};
