import { Type } from "typebox";
import type { Static } from "typebox";
import { GivenAnswers } from "./commands.ts";
import { ItemView } from "./node-views.ts";
import { GroupCodeText, ItemCodeText, nullable, oneOf, QuestionCodeText, strict } from "./parts.ts";

const Text = Type.String();
const Maybe = nullable(Text);
const Basis = oneOf(["plan", "agreement", "default"]);

/** Why something is so: the row, the version, the clause as printed, the paper, and a sentence that can be read aloud. */
export const ExplanationView = strict({
  code: Text,
  version: Text,
  clause: Text,
  clauseTitleZh: Text,
  sourceText: Maybe,
  documentZh: Text,
  sentenceZh: Text,
  sentenceEn: Text,
  basis: Basis,
  basisZh: Text,
  basisEn: Text,
  doubtZh: Maybe,
});
export type ExplanationView = Static<typeof ExplanationView>;

/** What can be explained. `code` = an item, a kind of hand-over, a reason, a question, a limit, a refusal, a policy, or a clause. */
export const EXPLAINED = [
  "verdict",
  "transfer",
  "return",
  "withdrawal",
  "guidance",
  "exclusion",
  "question",
  "deadline",
  "refusal",
  "policy",
  "clause",
] as const;

export const ExplanationQuery = strict({
  kind: oneOf(EXPLAINED),
  code: Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_:.-]{0,63}$" }),
  /** Version it was decided by; left out: the one in force. */
  version: Type.Optional(Type.String({ maxLength: 64 })),
  /** Of a transfer: the side it goes to, and the item. */
  to: Type.Optional(oneOf(["hotline", "police"])),
  item: Type.Optional(ItemCodeText),
});
export type ExplanationQuery = Static<typeof ExplanationQuery>;

export const ExplanationAnswer = Type.Object(
  { explanation: nullable(ExplanationView) },
  { $id: "Explanation", description: "null: this version is not here, or does not know the code" },
);

/**
 * What a desk asks while the person talks: about the chosen item, or, without one, about the item the words sound like. In the body,
 * not in the address: addresses are written into logs.
 */
export const AdviceBody = strict({
  item: Type.Optional(ItemCodeText),
  words: Type.Optional(Type.String({ maxLength: 2_000 })),
  answers: Type.Optional(GivenAnswers),
  /** Which desk received it first; left out: this one. */
  receivedBy: Type.Optional(oneOf(["hotline", "police"])),
  /** Whether 110 has given its initial response. */
  initialResponse: Type.Optional(Type.Boolean()),
  /** Whether a handling unit reports it while it handles an order. */
  duringOrder: Type.Optional(Type.Boolean()),
});
export type AdviceBody = Static<typeof AdviceBody>;

const Outcome = strict({ item: ItemView, why: ExplanationView });

export const Advice = Type.Object(
  {
    version: Text,
    /** The item that was asked about, with why it is whose; null = none was chosen and the words sound like none. */
    about: nullable(Outcome),
    groups: Type.Array(
      strict({
        group: GroupCodeText,
        nameZh: Text,
        nameEn: Text,
        /** What to ask next; null = nothing is left. */
        question: nullable(
          strict({ code: QuestionCodeText, askZh: Text, askEn: Text, basis: Basis, source: Text, noteZh: Maybe }),
        ),
        answers: GivenAnswers,
        /** Where the answers led; null = not all is asked. */
        outcome: nullable(Outcome),
      }),
    ),
  },
  { $id: "Advice" },
);
export type Advice = Static<typeof Advice>;
