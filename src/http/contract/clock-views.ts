import { Type } from "typebox";
import type { Static } from "typebox";
import { FieldView } from "./field-view.ts";
import { nullable, oneOf, strict } from "./parts.ts";

const Text = Type.String();
const Maybe = nullable(Text);

/** The time limit that is due first of those that run, by the rule it was frozen with. */
export const DueView = strict({
  stage: oneOf([
    "dispatch",
    "acknowledge",
    "returnOrder",
    "firstContact",
    "arrive",
    "reply",
    "conclude",
    "callback",
    "supervision",
  ]),
  dueAt: Text,
  /** Touches a year whose holidays are not published yet. */
  provisional: Type.Boolean(),
  status: oneOf(["running", "paused", "awaitingRequester"]),
  limit: strict({
    code: Text,
    /** Version the rule was frozen by. */
    catalogueVersion: Type.Optional(Text),
    amount: Type.Integer(),
    unit: oneOf(["naturalMinutes", "naturalHours", "naturalDays", "workingMinutes", "workingHours", "workingDays"]),
    source: Text,
    basis: oneOf(["plan", "agreement", "default"]),
  }),
});
export type DueView = Static<typeof DueView>;

/** The clock by which a request or an order is handled as a whole, with what people have done to it; amounts in `unit`. */
export const ClockView = strict({
  stage: DueView.properties.stage,
  status: DueView.properties.status,
  /** null = it stands still. */
  dueAt: Maybe,
  provisional: Type.Boolean(),
  unit: DueView.properties.limit.properties.unit,
  pauseReason: Maybe,
  note: nullable(FieldView),
  /** Until when the requester is waited for. */
  awaitUntil: Maybe,
  extended: Type.Integer(),
  extensionLeft: Type.Integer(),
  /** An extension that waits for its answer; `own` = the reader asked and somebody else approves. */
  asked: nullable(
    strict({
      amount: Type.Integer(),
      reason: Text,
      note: nullable(FieldView),
      at: Text,
      wantedAt: Maybe,
      own: Type.Boolean(),
    }),
  ),
});
export type ClockView = Static<typeof ClockView>;

const Holder = { owner: Text, unitName: Maybe };

/** Where the time of one stage went, by who had to act; `owner` without `unitName` is a desk's node code. */
export const TimeSpentView = strict({
  stage: DueView.properties.stage,
  subject: Text,
  startedAt: Text,
  stoppedAt: Maybe,
  /** Who had it when it fell due; null = in time so far. */
  lateWith: nullable(strict(Holder)),
  shares: Type.Array(strict({ ...Holder, runningMinutes: Type.Integer(), workedMinutes: Type.Integer() })),
});
export type TimeSpentView = Static<typeof TimeSpentView>;

/** What of a request or its orders is due first; `at` null = all that runs stands still, `status` says whether one does. */
export const QueueDue = strict({
  stage: DueView.properties.stage,
  at: Maybe,
  provisional: Type.Boolean(),
  status: DueView.properties.status,
});
export type QueueDue = Static<typeof QueueDue>;
