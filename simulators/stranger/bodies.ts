import type { JsonObject } from "./json.ts";

/** The protocol version that brought a type, and the members without which its body cannot be read. */
const TYPES: { readonly [type: string]: { readonly since: number; readonly needs: readonly string[] } } = {
  offer: { since: 1, needs: ["kind", "birth", "brief", "firstReceiver", "chain", "followPolicy", "catalogueVersion"] },
  accepted: { since: 1, needs: ["by", "acceptedAt"] },
  confirmed: { since: 1, needs: [] },
  withdrawn: { since: 1, needs: ["reason", "decidedAt"] },
  returned: { since: 1, needs: ["reason", "basis", "proposedOwner"] },
  negotiate: { since: 1, needs: [] },
  held: { since: 1, needs: [] },
  bound: { since: 1, needs: [] },
  ruling: { since: 1, needs: ["to", "basis"] },
  rejected: { since: 1, needs: ["code"] },
  addition: { since: 1, needs: ["n", "sealed"] },
  progress: { since: 1, needs: ["stage", "at"] },
  concluded: { since: 1, needs: ["no", "seen", "resolution"] },
  conclusionHeld: { since: 1, needs: ["no"] },
  closed: { since: 1, needs: ["no"] },
  reopen: { since: 1, needs: ["reason"] },
  reopened: { since: 1, needs: ["own"] },
  push: { since: 1, needs: ["k", "brief", "firstReceiver", "catalogueVersion"] },
  delivered: { since: 1, needs: ["k", "at"] },
  noSeatOnDuty: { since: 1, needs: ["k"] },
  signed: { since: 1, needs: ["k", "at"] },
  ended: { since: 1, needs: ["k", "outcome"] },
  endHeld: { since: 1, needs: ["k"] },
  notice: { since: 6, needs: ["brief", "firstReceiver", "catalogueVersion"] },
  noticeRead: { since: 6, needs: ["at"] },
  support: { since: 6, needs: ["brief", "firstReceiver", "catalogueVersion"] },
  granted: { since: 6, needs: ["at"] },
  declined: { since: 6, needs: ["at"] },
  supportEnded: { since: 6, needs: ["at"] },
};

export const KNOWN_TYPES: readonly string[] = Object.keys(TYPES);

/** The first protocol version that has this type (linkage-exchange 11.2). */
export function sinceOf(type: string): number {
  return TYPES[type]?.since ?? Number.POSITIVE_INFINITY;
}

/** Whether a body lacks what its type needs. Members unknown here are tolerated (linkage-exchange 7.1). */
export function isUnreadable(type: string, body: JsonObject): boolean {
  return TYPES[type]?.needs.some((name) => body[name] === undefined || body[name] === null) !== false;
}
