import { Type } from "typebox";
import type { Static } from "typebox";
import { Cursor } from "./acts.ts";
import { Limit, nullable, oneOf, strict } from "./parts.ts";

const Text = Type.String();
const Maybe = nullable(Text);
const Count = Type.Integer({ minimum: 0 });

export const StandingQuery = strict({ cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) });
export type StandingQuery = Static<typeof StandingQuery>;

/** A hand-over that has not moved for longer than it may. */
export const StandingView = strict({
  requestNo: Text,
  linkageId: Text,
  peer: Text,
  kind: Text,
  role: oneOf(["S", "R"]),
  part: oneOf(["ordinary", "danger", "partner", "none"]),
  state: Text,
  since: Type.String({ description: "since when it is waited for" }),
  dueAt: Type.String({ description: "when the time for it was over" }),
  who: oneOf(["thisDesk", "otherDesk", "arbiter", "operator"]),
  act: oneOf([
    "mendLink",
    "answer",
    "decideReturned",
    "rule",
    "takeOver",
    "confirm",
    "reopen",
    "holdConclusion",
    "holdEnd",
    "dial",
    "look",
    "sign",
    "read",
    "help",
  ]),
  level: Type.Integer({ minimum: 1, description: "how often it was raised without effect, at least 1" }),
  /** The clause behind it. */
  source: Text,
});
export type StandingView = Static<typeof StandingView>;
/** Dangers first, then what has stood longest, page by page. A short page may have a next one. */
export const StandingPage = Type.Object({ rows: Type.Array(StandingView), next: Maybe }, { $id: "StandingPage" });

const Delays = strict({
  of: Count,
  medianMs: nullable(Count),
  p90Ms: Type.Union([Count, Type.Null()], { description: "nine of ten took no longer" }),
});

export const PeerFiguresView = strict({
  peer: Text,
  lane: oneOf(["urgent", "ordinary"]),
  unsent: Count,
  oldestUnsentAt: Maybe,
  dead: Count,
  unanswered: Count,
  oldestUnansweredAt: Maybe,
  receipts: Delays,
  answers: Delays,
  returned: Count,
  bounced: Count,
});
export type PeerFiguresView = Static<typeof PeerFiguresView>;
export const PeerFiguresList = Type.Object(
  { at: Text, rows: Type.Array(PeerFiguresView) },
  {
    $id: "PeerFiguresList",
    description:
      "by peer and lane: messages it has not receipted, hand-overs it has neither taken over nor given back, delays of receipts over the last 24 hours and of answers over the last 7 days, hand-overs it gave back and requests it gave back more than once or handed back over the last 7 days; each of at most 20,000 rows",
  },
);
