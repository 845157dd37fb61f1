import type { ClockView, LinkageView, OrderView, RequestView } from "../../../src/http/contract/index.ts";

/** What no person decides by: versions, receipts, what time alone moves, and what follows from all of it; the server checks that anew. */
const OF_REQUEST = [
  "etag",
  "changedAt",
  "due",
  "spent",
  "allowed",
  "notYet",
  "forOthers",
] as const satisfies readonly (keyof RequestView)[];
const OF_ORDER = ["due", "allowed", "forOthers"] as const satisfies readonly (keyof OrderView)[];
/** Of a clock: where it stands, and what is reckoned from it; who stopped it, asked for more and got it stays. */
const OF_CLOCK = ["status", "dueAt", "provisional", "extensionLeft"] as const satisfies readonly (keyof ClockView)[];
const OF_LINKAGE = [
  "deliveredAt",
  "signedAt",
  "returnUntil",
  "returnUntilBy",
  "cameAt",
  "shownPushNo",
  "allowed",
  "forOthers",
] as const satisfies readonly (keyof LinkageView)[];
/** How far our own push has come: its receipts alone move it along these. */
const ON_ITS_WAY: readonly string[] = ["pushed", "delivered"];

function without<T extends object>(whole: T, names: readonly (keyof T)[]): Partial<T> {
  const rest: Partial<T> = { ...whole };
  for (const name of names) delete rest[name];
  return rest;
}

function linkageLeft(linkage: LinkageView): object {
  const ownPush = linkage.kind === "urgent" && linkage.role === "S" && ON_ITS_WAY.includes(linkage.state);
  return { ...without(linkage, OF_LINKAGE), ...(ownPush ? { state: "onItsWay" } : {}) };
}

function clockLeft(clock: ClockView | null | undefined): object | null {
  return clock === undefined || clock === null ? null : without(clock, OF_CLOCK);
}

function left(view: RequestView): object {
  const orders = view.orders.map((order) => ({ ...without(order, OF_ORDER), clock: clockLeft(order.clock) }));
  const clock = clockLeft(view.clock);
  return { ...without(view, OF_REQUEST), clock, orders, linkages: view.linkages.map(linkageLeft) };
}

/**
 * Whether a request that was changed while somebody worked on it still says the same to a person: a receipt of the other desk or a time that
 * went by is no reason to refuse what was pressed; a word, a code or a step of anybody is.
 */
export function isSameToAPerson(seen: RequestView, now: RequestView): boolean {
  return JSON.stringify(left(seen)) === JSON.stringify(left(now));
}
