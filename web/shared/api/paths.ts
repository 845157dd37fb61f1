import type { ACTS, COMMANDS, CommandName, READS, ReadName } from "../../../src/http/contract/index.ts";

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
  notify: "/requests/:no/notify",
  askSupport: "/requests/:no/ask-support",
  askJoint: "/requests/:no/ask-joint",
  conclude: "/requests/:no/conclude",
  callBack: "/requests/:no/call-back",
  rate: "/requests/:no/rate",
  close: "/requests/:no/close",
  reopen: "/requests/:no/reopen",
  acceptOffer: "/linkages/:id/accept",
  return: "/linkages/:id/return",
  withdraw: "/linkages/:id/withdraw",
  negotiate: "/linkages/:id/negotiate",
  rule: "/linkages/:id/rule",
  hold: "/linkages/:id/hold",
  readAdditions: "/linkages/:id/read",
  shown: "/linkages/:id/shown",
  sign: "/linkages/:id/sign",
  endDanger: "/linkages/:id/end",
  readNotice: "/linkages/:id/read-notice",
  grantSupport: "/linkages/:id/grant-support",
  declineSupport: "/linkages/:id/decline-support",
  endSupport: "/linkages/:id/end-support",
  endJoint: "/linkages/:id/end-joint",
  acknowledgeOrder: "/orders/:id/acknowledge",
  arrive: "/orders/:id/arrive",
  reply: "/orders/:id/reply",
  recall: "/orders/:id/recall",
  pauseClock: "/time-limits/:id/pause",
  awaitRequester: "/time-limits/:id/await-requester",
  resumeClock: "/time-limits/:id/resume",
  askExtension: "/time-limits/:id/ask-extension",
  approveExtension: "/time-limits/:id/approve-extension",
  refuseExtension: "/time-limits/:id/refuse-extension",
  withdrawExtension: "/time-limits/:id/withdraw-extension",
  orderDanger: "/orders/:id/danger",
} as const satisfies { readonly [N in CommandName]: (typeof COMMANDS)[N]["path"] };

export const READ_PATHS = {
  session: "/session",
  meta: "/meta",
  items: "/catalogue/items",
  explanation: "/catalogue/explanation",
  duty: "/duty",
  units: "/units",
  queue: "/requests",
  queueCounts: "/requests/counts",
  request: "/requests/:no",
  timeline: "/requests/:no/timeline",
  unitOrders: "/orders",
  ownPushes: "/pushes",
  alarms: "/alarms",
  links: "/links",
  deadLetters: "/dead-letters",
  standing: "/standing",
  peerFigures: "/links/figures",
  agreement: "/catalogue/agreement",
  versionChanges: "/catalogue/agreement/changes",
  stream: "/stream",
} as const satisfies { readonly [N in ReadName]: (typeof READS)[N]["path"] };

/** Reads that go in the body, because addresses are logged. */
export const ASK_PATHS = { advise: "/catalogue/advice" } as const satisfies {
  readonly advise: (typeof ACTS)["advise"]["path"];
};
/** Where a version of the catalogue is signed. */
export const APPROVE_PATH: (typeof ACTS)["approveVersion"]["path"] = "/catalogue/agreement/approve";

/** A path with its one parameter filled in. */
export function fillPath(path: string, subject: string): string {
  return path.replace(/:(no|id)/, encodeURIComponent(subject));
}

const known: ReadonlySet<string> = new Set(Object.keys(COMMAND_PATHS));

/** Whether a name from `allowed` is a command this version of the screens knows. */
export function isCommandName(name: string): name is CommandName {
  return known.has(name);
}
