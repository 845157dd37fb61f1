import type { CaseFacts, Verdict } from "../../core/case/index.ts";
import type { FileCommand } from "../../core/file/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { ItemCode, NodeCode, RegionCode, Result, Sealed, UnitCode } from "../../kernel/index.ts";
import type { CommandInput, FieldsInput } from "../command-input.ts";
import type { Rules } from "../deps.ts";
import type { Sealer } from "../seal-input.ts";
import { ASKED, askedWords } from "./asked-words.ts";
import type { Aim, InputRefusal, Of } from "./named-input.ts";

const NOTHING_KNOWN: CaseFacts = {
  channel: "phone",
  place: null,
  requestKind: null,
  field: null,
  requesterType: null,
  confidential: false,
};

/** Kind of the entry by which a handling unit raises danger: its first line says which unit and where to ring it. */
const RAISED_BY_UNIT = "note.raisedByUnit";

/** Who is in danger is the unit's people, not the requester: whoever sends officers must know whom to ring. @source nmg:2.2.2 */
function raisedBy(rules: Rules, unit: UnitCode | null, note = ""): string {
  const card = unit === null ? null : rules.unit(unit);
  const phone = card === null ? "" : `，值班电话 ${card.dutyPhone}`;
  return `承办单位报警：${card?.nameZh ?? unit ?? ""}${phone}\n${note.trim()}`.trim();
}

/** What a request is about: registering, amending, judging, and danger, which nothing here refuses. Errors: ITEM_UNKNOWN. */
export function intake(
  rules: Rules,
  input: Of<"register" | "amend" | "judge" | "danger" | "orderDanger">,
  aim: Aim,
  sealer: Sealer,
): Result<FileCommand, InputRefusal> {
  switch (input.name) {
    case "register": {
      const { fields, danger } = input.body;
      const verdict = judged(rules, input.body);
      const facts: CaseFacts = { ...NOTHING_KNOWN, ...factsOf(fields) };
      const { caseId, requestNo } = aim;
      return ok({
        type: "register",
        caseId,
        requestNo,
        facts,
        sealed: [...sealer.fields(fields), ...askedEntry(rules, input.body.answers, sealer)],
        danger: danger ?? false,
        verdict,
      });
    }
    case "amend": {
      const note = sealer.entry("note", input.body.note);
      return ok({
        type: "amend",
        facts: factsOf(input.body.fields),
        sealed: [
          ...sealer.fields(input.body.fields),
          ...(note === null ? [] : [note]),
          ...askedEntry(rules, input.body.answers, sealer),
        ],
      });
    }
    case "judge": {
      const verdict = judged(rules, input.body);
      if (verdict === null) return err({ code: "ITEM_UNKNOWN", item: input.body.item });
      return ok({ type: "judge", verdict, said: askedEntry(rules, input.body.answers, sealer) });
    }
    case "danger":
    case "orderDanger": {
      const note =
        input.name === "danger"
          ? sealer.entry("note", input.body.note)
          : sealer.entry(RAISED_BY_UNIT, raisedBy(rules, aim.unit, input.body.note));
      const { to } = input.body;
      const target = to === undefined ? {} : { to: to as NodeCode };
      return ok({ type: "danger", machineSuspected: false, sealed: note === null ? [] : [note], ...target });
    }
  }
}

/** What a person judged it as, with what the caller was asked before. null = no item, or one that is unknown here. */
function judged(rules: Rules, { item, answers = [] }: Partial<CommandInput["judge"]>): Verdict | null {
  const verdict = item === undefined ? null : rules.verdictOf(item as ItemCode, "person");
  const asked = verdict === null || answers.length === 0 ? [] : rules.asked(answers);
  return verdict === null || asked.length === 0 ? verdict : { ...verdict, asked };
}

/** What was asked and answered is said like everything else: as an entry that travels, whatever item it led to. @source nmg:2.2.1 @req REQ-14 */
function askedEntry(rules: Rules, answers: CommandInput["judge"]["answers"], sealer: Sealer): readonly Sealed[] {
  const entry = sealer.entry(ASKED, askedWords(rules, answers ?? []));
  return entry === null ? [] : [entry];
}

function factsOf(fields: FieldsInput): Partial<CaseFacts> {
  return {
    ...(fields.channel === undefined ? {} : { channel: fields.channel }),
    ...(fields.place === undefined ? {} : { place: fields.place === null ? null : (fields.place as RegionCode) }),
    ...(fields.requestKind === undefined ? {} : { requestKind: fields.requestKind }),
    ...(fields.field === undefined ? {} : { field: fields.field }),
    ...(fields.requesterType === undefined ? {} : { requesterType: fields.requesterType }),
    ...(fields.confidential === undefined ? {} : { confidential: fields.confidential }),
  };
}
