import type { CaseFacts } from "../core/case/index.ts";
import type { FileCommand, FileRefusal } from "../core/file/index.ts";
import type { ReturnReason, WithdrawReason } from "../core/linkage/index.ts";
import { err, exhaustive, ok } from "../kernel/index.ts";
import type {
  CaseId,
  ItemCode,
  LinkageId,
  NodeCode,
  OrderId,
  RegionCode,
  RequestNo,
  Result,
  UnitCode,
} from "../kernel/index.ts";
import type { CommandInput, CommandName, FieldsInput } from "./command-input.ts";
import { scoreOf } from "./command-input.ts";
import type { CodeList, Deps, Rules } from "./deps.ts";
import type { Sealer } from "./seal-input.ts";

/** Why a command's values cannot be used: a code that no list of this node holds. */
export type InputRefusal =
  | { readonly code: "ITEM_UNKNOWN"; readonly item: string }
  | { readonly code: "PLACE_UNKNOWN"; readonly place: string }
  | { readonly code: "UNIT_UNKNOWN"; readonly unit: string }
  | { readonly code: "CODE_UNKNOWN"; readonly field: CodeList; readonly value: string }
  | { readonly code: "NO_PEER"; readonly side: "hotline" | "police" };

/** What a command aims at, besides the request itself. */
export type Aim = {
  readonly caseId: CaseId;
  readonly requestNo: RequestNo;
  readonly linkageId: LinkageId | null;
  readonly orderId: OrderId | null;
};

export type NamedInput = {
  readonly [N in CommandName]: { readonly name: N; readonly body: CommandInput[N] };
}[CommandName];

/**
 * Turns what a person entered into what the rules take: codes are checked, texts are sealed.
 * Errors: ITEM_UNKNOWN, PLACE_UNKNOWN, UNIT_UNKNOWN, CODE_UNKNOWN, NO_PEER. A danger command has nothing that could be refused.
 * @source nmg:2.3.2 @req REQ-52
 */
export function translate(
  deps: Deps,
  input: NamedInput,
  aim: Aim,
  sealer: Sealer,
): Result<FileCommand, InputRefusal | FileRefusal> {
  const rules = deps.rules();
  const unknown = firstUnknown(rules, codesOf(input));
  if (unknown !== null) return err(unknown);
  switch (input.name) {
    case "register":
    case "amend":
    case "judge":
    case "danger":
    case "orderDanger":
      return intake(rules, input, aim, sealer);
    case "acceptOffer":
    case "return":
    case "withdraw":
    case "negotiate":
    case "hold":
    case "readAdditions":
    case "shown":
    case "sign":
    case "endDanger":
      return aim.linkageId === null ? err({ code: "LINKAGE_UNKNOWN" }) : ok(onLinkage(input, aim.linkageId, sealer));
    case "acknowledgeOrder":
    case "arrive":
    case "reply":
    case "recall":
      return aim.orderId === null ? err({ code: "ORDER_UNKNOWN" }) : ok(onOrder(input, aim.orderId, sealer));
    case "handOver":
      return handOver(deps, input.body.to);
    case "accept":
    case "guide":
    case "answer":
    case "dispatch":
    case "recordInitialResponse":
    case "conclude":
    case "callBack":
    case "rate":
    case "close":
    case "reopen":
      return ok(onCase(input, sealer));
    default:
      return exhaustive(input);
  }
}

type Of<N extends CommandName> = Extract<NamedInput, { name: N }>;

function intake(
  rules: Rules,
  input: Of<"register" | "amend" | "judge" | "danger" | "orderDanger">,
  aim: Aim,
  sealer: Sealer,
): Result<FileCommand, InputRefusal> {
  switch (input.name) {
    case "register": {
      const { fields, item, danger } = input.body;
      const verdict = item === undefined ? null : rules.verdictOf(item as ItemCode, "person");
      const facts: CaseFacts = {
        channel: "phone",
        place: null,
        requestKind: null,
        field: null,
        requesterType: null,
        confidential: false,
        ...factsOf(fields),
      };
      const { caseId, requestNo } = aim;
      return ok({
        type: "register",
        caseId,
        requestNo,
        facts,
        sealed: sealer.fields(fields),
        danger: danger ?? false,
        verdict,
      });
    }
    case "amend": {
      const note = sealer.entry("note", input.body.note);
      return ok({
        type: "amend",
        facts: factsOf(input.body.fields),
        sealed: [...sealer.fields(input.body.fields), ...(note === null ? [] : [note])],
      });
    }
    case "judge": {
      const verdict = rules.verdictOf(input.body.item as ItemCode, "person");
      return verdict === null ? err({ code: "ITEM_UNKNOWN", item: input.body.item }) : ok({ type: "judge", verdict });
    }
    case "danger":
    case "orderDanger": {
      const note = sealer.entry("note", input.body.note);
      return ok({ type: "danger", machineSuspected: false, sealed: note === null ? [] : [note] });
    }
  }
}

function factsOf(fields: FieldsInput): Partial<CaseFacts> {
  return {
    ...(fields.channel === undefined ? {} : { channel: fields.channel }),
    ...(fields.place === undefined ? {} : { place: fields.place as RegionCode | null }),
    ...(fields.requestKind === undefined ? {} : { requestKind: fields.requestKind }),
    ...(fields.field === undefined ? {} : { field: fields.field }),
    ...(fields.requesterType === undefined ? {} : { requesterType: fields.requesterType }),
    ...(fields.confidential === undefined ? {} : { confidential: fields.confidential }),
  };
}

function handOver(deps: Deps, to: string | undefined): Result<FileCommand, InputRefusal> {
  const side = deps.node.side === "hotline" ? "police" : "hotline";
  const peer = to ?? deps.peers().find((p) => p.side === side)?.nodeCode;
  return peer === undefined ? err({ code: "NO_PEER", side }) : ok({ type: "handOver", to: peer as NodeCode });
}

