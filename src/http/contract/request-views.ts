import { Type } from "typebox";
import { DANGER_OUTCOMES, JOINT_OUTCOMES } from "../../core/linkage/index.ts";
import type { Static } from "typebox";
import { ClockView, DueView, QueueDue, TimeSpentView } from "./clock-views.ts";
import { FieldView } from "./field-view.ts";
import { TalkView } from "./talk-views.ts";
import { GroupCodeText, nullable, oneOf, QuestionCodeText, strict } from "./parts.ts";

const Text = Type.String();
const Maybe = nullable(Text);

export const VerdictView = strict({
  side: oneOf(["hotline", "police", "both", "neither", "negotiate"]),
  item: Maybe,
  itemName: Maybe,
  itemNameEn: Maybe,
  condition: Maybe,
  mode: Text,
  urgency: oneOf(["ordinary", "urgent"]),
  catalogueVersion: Text,
  source: Text,
  basis: oneOf(["plan", "agreement", "default"]),
  by: oneOf(["person", "machine", "peer"]),
  /** Which desk judged so, when it was the other one. */
  from: Type.Optional(Text),
  /** Version whose words are shown: present only while the version judged by is another desk's and has not come yet. */
  wordsOf: Type.Optional(Text),
  asked: Type.Optional(
    Type.Array(
      strict(
        {
          group: GroupCodeText,
          answers: Type.Array(
            strict({
              question: QuestionCodeText,
              answer: oneOf(["yes", "no", "unknown"]),
              how: oneOf(["asked", "known"]),
              askZh: Maybe,
              askEn: Maybe,
            }),
          ),
          outcome: Maybe,
          outcomeName: Maybe,
          outcomeNameEn: Maybe,
        },
        "what the caller was asked before the judgement, in the words of that version, and the item the answers led to; `negotiate` = to be agreed, null = not all was asked",
      ),
    ),
  ),
});

/** A command that is open now, but not to this account, with the roles that may give it. */
const ForOthers = Type.Array(
  strict({
    command: Text,
    roles: Type.Array(oneOf(["callTaker", "dispatcher", "unitClerk", "supervisor", "operator"])),
  }),
);

export const OrderView = strict({
  id: Text,
  kind: oneOf(["work", "police"]),
  unit: Text,
  unitName: Text,
  role: oneOf(["lead", "assisting"]),
  status: oneOf(["dispatched", "acknowledged", "arrived", "replied", "recalled"]),
  dispatchedAt: Text,
  acknowledgedAt: Maybe,
  arrivedAt: Maybe,
  endedAt: Maybe,
  instruction: nullable(FieldView),
  reply: nullable(FieldView),
  resolution: Maybe,
  due: Type.Optional(nullable(DueView)),
  clock: Type.Optional(nullable(ClockView)),
  allowed: Type.Array(Text),
  forOthers: ForOthers,
});
export type OrderView = Static<typeof OrderView>;

