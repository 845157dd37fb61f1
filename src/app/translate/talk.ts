import type { FileCommand, TalkSide } from "../../core/file/index.ts";
import type { GivenAnswer } from "../../core/catalogue/index.ts";
import type { LinkageId } from "../../kernel/index.ts";
import type { TalkInput } from "../talk-input.ts";
import type { Rules } from "../deps.ts";
import type { Sealer } from "../seal-input.ts";
import type { InputRefusal, Of } from "./named-input.ts";

/** What a person writes down of a dispute, or signs: people and texts are sealed, questions this version does not know are left out. */
export function onTalk(
  rules: Rules,
  input: Of<"recordTalk" | "signTalk">,
  linkageId: LinkageId,
  sealer: Sealer,
): FileCommand {
  if (input.name === "signTalk") {
    const { no, who } = input.body;
    return { type: "signTalk", linkageId, no, who: sealer.entry("talk.signed", who) };
  }
  const { who, others, callerPresent, callId, ours, theirs, asked = [], agreed, note } = input.body;
  return {
    type: "recordTalk",
    linkageId,
    who: sealer.entry("talk.who", who),
    others: sealer.entry("talk.others", others),
    callerPresent,
    callId: callId ?? null,
    ours: sideOf(ours),
    theirs: sideOf(theirs),
    asked: asked.flatMap(({ question, answer }): readonly GivenAnswer[] =>
      rules.question(question) === null ? [] : [{ question, answer, how: "asked" }],
    ),
    agreed: agreed ?? null,
    note: sealer.entry("talk.note", note),
  };
}

/** The ground of a proposal names what it rests on. Errors: ITEM_UNKNOWN, CLAUSE_UNKNOWN. */
export function unknownGround(rules: Rules, { ours, theirs }: TalkInput["recordTalk"]): InputRefusal | null {
  for (const { ground, ref = "" } of [ours, theirs]) {
    if (ground === "item" && rules.item(ref) === null) return { code: "ITEM_UNKNOWN", item: ref };
    if (ground === "clause" && rules.explain({ kind: "clause", clause: ref }) === null)
      return { code: "CLAUSE_UNKNOWN", clause: ref };
  }
  return null;
}

function sideOf({ owner, ground, ref }: TalkInput["recordTalk"]["ours"]): TalkSide {
  return { owner, ground, ref: ref ?? null };
}
