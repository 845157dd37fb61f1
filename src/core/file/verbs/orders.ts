import type { OrderId } from "../../../kernel/index.ts";
import { emitCase, tellOrder } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileCommand, FileRefusal } from "../file.ts";
import type { Order } from "../../order/index.ts";
import { markLateReply } from "./late-reply.ts";
import { tellPeers } from "./progress.ts";

type OrderFileCommand = FileCommand & { type: "acknowledgeOrder" | "arrive" | "reply" | "recall" };

/**
 * What a unit or its officers report of their order. Ending an order frees the case to be concluded; the other desk sees each step.
 * Errors: ORDER_UNKNOWN, ORDER_NOT_IN_STATE, REPLY_MISSING.
 * @source nmg:2.2.2 @req REQ-13 @req REQ-25 @req REQ-51
 */
export function reportOrder(draft: Draft, command: OrderFileCommand): FileRefusal | null {
  const order = draft.orders.get(command.orderId);
  if (order === undefined) return { code: "ORDER_UNKNOWN" };
  switch (command.type) {
    case "acknowledgeOrder":
      return tellOrder(draft, order, { type: "acknowledge" }) ?? told(draft, "acknowledged");
    case "arrive":
      return tellOrder(draft, order, { type: "arrive" }) ?? told(draft, "arrived");
    case "recall":
      return (
        tellOrder(draft, order, { type: "recall", reason: command.reason }) ?? ended(draft, command.orderId, "recalled")
      );
    case "reply":
      return replied(draft, order, command);
  }
}

function replied(draft: Draft, order: Order, command: FileCommand & { type: "reply" }): FileRefusal | null {
  const refused = tellOrder(draft, order, { type: "reply", resolution: command.resolution, reply: command.reply });
  if (refused !== null) return refused;
  ended(draft, order.id, "replied");
  tellPeers(draft, order.kind === "police" ? "fedBack" : "replied", { note: command.reply });
  if (order.kind === "police") markLateReply(draft);
  return null;
}

function told(draft: Draft, stage: "acknowledged" | "arrived"): null {
  tellPeers(draft, stage);
  return null;
}

function ended(draft: Draft, orderId: OrderId, as: "replied" | "recalled"): null {
  emitCase(draft, [{ ...draft.head, type: "OrderEnded", orderId, as }]);
  return null;
}
