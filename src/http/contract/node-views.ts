import { Type } from "typebox";
import type { Static } from "typebox";
import { nullable, oneOf, strict } from "./parts.ts";

const Text = Type.String();
const Maybe = nullable(Text);

const Named = strict({ code: Text, nameZh: Text, nameEn: Text });
/** With the clause that it rests on. */
const Sourced = strict({ code: Text, nameZh: Text, nameEn: Text, source: Type.Optional(Text) });
/** What a screen needs to know of this node once. */
export const Meta = Type.Object(
  {
    nodeCode: Text,
    side: oneOf(["hotline", "police"]),
    region: Text,
    regionName: Text,
    title: strict({ zh: Text, en: Text }),
    demo: Type.Boolean(),
    version: Text,
    catalogueVersion: Text,
    /** Whose duty lead an agreement lets decide a dispute at once; null = none does. */
    dutyArbiter: nullable(oneOf(["hotline", "police"])),
    peers: Type.Array(
      strict({
        nodeCode: Text,
        /** As the routing table names the desk; its node code when the table does not. */
        nameZh: Text,
        nameEn: Text,
        side: oneOf(["hotline", "police"]),
        dutyPhone: Text,
      }),
    ),
    lists: strict({
      channels: Type.Array(Named),
      requestKinds: Type.Array(Named),
      fields: Type.Array(Named),
      requesterTypes: Type.Array(Named),
      returnReasons: Type.Array(Sourced),
      withdrawReasons: Type.Array(Named),
      guidanceReasons: Type.Array(Named),
      /** What this desk does not take; each is the item `item`. Empty where nothing binds it. */
      exclusions: Type.Array(strict({ code: Text, item: Text, nameZh: Text, nameEn: Text })),
      resolutions: Type.Array(Named),
    }),
    places: Type.Array(strict({ code: Text, nameZh: Text, parent: Maybe })),
  },
  { $id: "Meta" },
);
export type Meta = Static<typeof Meta>;

export const ItemView = strict({
  code: Text,
  className: Text,
  classNameEn: Text,
  nameZh: Text,
  nameEn: Text,
  condition: Maybe,
  side: Text,
  mode: Text,
  urgency: Text,
  source: Text,
  basis: Text,
  unitKind: Maybe,
});
export type ItemView = Static<typeof ItemView>;
export const ItemList = Type.Object({ rows: Type.Array(ItemView) }, { $id: "ItemList" });
export const UnitView = strict({
  code: Text,
  nameZh: Text,
  nameEn: Text,
  side: Text,
  tier: Text,
  region: Text,
  unitKind: Text,
  dutyPhone: Text,
  suggested: Type.Boolean(),
});
export type UnitView = Static<typeof UnitView>;
export const UnitList = Type.Object({ rows: Type.Array(UnitView) }, { $id: "UnitList" });

export const DeadLetterList = Type.Object(
  {
    rows: Type.Array(
      strict({
        messageId: Text,
        direction: oneOf(["out", "in"]),
        peer: Text,
        lane: oneOf(["urgent", "ordinary"]),
        conversation: Text,
        type: Text,
        requestNo: Maybe,
        error: Text,
        attempts: Type.Integer(),
        since: Text,
      }),
    ),
  },
  { $id: "DeadLetterList" },
);
export const LinkList = Type.Object(
  {
    rows: Type.Array(
      strict({
        peer: Text,
        up: Type.Boolean(),
        since: Maybe,
        lastReceiptAt: Maybe,
        backlogUrgent: Type.Integer(),
        backlogOrdinary: Type.Integer(),
        dead: Type.Integer(),
        dutyPhone: Text,
      }),
    ),
  },
  { $id: "LinkList" },
);
export const PublicStatus = Type.Object(
  { requestNo: Text, stage: oneOf(["received", "handling", "withOtherDesk", "concluded", "closed"]), changedAt: Text },
  { $id: "PublicStatus" },
);

export const AlarmView = strict({
  kind: Text,
  subject: Text,
  caseId: Maybe,
  requestNo: Maybe,
  /** Of `completionOwed`: which half of the double dispatch is missing. */
  missing: Type.Optional(oneOf(["place", "unit"])),
  /** Of `notTakenUp`: whose number `dial` is; absent = it names none. */
  rings: Type.Optional(strict({ nameZh: Text, nameEn: Text })),
  level: Type.Integer(),
  dial: Maybe,
  audience: oneOf(["desk", "supervisor", "operator"]),
  raisedAt: Text,
  acknowledgedAt: Maybe,
  /** So many more of its kind stand in the reader's divisions that the list does not name; 1000 = so many or more. */
  leftOut: Type.Optional(Type.Integer()),
});
export type AlarmView = Static<typeof AlarmView>;
/** Pushes of the reader that are open and that nobody has signed, newest first. */
export const OwnPushList = Type.Object(
  { rows: Type.Array(strict({ requestNo: Text, at: Type.String({ description: "when the last of them left" }) })) },
  { $id: "OwnPushList" },
);
export const AlarmList = Type.Object({ rows: Type.Array(AlarmView) }, { $id: "AlarmList" });

/** One frame of the live stream: something of this request changed; read it again. `urgent` frames ring. */
export const StreamFrame = strict({
  cursor: Text,
  caseId: Text,
  requestNo: Maybe,
  stream: oneOf(["case", "linkage", "order", "clock"]),
  streamId: Text,
  type: Text,
  at: Text,
});
export type StreamFrame = Static<typeof StreamFrame>;
