import type { COMMANDS, CommandName, READS, ReadName } from "../../../src/http/contract/index.ts";

/**
 * Paths of the contract, written out so that the schema library stays out of the browser.
 * Every path has the contract's literal type: a change there does not compile here.
 */
export const COMMAND_PATHS = {
  amend: "/requests/:no/amend",
  danger: "/requests/:no/danger",
  judge: "/requests/:no/judge",
  accept: "/requests/:no/accept",
  guide: "/requests/:no/guide",
  answer: "/requests/:no/answer",
  dispatch: "/requests/:no/dispatch",
  recordInitialResponse: "/requests/:no/initial-response",
  handOver: "/requests/:no/hand-over",
  conclude: "/requests/:no/conclude",
  callBack: "/requests/:no/call-back",
  rate: "/requests/:no/rate",
  close: "/requests/:no/close",
  reopen: "/requests/:no/reopen",
  acceptOffer: "/linkages/:id/accept",
  return: "/linkages/:id/return",
  withdraw: "/linkages/:id/withdraw",
  negotiate: "/linkages/:id/negotiate",
  hold: "/linkages/:id/hold",
  readAdditions: "/linkages/:id/read",
  shown: "/linkages/:id/shown",
  sign: "/linkages/:id/sign",
  endDanger: "/linkages/:id/end",
  acknowledgeOrder: "/orders/:id/acknowledge",
  arrive: "/orders/:id/arrive",
  reply: "/orders/:id/reply",
  recall: "/orders/:id/recall",
  orderDanger: "/orders/:id/danger",
} as const satisfies { readonly [N in CommandName]: (typeof COMMANDS)[N]["path"] };

export const READ_PATHS = {
  session: "/session",
  meta: "/meta",
  items: "/catalogue/items",
  units: "/units",
  queue: "/requests",
  queueCounts: "/requests/counts",
  request: "/requests/:no",
  timeline: "/requests/:no/timeline",
  unitOrders: "/orders",
  alarms: "/alarms",
  links: "/links",
  deadLetters: "/dead-letters",
  stream: "/stream",
} as const satisfies { readonly [N in ReadName]: (typeof READS)[N]["path"] };

/** A path with its one parameter filled in. */
export function fillPath(path: string, subject: string): string {
  return path.replace(/:(no|id)/, encodeURIComponent(subject));
}

const known: ReadonlySet<string> = new Set(Object.keys(COMMAND_PATHS));

/** Whether a name from `allowed` is a command this version of the screens knows. */
export function isCommandName(name: string): name is CommandName {
  return known.has(name);
}
