import type { OrderId, Sealed, UnitCode } from "../../../kernel/index.ts";
import { emitCase, emitOrder, takeId, tellCase, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileCommand, FileRefusal } from "../file.ts";
import { tellPeers } from "./progress.ts";

type NewOrder = {
  readonly orderId: OrderId;
  readonly kind: "work" | "police";
  readonly unit: UnitCode;
  readonly role: "lead" | "assisting";
  readonly instruction: Sealed | null;
};

/**
 * 派单 or 派警: one order to one unit; the unit's duty phone is told, the other desk sees it.
 * Errors: CASE_NOT_IN_STATUS, CASE_NOT_HOLDER.
 * @source nmg:2.2.1 @req REQ-13 @req REQ-24
 */
export function dispatch(draft: Draft, command: FileCommand & { type: "dispatch" }): FileRefusal | null {
  const order: NewOrder = { ...command, orderId: takeId(draft) as OrderId };
  const refused = tellCase(draft, { type: "dispatch", orderId: order.orderId, kind: order.kind, unit: order.unit });
  if (refused !== null) return refused;
  bear(draft, order);
  return null;
}

/** Opens an order that nothing may refuse (the second half of a danger push). */
export function openOrder(draft: Draft, order: NewOrder): void {
  emitCase(draft, [{ ...draft.head, type: "OrderOpened", orderId: order.orderId, kind: order.kind, unit: order.unit }]);
  bear(draft, order);
}

function bear(draft: Draft, order: NewOrder): void {
  const state = theCase(draft);
  emitOrder(draft, order.orderId, [
    {
      ...draft.head,
      type: "OrderDispatched",
      orderId: order.orderId,
      caseId: state.id,
      requestNo: state.requestNo,
      kind: order.kind,
      unit: order.unit,
      role: order.role,
      instruction: order.instruction,
    },
  ]);
  draft.notices.push({ to: "unitDutyPhone", unit: order.unit, template: "orderDispatched" });
  tellPeers(draft, order.kind === "police" ? "policeDispatched" : "dispatched");
}
