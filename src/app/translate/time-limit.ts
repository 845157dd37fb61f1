import type { ClockFileCommand } from "../../core/file/index.ts";
import type { Sealer } from "../seal-input.ts";
import type { Of } from "./named-input.ts";

/** What somebody asks of the time limit of one thing; the words go into the vault. */
export function onTimeLimit(input: Of<ClockFileCommand["type"]>, subject: string, sealer: Sealer): ClockFileCommand {
  const note = sealer.entry("reason", input.body.note);
  switch (input.name) {
    case "pauseClock":
      return { type: "pauseClock", subject, reason: input.body.reason, note };
    case "awaitRequester":
      return { type: "awaitRequester", subject, days: input.body.days, note };
    case "resumeClock":
      return { type: "resumeClock", subject, note };
    case "askExtension":
      return { type: "askExtension", subject, amount: input.body.amount, reason: input.body.reason, note };
    case "approveExtension": {
      const { amount = null, passOn = false } = input.body;
      return { type: "approveExtension", subject, amount, passOn, note };
    }
    case "refuseExtension":
      return { type: "refuseExtension", subject, reason: input.body.reason, note };
    case "withdrawExtension":
      return { type: "withdrawExtension", subject, note };
  }
}
