import { err, ok } from "../../kernel/index.ts";
import type { ActorRef, Instant, Result, Sealed } from "../../kernel/index.ts";
import type { Order, OrderEvent, OrderKind, OrderStatus } from "./order.ts";

export type OrderCommand =
  | { readonly type: "acknowledge" }
  | { readonly type: "arrive" }
  | { readonly type: "reply"; readonly resolution: string; readonly reply: Sealed | null }
  | { readonly type: "recall"; readonly reason: string };

export type OrderCommandType = OrderCommand["type"];
export type OrderRefusal =
  | { readonly code: "ORDER_NOT_IN_STATE"; readonly state: OrderStatus }
  | { readonly code: "REPLY_MISSING" };

type Row = {
  readonly command: OrderCommandType;
  readonly kinds: readonly OrderKind[];
  readonly from: readonly OrderStatus[];
  readonly to: OrderStatus;
  readonly clause: string;
};

/** The whole life of an order. A reply without an acknowledgement is good: the clock ran from dispatch anyway. */
export const ORDER_TABLE = [
  { command: "acknowledge", kinds: ["work", "police"], from: ["dispatched"], to: "acknowledged", clause: "nmg:2.2.2" },
  {
    command: "arrive",
    kinds: ["work", "police"],
    from: ["dispatched", "acknowledged"],
    to: "arrived",
    clause: "nmg:2.2.2",
  },
  {
    command: "reply",
    kinds: ["work", "police"],
    from: ["dispatched", "acknowledged", "arrived"],
    to: "replied",
    clause: "nmg:2.2.1",
  },
  {
    command: "recall",
    kinds: ["work", "police"],
    from: ["dispatched", "acknowledged"],
    to: "recalled",
    clause: "nmg:2.2.2",
  },
] as const satisfies readonly Row[];

const rows: readonly Row[] = ORDER_TABLE;

/** Commands the table allows for this order now, in table order. */
export function allowedOrderCommands(order: Order): readonly OrderCommandType[] {
  return rows.filter((r) => r.kinds.includes(order.kind) && r.from.includes(order.status)).map((r) => r.command);
}

/**
 * What happens when `command` is given to `order`.
 * Errors: ORDER_NOT_IN_STATE (the table has no such row), REPLY_MISSING (a reply must say something).
 * @source nmg:2.2.1 @req REQ-13 @req REQ-25
 */
export function decideOrder(
  order: Order,
  command: OrderCommand,
  head: { readonly at: Instant; readonly by: ActorRef; readonly cause: string },
): Result<readonly OrderEvent[], OrderRefusal> {
  if (!allowedOrderCommands(order).includes(command.type))
    return err({ code: "ORDER_NOT_IN_STATE", state: order.status });
  switch (command.type) {
    case "acknowledge":
      return ok([{ ...head, type: "OrderAcknowledged" }]);
    case "arrive":
      return ok([{ ...head, type: "OfficersArrived" }]);
    case "reply":
      if (command.reply === null) return err({ code: "REPLY_MISSING" });
      return ok([{ ...head, type: "OrderReplied", resolution: command.resolution, reply: command.reply }]);
    case "recall":
      return ok([{ ...head, type: "OrderRecalled", reason: command.reason }]);
  }
}
