import { exhaustive } from "../../kernel/index.ts";
import type { ActorRef, CaseId, Instant, OrderId, RequestNo, Sealed, UnitCode } from "../../kernel/index.ts";

/** 工单 to a handling unit, or a police dispatch to officers. @source nmg:2.3.1 */
export type OrderKind = "work" | "police";

export type OrderStatus = "dispatched" | "acknowledged" | "arrived" | "replied" | "recalled";

/** One order to one unit, folded from its events. */
export type Order = {
  readonly id: OrderId;
  readonly caseId: CaseId;
  readonly requestNo: RequestNo;
  readonly kind: OrderKind;
  readonly unit: UnitCode;
  readonly role: "lead" | "assisting";
  readonly status: OrderStatus;
  readonly version: number;
  readonly instruction: Sealed | null;
  readonly reply: Sealed | null;
  readonly resolution: string | null;
  /** Clocks of handling units start here, not at acknowledgement. */
  readonly dispatchedAt: Instant;
  readonly acknowledgedAt: Instant | null;
  readonly arrivedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly changedAt: Instant;
};

export type OrderEvent = { readonly at: Instant; readonly by: ActorRef; readonly cause: string } & (
  | {
      readonly type: "OrderDispatched";
      readonly orderId: OrderId;
      readonly caseId: CaseId;
      readonly requestNo: RequestNo;
      readonly kind: OrderKind;
      readonly unit: UnitCode;
      readonly role: "lead" | "assisting";
      readonly instruction: Sealed | null;
    }
  | { readonly type: "OrderAcknowledged" }
  | { readonly type: "OfficersArrived" }
  | { readonly type: "OrderReplied"; readonly resolution: string; readonly reply: Sealed }
  | { readonly type: "OrderRecalled"; readonly reason: string }
);

/** Folds one event; replaying all of them gives the stored row. */
export function evolveOrder(state: Order | null, event: OrderEvent): Order {
  if (event.type === "OrderDispatched") {
    return {
      id: event.orderId,
      caseId: event.caseId,
      requestNo: event.requestNo,
      kind: event.kind,
      unit: event.unit,
      role: event.role,
      status: "dispatched",
      version: 1,
      instruction: event.instruction,
      reply: null,
      resolution: null,
      dispatchedAt: event.at,
      acknowledgedAt: null,
      arrivedAt: null,
      endedAt: null,
      changedAt: event.at,
    };
  }
  if (state === null) throw new Error(`${event.type} before the order was dispatched`);
  return { ...state, ...change(state, event), version: state.version + 1, changedAt: event.at };
}

function change(state: Order, event: Exclude<OrderEvent, { type: "OrderDispatched" }>): Partial<Order> {
  switch (event.type) {
    case "OrderAcknowledged":
      return { status: "acknowledged", acknowledgedAt: event.at };
    case "OfficersArrived":
      return { status: "arrived", arrivedAt: event.at, acknowledgedAt: state.acknowledgedAt ?? event.at };
    case "OrderReplied":
      return { status: "replied", resolution: event.resolution, reply: event.reply, endedAt: event.at };
    case "OrderRecalled":
      return { status: "recalled", endedAt: event.at };
    default:
      return exhaustive(event);
  }
}
