import type { FileCommand } from "../../core/file/index.ts";
import { parseReturnReason, parseWithdrawReason } from "../../core/linkage/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { LinkageId, NodeCode, Result } from "../../kernel/index.ts";
import type { Sealer } from "../seal-input.ts";
import type { InputRefusal, Of } from "./named-input.ts";

/** What is said to the other desk about one linkage. Errors: CODE_UNKNOWN for a reason the protocol has no word for. */
export function onLinkage(
  input: Of<
    | "acceptOffer"
    | "return"
    | "withdraw"
    | "negotiate"
    | "rule"
    | "hold"
    | "readAdditions"
    | "shown"
    | "sign"
    | "endDanger"
    | "readNotice"
    | "grantSupport"
    | "declineSupport"
    | "endSupport"
    | "endJoint"
  >,
  linkageId: LinkageId,
  onDuty: boolean,
  sealer: Sealer,
): Result<FileCommand, InputRefusal> {
  switch (input.name) {
    case "return": {
      const { reason: value, basis, proposedOwner } = input.body;
      const reason = parseReturnReason(value);
      if (reason === null) return err({ code: "CODE_UNKNOWN", field: "returnReasons", value });
      const note = sealer.entry("reason", input.body.note);
      const grounds = {
        basis: sealer.entry("basis", basis),
        proposedOwner: sealer.entry("proposedOwner", proposedOwner),
      };
      return ok({ type: "return", linkageId, reason, ...grounds, note });
    }
    case "withdraw": {
      const value = input.body.reason;
      const reason = parseWithdrawReason(value);
      if (reason === null) return err({ code: "CODE_UNKNOWN", field: "withdrawReasons", value });
      return ok({ type: "withdraw", linkageId, reason, note: sealer.entry("reason", input.body.note) });
    }
    case "negotiate":
      return ok({ type: "negotiate", linkageId, note: sealer.entry("reason", input.body.note) });
    case "rule": {
      const { to, ground, decision } = input.body;
      const note = sealer.entry("ruling", decision);
      return ok({ type: "rule", linkageId, to: to as NodeCode, ground, note });
    }
    case "endDanger": {
      const { outcome, result, ordersOpen } = input.body;
      const reason = sealer.entry("note.ordersOpen", ordersOpen);
      return ok({ type: "endDanger", linkageId, outcome, result: sealer.entry("result", result), ordersOpen: reason });
    }
    // Which push is the newest was checked before: a screen that names none may show none.
    case "sign":
      return ok({ type: "sign", linkageId, onScreen: onDuty && input.body.pushNo !== undefined });
    case "grantSupport":
      return ok({ type: "grantSupport", linkageId, note: sealer.entry("support.answer", input.body.note) });
    case "declineSupport":
      return ok({ type: "declineSupport", linkageId, note: sealer.entry("support.answer", input.body.reason) });
    case "endSupport":
      return ok({ type: "endSupport", linkageId, result: sealer.entry("support.result", input.body.result) });
    case "endJoint": {
      const { outcome, result } = input.body;
      return ok({ type: "endJoint", linkageId, outcome, result: sealer.entry("result", result) });
    }
    case "acceptOffer":
    case "hold":
    case "readAdditions":
    case "readNotice":
    case "shown":
      return ok({ type: input.name, linkageId });
  }
}
