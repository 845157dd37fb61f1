import type { UnitCode } from "../../kernel/index.ts";
import type { FieldsInput } from "../command-input.ts";
import type { CodeList, Rules } from "../deps.ts";
import type { InputRefusal, NamedInput } from "./named-input.ts";

type CodeUse = readonly [CodeList | "items" | "places" | "workUnits" | "policeUnits", string | null | undefined];

/** The first code of an input that its list does not hold, as the refusal it leads to; null when all are known. */
export function firstUnknown(rules: Rules, input: NamedInput): InputRefusal | null {
  for (const [list, value] of codesOf(input)) {
    if (value === null || value === undefined) continue;
    const unknown = unknownIn(rules, list, value);
    if (unknown !== null) return unknown;
  }
  return null;
}

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
      return [[input.body.kind === "police" ? "policeUnits" : "workUnits", input.body.unit]];
    case "danger":
    case "orderDanger":
    case "accept":
    case "answer":
    case "recordInitialResponse":
    case "handOver":
    case "callBack":
    case "rate":
    case "close":
    case "reopen":
    case "acceptOffer":
    case "negotiate":
    case "rule":
    case "hold":
    case "readAdditions":
    case "shown":
    case "sign":
    case "endDanger":
    case "notify":
    case "askSupport":
    case "readNotice":
    case "grantSupport":
    case "declineSupport":
    case "endSupport":
    case "askJoint":
    case "endJoint":
    case "acknowledgeOrder":
    case "arrive":
    case "recall":
    case "pauseClock":
    case "awaitRequester":
    case "resumeClock":
    case "askExtension":
    case "approveExtension":
    case "refuseExtension":
    case "withdrawExtension":
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

function unknownIn(rules: Rules, list: CodeUse[0], value: string): InputRefusal | null {
  switch (list) {
    case "items":
      return rules.item(value) === null ? { code: "ITEM_UNKNOWN", item: value } : null;
    case "places":
      return rules.placeName(value) === null ? { code: "PLACE_UNKNOWN", place: value } : null;
    case "workUnits":
    case "policeUnits": {
      const unit = rules.unit(value as UnitCode);
      if (unit === null) return { code: "UNIT_UNKNOWN", unit: value };
      // A police order to a government unit, or the reverse, would look sent and reach nobody who goes.
      if ((unit.side === "police") !== (list === "policeUnits")) return { code: "UNIT_WRONG_SIDE", unit: unit.nameZh };
      const retired = rules.retirement(unit.code);
      if (retired === null) return null;
      const { from, successor } = retired;
      return { code: "UNIT_RETIRED", unit: unit.nameZh, from, successor: successor?.nameZh ?? "" };
    }
    case "channels":
    case "requestKinds":
    case "fields":
    case "requesterTypes":
    case "returnReasons":
    case "withdrawReasons":
    case "guidanceReasons":
    case "resolutions":
      return rules.knownCode(list, value) ? null : { code: "CODE_UNKNOWN", field: list, value };
  }
}
