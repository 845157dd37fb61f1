import { Type } from "typebox";
import type { Static } from "typebox";
import { DECIDED_SIDES, DISPUTE_WAYS } from "../../core/consultation/index.ts";
import { Code, ItemCodeText, LongText, nullable, oneOf, ShortText, strict } from "./parts.ts";

const Text = Type.String();
const Maybe = nullable(Text);
const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
const Way = oneOf(DISPUTE_WAYS);

/** One request behind a topic: a number, codes and an instant alone; what it is about is read as any request is. */
const Matter = strict({ requestNo: Text, linkageId: Text, peer: Text, at: Text, ways: Type.Array(Way) });

export const TopicView = strict({
  /** null = nobody has judged these. */
  item: Maybe,
  itemName: Maybe,
  itemNameEn: Maybe,
  division: Maybe,
  divisionName: Maybe,
  requests: Type.Integer(),
  ways: Type.Array(strict({ way: Way, of: Type.Integer() })),
  firstAt: Text,
  lastAt: Text,
  /** When it was last decided on; it is disputed again since. */
  settledAt: Maybe,
  /** When it was talked about, where the row that was decided waits for its signatures; null = nothing waits. */
  decidedOn: Maybe,
  /** The newest; `more` are not listed. */
  matters: Type.Array(Matter),
  more: Type.Integer(),
});
export type TopicView = Static<typeof TopicView>;

export const ConsultationView = strict({
  id: Text,
  heldOn: Text,
  number: Text,
  titleZh: Text,
  issuer: Text,
  item: Text,
  itemName: Maybe,
  itemNameEn: Maybe,
  side: oneOf(DECIDED_SIDES),
  rule: Text,
  validFrom: Text,
  /** The version that holds its row, and whether it is in force at this node. */
  version: Text,
  versionState: nullable(oneOf(["draft", "foreign", "inForce", "superseded"])),
  requestNos: Type.Array(Text),
  recordedAt: Text,
  recordedBy: Maybe,
  tookPart: Text,
  minutes: Text,
});
export type ConsultationView = Static<typeof ConsultationView>;

/** What is to be talked about by both sides, why, and what was decided. @source nmg:2.2.4 @source yn:3.4 */
export const ConsultationBoard = Type.Object(
  {
    policy: strict({ times: Type.Integer(), days: Type.Integer(), source: Text }),
    topics: Type.Array(TopicView),
    held: Type.Array(ConsultationView),
  },
  { $id: "ConsultationBoard" },
);
export type ConsultationBoard = Static<typeof ConsultationBoard>;

/** `unitKind` left out = as the row of the item has it. */
export const RecordConsultationBody = strict({
  heldOn: Day,
  number: ShortText,
  titleZh: ShortText,
  titleEn: ShortText,
  issuer: ShortText,
  tookPart: Type.String({ minLength: 1, maxLength: 2_000 }),
  minutes: LongText,
  item: ItemCodeText,
  side: oneOf(DECIDED_SIDES),
  rule: ShortText,
  unitKind: Type.Optional(Code),
  validFrom: Day,
});
export type RecordConsultationBody = Static<typeof RecordConsultationBody>;

/** The version that was proposed: both desks sign it as any other. */
export const ConsultationRecorded = Type.Object(
  { id: Text, version: Text, digest: Text },
  { $id: "ConsultationRecorded" },
);
export type ConsultationRecorded = Static<typeof ConsultationRecorded>;