export const LinkageView = strict({
  id: Text,
  kind: Text,
  role: oneOf(["S", "R"]),
  peer: Text,
  peerSide: oneOf(["hotline", "police"]),
  state: Text,
  part: Text,
  openedAt: Text,
  deliveredAt: Maybe,
  acceptedAt: Maybe,
  signedAt: Maybe,
  /** Until when its receiver may give it back, by the receiver's clock; at the sender reckoned from the delivery. null = not now. */
  returnUntil: Type.Optional(Maybe),
  /** Version that set this time: it is explained by that one, whatever is in force since. */
  returnUntilBy: Type.Optional(Maybe),
  followPolicy: Text,
  regime: Text,
  /** Version it was handed over by; it is explained by that one, whatever is in force since. */
  catalogueVersion: Text,
  /** Why it was returned, as the returning desk said it. */
  returned: Type.Optional(
    nullable(strict({ reason: Text, at: Text, basis: nullable(FieldView), proposedOwner: nullable(FieldView) })),
  ),
  /** Who has it by a ruling, or as first receiver, and what that rests on: `consultation`, `arbiter` or `firstReceiver`; null = nothing bound it. */
  ruling: Type.Optional(nullable(strict({ to: Text, basis: Text, at: Text }))),
  /** What was written down while it was disputed, oldest first. */
  talks: Type.Optional(Type.Array(TalkView)),
  /** Notice: `text`; support: `what`, `where`, `when`, `answer`, `result`, as far as they were said. null = it is neither. */
  words: Type.Optional(nullable(Type.Record(Text, FieldView))),
  /** Notice: when somebody there had read it. Support: when it was granted or declined. */
  answeredAt: Type.Optional(Maybe),
  endedAt: Type.Optional(Maybe),
  /** Urgent: what came of the danger, and in which words; null = it has not ended, or is no push. */
  outcome: Type.Optional(
    nullable(strict({ as: oneOf([...DANGER_OUTCOMES, ...JOINT_OUTCOMES]), result: nullable(FieldView) })),
  ),
  /** What whoever handed it over had judged it as by then; null = no item was chosen. */
  item: Type.Optional(Maybe),
  additionsUnread: Type.Integer(),
  /** Number to dial when the link is silent. */
  dutyPhone: Text,
  byVoice: Type.Optional(
    nullable(
      strict(
        { name: Text, nameEn: Text, phone: Text, pushedTo: Text, pushedToEn: Text },
        "open push to another 110 than the place's own, which has no data link: the number to dial, and where the push went",
      ),
    ),
  ),
  /** Urgent: when the key of the last push was pressed, by the sender's clock; null = not known, or no push. */
  pressedAt: Type.Optional(Maybe),
  /** Urgent: when the last push came: at the receiver by its clock, at the sender when it held the receipt; null = not yet. */
  cameAt: Type.Optional(Maybe),
  /** Urgent: number of the last push (to be said back with `shown` and `sign`), and of the last one that an on-duty seat has had on screen (deliveredAt); 0 = none. */
  pushNo: Type.Integer(),
  shownPushNo: Type.Integer(),
  allowed: Type.Array(Text),
  forOthers: ForOthers,
});
export type LinkageView = Static<typeof LinkageView>;

/** One request as one reader may see it now, with what he may do next. */
export const RequestView = Type.Object(
  {
    requestNo: Text,
    caseId: Text,
    etag: Text,
    status: oneOf(["offered", "registered", "accepted", "handling", "concluded", "handedOver", "stoodDown", "closed"]),
    /** This node holds the ordinary part. */
    responsible: Type.Boolean(),
    holder: nullable(Text),
    origin: oneOf(["intake", "linkage"]),
    firstReceiver: strict({ registeredAt: Text, nodeCode: Text, requestNo: Text }),
    registeredAt: Text,
    receivedAt: Text,
    changedAt: Text,
    channel: Text,
    place: Maybe,
    placeName: Maybe,
    requestKind: Maybe,
    field: Maybe,
    requesterType: Maybe,
    confidential: Type.Boolean(),
    danger: Type.Boolean(),
    dangerOpen: Type.Boolean(),
    verdict: nullable(VerdictView),
    told: Type.Optional(
      Type.Array(
        strict({
          name: Text,
          value: Type.Union([Text, Type.Boolean(), Type.Null()]),
          by: Text,
          at: Text,
          label: Maybe,
          labelEn: Maybe,
        }),
        {
          description:
            "what another desk last told of a coded fact, by whom and when; it may differ from what stands here; an item with its name",
        },
      ),
    ),
    completion: Type.Optional(
      nullable(
        strict({ missing: oneOf(["place", "unit"]), no: Type.Integer() }, "half of a double dispatch still missing"),
      ),
    ),
    missing: Type.Array(Text, { description: "mandatory facts still missing before it can be concluded" }),
    fields: Type.Record(Text, FieldView),
    initialResponse: nullable(FieldView),
    conclusion: nullable(
      strict({ resolution: Text, result: nullable(FieldView), at: Text, by: oneOf(["self", "peer"]) }),
    ),
    callbacks: Type.Array(
      strict({
        no: Type.Integer(),
        at: Text,
        outcome: Text,
        satisfaction: nullable(Type.Integer()),
        solved: nullable(Type.Boolean()),
        note: nullable(FieldView),
      }),
    ),
    rating: nullable(strict({ satisfaction: nullable(Type.Integer()), solved: nullable(Type.Boolean()) })),
    closedAs: Maybe,
    due: Type.Optional(nullable(DueView)),
    clock: Type.Optional(nullable(ClockView)),
    spent: Type.Optional(Type.Array(TimeSpentView)),
    orders: Type.Array(OrderView),
    linkages: Type.Array(LinkageView),
    /** Commands this reader may give now on the request itself (names of COMMANDS); those on orders and linkages stand there. */
    allowed: Type.Array(Text),
    /** Those of `allowed`, and accepting an offer, that would be refused now because another step is missing: by which refusal code, and its counts. */
    notYet: Type.Array(strict({ command: Text, code: Text, params: Type.Record(Text, Type.Unknown()) })),
    forOthers: ForOthers,
    handOverTo: Type.Optional(
      nullable(
        strict(
          { to: Maybe, choice: Type.Array(Text), dial: nullable(strict({ name: Text, phone: Text })) },
          "desk a hand-over goes to by the routing table when none is named; without one, the desks a person chooses among, and the desk that serves the place by voice only",
        ),
      ),
    ),
  },
  { $id: "Request", additionalProperties: false },
);
export type RequestView = Static<typeof RequestView>;

