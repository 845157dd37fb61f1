import { Type } from "typebox";
import { TALK_OWNERS } from "../../core/file/index.ts";
import { PROPOSAL_GROUNDS } from "../../core/linkage/index.ts";
import { FieldView } from "./field-view.ts";
import { LongText, nullable, oneOf, ShortText, strict } from "./parts.ts";

const Text = Type.String();

/** What one side proposed: whose it should be, and by what. `ref` = code of an item or key of a clause; none with `default`. */
const Side = strict({
  owner: oneOf(TALK_OWNERS),
  ground: oneOf(PROPOSAL_GROUNDS),
  ref: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9.:-]{0,39}$" })),
});

const Answers = Type.Array(
  strict({ question: Type.String({ maxLength: 40 }), answer: oneOf(["yes", "no", "unknown"]) }),
  {
    maxItems: 40,
    description: "deciding questions of the catalogue that were asked; those it does not know are left out",
  },
);

/** What was said in a three-way call or negotiation; `agreed` left out = not agreed: the first receiver has it provisionally. */
export const RecordTalkBody = strict({
  who: ShortText,
  others: Type.Optional(ShortText),
  callerPresent: Type.Boolean(),
  callId: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9-]{1,64}$" })),
  ours: Side,
  theirs: Side,
  asked: Type.Optional(Answers),
  agreed: Type.Optional(oneOf(TALK_OWNERS)),
  note: Type.Optional(LongText),
});

/** `no` = the record of the other desk as it was read. */
export const SignTalkBody = strict({ no: Type.Integer({ minimum: 1 }), who: ShortText });

/** One talk as a reader may see it; `signed` null = the other desk has not signed it. */
export const TalkView = strict({
  no: Type.Integer(),
  by: Text,
  at: Text,
  who: nullable(FieldView),
  others: nullable(FieldView),
  callerPresent: Type.Boolean(),
  callId: nullable(Text),
  proposals: Type.Array(
    strict({
      desk: Text,
      owner: Text,
      ground: oneOf(PROPOSAL_GROUNDS),
      ref: nullable(Text),
      name: nullable(Text),
      nameEn: nullable(Text),
    }),
  ),
  catalogueVersion: Text,
  asked: Type.Array(
    strict({ question: Text, answer: oneOf(["yes", "no", "unknown"]), askZh: nullable(Text), askEn: nullable(Text) }),
  ),
  to: nullable(Text),
  note: nullable(FieldView),
  signed: nullable(strict({ at: Text, who: nullable(FieldView) })),
});
