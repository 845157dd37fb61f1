import type { FileCommand } from "../../core/file/index.ts";
import type { NodeCode, UnitCode } from "../../kernel/index.ts";
import { scoreOf } from "../command-input.ts";
import type { Sealer } from "../seal-input.ts";
import type { Of } from "./named-input.ts";

/** The steps of a request at this node, from acceptance to closing. */
export function onCase(
  input: Of<
    | "accept"
    | "handOver"
    | "notify"
    | "askSupport"
    | "askJoint"
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
    case "handOver":
      return { type: "handOver", to: deskOf(input.body.to) };
    case "notify":
      return { type: "notify", to: deskOf(input.body.to), text: sealer.entry("notice", input.body.text) };
    case "askSupport": {
      const { to, what, where, when } = input.body;
      return {
        type: "askSupport",
        to: deskOf(to),
        what: sealer.entry("support.what", what),
        where: sealer.entry("support.where", where),
        when: sealer.entry("support.when", when),
      };
    }
    case "askJoint":
      return { type: "askJoint", to: deskOf(input.body.to), what: sealer.entry("joint.what", input.body.what) };
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

function deskOf(to: string | undefined): NodeCode | null {
  return to === undefined ? null : (to as NodeCode);
}