/** One line of a queue. */
export const QueueRow = strict({
  requestNo: Text,
  caseId: Text,
  status: Text,
  responsible: Type.Boolean(),
  danger: Type.Boolean(),
  dangerOpen: Type.Boolean(),
  item: Maybe,
  itemName: Maybe,
  itemNameEn: Maybe,
  place: Maybe,
  placeName: Maybe,
  peer: Maybe,
  handOver: Type.Optional(
    nullable(
      strict(
        { role: oneOf(["S", "R"]), state: Text },
        "newest hand-over of the ordinary part: S = this desk handed it over, R = it was handed to this desk",
      ),
    ),
  ),
  /** What this desk owes next: every unit has replied, the requester was not reached yet, or all is done but the closing. */
  next: Type.Optional(nullable(oneOf(["conclude", "callBack", "close"]))),
  additionsUnread: Type.Optional(
    Type.Integer({ description: "additions of the other desk that nobody at this one has read" }),
  ),
  units: Type.Array(Text),
  due: Type.Optional(nullable(QueueDue)),
  registeredAt: Text,
  changedAt: Text,
  requester: Maybe,
  summary: Type.String({ description: "first 80 characters of what was said, numbers masked" }),
});
export type QueueRow = Static<typeof QueueRow>;

export const QueuePage = Type.Object({ rows: Type.Array(QueueRow), next: Maybe }, { $id: "QueuePage" });
export const QueueCounts = Type.Object(
  {
    mine: Type.Integer(),
    incoming: Type.Integer(),
    returned: Type.Integer(),
    theirs: Type.Integer(),
    danger: Type.Integer(),
    closed: Type.Integer(),
    all: Type.Integer(),
  },
  { $id: "QueueCounts", description: "capped at 1,000" },
);

export const UnitOrderRow = strict({
  order: OrderView,
  /** How far the newest push of this request's danger to 110 has come by its receipts; null = none was pushed. */
  push: nullable(oneOf(["sent", "onScreen", "signed", "ended"])),
  requestNo: Text,
  danger: Type.Boolean(),
  placeName: Maybe,
  itemName: Maybe,
  itemNameEn: Maybe,
  registeredAt: Text,
  fields: Type.Record(Text, FieldView),
  allowed: Type.Array(Text),
});
export type UnitOrderRow = Static<typeof UnitOrderRow>;
export const UnitOrderPage = Type.Object({ rows: Type.Array(UnitOrderRow), next: Maybe }, { $id: "UnitOrderPage" });

/** One line of the timeline: what happened, who did it, what it rests on. */
export const TimelineEntry = strict({
  at: Text,
  /** Of what a message of the other desk brought about: when that desk wrote it, by its clock; null = no message did, or it is not known. */
  saidAt: Type.Optional(Maybe),
  stream: oneOf(["case", "linkage", "order", "clock"]),
  streamId: Text,
  type: Type.String({ description: "event type; for a linkage the input, e.g. message.accepted" }),
  by: strict({ kind: Text, id: Text, node: Text, name: Maybe }),
  cause: Text,
  /** Rule row or clause behind it. */
  source: Maybe,
  from: Maybe,
  to: Maybe,
  /** Sealed texts of this line that the reader may see. */
  texts: Type.Array(strict({ field: Text, view: FieldView })),
  details: Type.Record(Text, Type.Unknown()),
});
export type TimelineEntry = Static<typeof TimelineEntry>;
export const Timeline = Type.Object({ rows: Type.Array(TimelineEntry) }, { $id: "Timeline" });