function onLinkage(
  input: Of<
    "acceptOffer" | "return" | "withdraw" | "negotiate" | "hold" | "readAdditions" | "shown" | "sign" | "endDanger"
  >,
  linkageId: LinkageId,
  sealer: Sealer,
): FileCommand {
  switch (input.name) {
    case "return":
      return {
        type: "return",
        linkageId,
        reason: input.body.reason as ReturnReason,
        basis: input.body.basis,
        proposedOwner: input.body.proposedOwner,
        note: sealer.entry("reason", input.body.note),
      };
    case "withdraw":
      return {
        type: "withdraw",
        linkageId,
        reason: input.body.reason as WithdrawReason,
        note: sealer.entry("reason", input.body.note),
      };
    case "negotiate":
      return { type: "negotiate", linkageId, note: sealer.entry("reason", input.body.note) };
    case "endDanger":
      return {
        type: "endDanger",
        linkageId,
        outcome: input.body.outcome,
        result: sealer.entry("result", input.body.result),
      };
    case "acceptOffer":
    case "hold":
    case "readAdditions":
    case "shown":
    case "sign":
      return { type: input.name, linkageId };
  }
}

function onOrder(
  input: Of<"acknowledgeOrder" | "arrive" | "reply" | "recall">,
  orderId: OrderId,
  sealer: Sealer,
): FileCommand {
  switch (input.name) {
    case "acknowledgeOrder":
    case "arrive":
      return { type: input.name, orderId };
    case "reply":
      return {
        type: "reply",
        orderId,
        resolution: input.body.resolution,
        reply: sealer.entry("reply", input.body.reply),
      };
    case "recall":
      return { type: "recall", orderId, reason: input.body.reason };
  }
}

function onCase(
  input: Of<
    | "accept"
    | "guide"
    | "answer"
    | "dispatch"
    | "recordInitialResponse"
    | "conclude"
    | "callBack"
    | "rate"
    | "close"
    | "reopen"
  >,
  sealer: Sealer,
): FileCommand {
  switch (input.name) {
    case "accept":
    case "close":
      return { type: input.name };
    case "guide":
      return { type: "guide", reason: input.body.reason, guidance: sealer.entry("guidance", input.body.guidance) };
    case "answer":
      return { type: "answer", answer: sealer.entry("answer", input.body.answer) };
    case "dispatch":
      return {
        type: "dispatch",
        kind: input.body.kind,
        unit: input.body.unit as UnitCode,
        role: input.body.role ?? "lead",
        instruction: sealer.entry("instruction", input.body.instruction),
      };
    case "recordInitialResponse":
      return {
        type: "recordInitialResponse",
        entry: sealer.entry("initialResponse", input.body.entry),
        manner: input.body.manner,
      };
    case "conclude":
      return { type: "conclude", resolution: input.body.resolution, result: sealer.entry("result", input.body.result) };
    case "callBack":
      return {
        type: "callBack",
        outcome: input.body.outcome,
        satisfaction: scoreOf(input.body.satisfaction),
        solved: input.body.solved ?? null,
        note: sealer.entry("callback", input.body.note),
      };
    case "rate":
      return { type: "rate", satisfaction: scoreOf(input.body.satisfaction) ?? 1, solved: input.body.solved ?? null };
    case "reopen":
      return { type: "reopen", reason: input.body.reason, note: sealer.entry("reason", input.body.note) };
  }
}

type CodeUse = readonly [CodeList | "items" | "places" | "units", string | null | undefined];

/** Every code of an input with the list it must stand in. Danger and what is sent on its way are not listed: nothing may refuse them. */
function codesOf(input: NamedInput): readonly CodeUse[] {
  switch (input.name) {
    case "register":
      return input.body.danger === true ? [] : [...fieldCodes(input.body.fields), ["items", input.body.item]];
    case "amend":
      return fieldCodes(input.body.fields);
    case "judge":
      return [["items", input.body.item]];
    case "guide":
      return [["guidanceReasons", input.body.reason]];
    case "return":
      return [["returnReasons", input.body.reason]];
    case "withdraw":
      return [["withdrawReasons", input.body.reason]];
    case "conclude":
    case "reply":
      return [["resolutions", input.body.resolution]];
    case "dispatch":
      return [["units", input.body.unit]];
    default:
      return [];
  }
}

function fieldCodes(fields: FieldsInput): readonly CodeUse[] {
  return [
    ["channels", fields.channel],
    ["places", fields.place],
    ["requestKinds", fields.requestKind],
    ["fields", fields.field],
    ["requesterTypes", fields.requesterType],
  ];
}

function firstUnknown(rules: Rules, uses: readonly CodeUse[]): InputRefusal | null {
  for (const [list, value] of uses) {
    if (value === null || value === undefined || known(rules, list, value)) continue;
    return unknownCode(list, value);
  }
  return null;
}

function unknownCode(list: CodeUse[0], value: string): InputRefusal {
  switch (list) {
    case "items":
      return { code: "ITEM_UNKNOWN", item: value };
    case "places":
      return { code: "PLACE_UNKNOWN", place: value };
    case "units":
      return { code: "UNIT_UNKNOWN", unit: value };
    default:
      return { code: "CODE_UNKNOWN", field: list, value };
  }
}

function known(rules: Rules, list: CodeUse[0], value: string): boolean {
  switch (list) {
    case "items":
      return rules.item(value) !== null;
    case "places":
      return rules.placeName(value) !== null;
    case "units":
      return rules.unit(value as UnitCode) !== null;
    default:
      return rules.knownCode(list, value);
  }
}
