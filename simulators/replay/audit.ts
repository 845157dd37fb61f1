import { openOrders } from "./seen.ts";
import type { Seen } from "./seen.ts";

/** One request as both desks show it; null = that desk does not know it. */
export type Both = { readonly no: string; readonly hotline: Seen | null; readonly police: Seen | null };

export type Finding = "unknown" | "ownerless" | "dangerOwnerless" | "stuck";

/** Commands that bring a request on. Adding words, pressing danger or reopening does not. */
const BRINGS_ON: readonly string[] = [
  "accept",
  "judge",
  "guide",
  "answer",
  "dispatch",
  "recordInitialResponse",
  "handOver",
  "conclude",
  "callBack",
  "rate",
  "close",
  "acceptOffer",
  "return",
  "withdraw",
  "negotiate",
  "hold",
  "readAdditions",
  "shown",
  "sign",
  "endDanger",
  "acknowledgeOrder",
  "arrive",
  "reply",
];

function views({ hotline, police }: Both): readonly Seen[] {
  return [hotline, police].filter((seen) => seen !== null);
}

/** Whether anything of the request is still to be done anywhere. */
export function isOpen(both: Both): boolean {
  const all = views(both);
  const ordinary = all.some((seen) => seen.responsible) || !all.some((seen) => seen.status === "closed");
  return ordinary || all.some((seen) => seen.dangerOpen);
}

/** What is wrong with a request right now. At a moment of travel a finding may pass; at rest it may not. */
export function findingsOf(both: Both): readonly Finding[] {
  const all = views(both);
  if (all.length === 0) return ["unknown"];
  if (!isOpen(both)) return [];
  const findings: Finding[] = [];
  const closed = all.some((seen) => seen.status === "closed");
  if (!closed && !all.some((seen) => seen.responsible)) findings.push("ownerless");
  if (all.some((seen) => seen.dangerOpen) && !dangerHeld(all)) findings.push("dangerOwnerless");
  if (!all.some(waitsForPerson)) findings.push("stuck");
  return findings;
}

/** The sender answers for a push until it is delivered, the receiver until it has ended. */
function dangerHeld(all: readonly Seen[]): boolean {
  return all
    .flatMap((seen) => seen.linkages)
    .filter((l) => l.kind === "urgent")
    .some((l) => (l.role === "S" ? l.state === "pushed" : l.state === "active" || l.state === "endReported"));
}

function waitsForPerson(seen: Seen): boolean {
  const allowed = [...seen.allowed, ...seen.linkages.flatMap((l) => l.allowed)];
  const stillOurs = seen.responsible || seen.linkages.some((l) => l.allowed.some((name) => BRINGS_ON.includes(name)));
  return (stillOurs && allowed.some((name) => BRINGS_ON.includes(name))) || openOrders(seen).length > 0;
}
