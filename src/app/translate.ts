import type { FileCommand, FileRefusal } from "../core/file/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { Result } from "../kernel/index.ts";
import type { Deps } from "./deps.ts";
import type { Sealer } from "./seal-input.ts";
import { onCase } from "./translate/case.ts";
import { firstUnknown } from "./translate/codes.ts";
import { intake } from "./translate/intake.ts";
import { onLinkage } from "./translate/linkage.ts";
import type { Aim, InputRefusal, NamedInput, Of } from "./translate/named-input.ts";
import { onOrder } from "./translate/order.ts";
import { onTimeLimit } from "./translate/time-limit.ts";

export type { Aim, InputRefusal, NamedInput } from "./translate/named-input.ts";

/**
 * Turns what a person entered into what the rules take: codes are checked, texts are sealed.
 * Errors: ITEM_UNKNOWN, PLACE_UNKNOWN, UNIT_UNKNOWN, UNIT_WRONG_SIDE, UNIT_RETIRED, CODE_UNKNOWN, NO_PEER, PEER_UNKNOWN, NO_ARBITER. A danger command has nothing that could be refused.
 * @source nmg:2.3.2 @req REQ-52
 */
export function translate(
  deps: Deps,
  input: NamedInput,
  aim: Aim,
  sealer: Sealer,
): Result<FileCommand, InputRefusal | FileRefusal> {
  const rules = deps.rules();
  const unknown = firstUnknown(rules, input);
  if (unknown !== null) return err(unknown);
  const unruled = input.name === "rule" ? rulingRefusal(deps, input.body) : null;
  if (unruled !== null) return err(unruled);
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
    case "rule":
    case "hold":
    case "readAdditions":
    case "shown":
    case "sign":
    case "endDanger":
    case "readNotice":
    case "grantSupport":
    case "declineSupport":
    case "endSupport":
    case "endJoint":
      return aim.linkageId === null
        ? err({ code: "LINKAGE_UNKNOWN" })
        : onLinkage(input, aim.linkageId, aim.onDuty, sealer);
    case "acknowledgeOrder":
    case "arrive":
    case "reply":
    case "recall":
      return aim.orderId === null ? err({ code: "ORDER_UNKNOWN" }) : ok(onOrder(input, aim.orderId, sealer));
    case "pauseClock":
    case "awaitRequester":
    case "resumeClock":
    case "askExtension":
    case "approveExtension":
    case "refuseExtension":
    case "withdrawExtension":
      return aim.timed === null ? err({ code: "CLOCK_NONE" }) : ok(onTimeLimit(input, aim.timed, sealer));
    case "handOver":
    case "notify":
    case "askSupport":
    case "askJoint":
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
  }
}

/** A ruling names a desk that can be reached. Who decides is agreed beforehand, or a meeting decides: nobody makes himself the judge. */
function rulingRefusal(deps: Deps, { to, ground }: Of<"rule">["body"]): InputRefusal | null {
  if (ground === "arbiter" && deps.rules().dutyArbiter !== deps.node.side) return { code: "NO_ARBITER" };
  const known = to === deps.node.self || deps.peers().some((peer) => peer.nodeCode === to);
  return known ? null : { code: "PEER_UNKNOWN", nodeCode: to };
}
