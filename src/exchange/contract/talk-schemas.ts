import { Type } from "typebox";
import { PROPOSAL_GROUNDS } from "../../core/linkage/index.ts";
import { Nullable, SealedSchema } from "./brief-schema.ts";
import { CodeSchema, CountSchema, InstantSchema, NodeCodeSchema } from "./scalar-schemas.ts";

const Text = Nullable(SealedSchema);
const ProposalSchema = Type.Object({
  desk: NodeCodeSchema,
  owner: NodeCodeSchema,
  ground: Type.Enum([...PROPOSAL_GROUNDS]),
  ref: Nullable(CodeSchema),
});
const AnswerSchema = Type.Object({
  question: CodeSchema,
  answer: Type.Enum(["yes", "no", "unknown"]),
  how: Type.Enum(["asked", "known"]),
});

/** What was said in a dispute, and the signature of the other desk (version 7). @source nmg:2.2.1 @source yn:3.1 */
export const TALK_SCHEMAS = {
  talked: Type.Object({
    type: Type.Literal("talked"),
    no: CountSchema,
    at: InstantSchema,
    who: Text,
    others: Text,
    callerPresent: Type.Boolean(),
    callId: Nullable(CodeSchema),
    proposals: Type.Array(ProposalSchema, { maxItems: 8 }),
    catalogueVersion: CodeSchema,
    asked: Type.Array(AnswerSchema, { maxItems: 40 }),
    to: Nullable(NodeCodeSchema),
    note: Text,
  }),
  talkSigned: Type.Object({
    type: Type.Literal("talkSigned"),
    no: CountSchema,
    at: InstantSchema,
    who: Text,
  }),
} as const;
