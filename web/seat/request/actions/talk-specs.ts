import { TALK_OWNERS } from "../../../../src/core/file/index.ts";
import { PROPOSAL_GROUNDS } from "../../../../src/core/linkage/index.ts";
import type { CommandBody } from "../../../../src/http/contract/index.ts";
import type { Values } from "../../../shared/drafts/form-values.ts";
import { askedOnly } from "../../questions/answers.ts";
import type { FieldSpec } from "./field-spec.ts";
import { coded, maybe, oneOf, text } from "./spec-parts.ts";
import type { Spec } from "./spec-parts.ts";

type Side = "ours" | "theirs";
type SideBody = CommandBody<"recordTalk">[Side];

const WHO: FieldSpec = { name: "who", kind: "line", label: "form.talkWho", hint: "form.talkWhoHint", required: true };

/** What one side proposed: whose it should be, and on which ground. */
function sideFields(side: Side): readonly FieldSpec[] {
  const [owner, ground] =
    side === "ours"
      ? (["form.talkOurs", "form.talkOursGround"] as const)
      : (["form.talkTheirs", "form.talkTheirsGround"] as const);
  const rests = (on: string) => (values: Values) => values[`${side}Ground`] === on;
  return [
    { name: `${side}Owner`, kind: "choice", label: owner, required: true, options: coded("talkOwner", TALK_OWNERS) },
    {
      name: `${side}Ground`,
      kind: "choice",
      label: ground,
      required: true,
      options: coded("talkGround", PROPOSAL_GROUNDS),
    },
    { name: `${side}Item`, kind: "item", label: "form.talkItem", required: true, when: rests("item") },
    {
      name: `${side}Clause`,
      kind: "line",
      label: "form.talkClause",
      required: true,
      when: rests("clause"),
    },
  ];
}

function sideBody(values: Values, side: Side): SideBody {
  const ground = oneOf(values, `${side}Ground`, PROPOSAL_GROUNDS);
  const ref = ground === "default" ? "" : text(values, ground === "item" ? `${side}Item` : `${side}Clause`);
  return { owner: oneOf(values, `${side}Owner`, TALK_OWNERS), ground, ...(ref === "" ? {} : { ref }) };
}

/** Forms of what is written down of a dispute, and of the signature under it. @source nmg:2.2.1 @source yn:3.1 */
export const TALK_SPECS: { readonly [N in "recordTalk" | "signTalk"]: Spec<N> } = {
  recordTalk: {
    fields: [
      {
        name: "agreed",
        kind: "choice",
        label: "form.talkAgreed",
        required: true,
        options: coded("talkAgreed", [...TALK_OWNERS, "no"]),
      },
      {
        name: "caller",
        kind: "choice",
        label: "form.talkCaller",
        required: true,
        options: coded("talkCaller", ["yes", "no"]),
      },
      WHO,
      { name: "others", kind: "line", label: "form.talkOthers", hint: "form.talkOthersHint", required: false },
      { name: "callId", kind: "line", label: "form.talkCallId", required: false },
      ...sideFields("ours"),
      ...sideFields("theirs"),
      { name: "note", kind: "long", label: "form.talkNote", required: false },
    ],
    initial: () => ({ caller: "yes" }),
    body: (values) => ({
      who: text(values, "who"),
      callerPresent: values["caller"] === "yes",
      ours: sideBody(values, "ours"),
      theirs: sideBody(values, "theirs"),
      asked: askedOnly(values["asked"] ?? "").map(({ question, answer }) => ({ question, answer })),
      ...(values["agreed"] === "no" ? {} : { agreed: oneOf(values, "agreed", TALK_OWNERS) }),
      ...maybe(values, "others"),
      ...maybe(values, "callId"),
      ...maybe(values, "note"),
    }),
  },
  signTalk: {
    fields: [WHO],
    initial: ({ talkNo = 0 }) => ({ no: String(talkNo) }),
    body: (values) => ({ no: Number(values["no"]), who: text(values, "who") }),
  },
};
