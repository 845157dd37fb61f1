import type { Seen } from "./seen.ts";
import type { Wish } from "./step.ts";

/** Where each command is given, below `/api`. Written down from the public API, not imported from it. */
export const PATHS: Readonly<Record<string, string>> = {
  amend: "/requests/:id/amend",
  danger: "/requests/:id/danger",
  judge: "/requests/:id/judge",
  accept: "/requests/:id/accept",
  guide: "/requests/:id/guide",
  answer: "/requests/:id/answer",
  dispatch: "/requests/:id/dispatch",
  recordInitialResponse: "/requests/:id/initial-response",
  handOver: "/requests/:id/hand-over",
  conclude: "/requests/:id/conclude",
  callBack: "/requests/:id/call-back",
  rate: "/requests/:id/rate",
  close: "/requests/:id/close",
  reopen: "/requests/:id/reopen",
  acceptOffer: "/linkages/:id/accept",
  return: "/linkages/:id/return",
  withdraw: "/linkages/:id/withdraw",
  negotiate: "/linkages/:id/negotiate",
  readAdditions: "/linkages/:id/read",
  shown: "/linkages/:id/shown",
  sign: "/linkages/:id/sign",
  endDanger: "/linkages/:id/end",
  acknowledgeOrder: "/orders/:id/acknowledge",
  arrive: "/orders/:id/arrive",
  reply: "/orders/:id/reply",
  orderDanger: "/orders/:id/danger",
};

export function pathOf(wish: Pick<Wish, "command" | "target">): string {
  const path = PATHS[wish.command];
  if (path === undefined) throw new Error(`no path for ${wish.command}`);
  return path.replace(":id", encodeURIComponent(wish.target));
}

/** Commands that somebody gives by mistake. Every one of them must be refused. */
export const WRONG: readonly ((seen: Seen) => Wish)[] = [
  (seen) => ({ command: "judge", target: seen.no, body: { item: "Z99-99" } }),
  (seen) => ({ command: "judge", target: seen.no, body: { item: "A01-01", weather: "rain" } }),
  (seen) => ({ command: "callBack", target: seen.no, body: { outcome: "reached" } }),
  () => ({ command: "acknowledgeOrder", target: "00000000-0000-4000-8000-000000000000", body: {} }),
  (seen) => ({ command: "conclude", target: seen.no, body: { resolution: "handled", result: "" } }),
];
