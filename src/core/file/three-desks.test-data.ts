import type { LinkageId, NodeCode, RegionCode } from "../../kernel/index.ts";
import type { LinkageMessage } from "../linkage/index.ts";
import type { PeerDesk } from "./file.ts";
import { aDesk, HOTLINE, outgoing, POLICE, put, tick } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

/** The 110 of a county, beside the city's two desks. */
export const COUNTY = "police-150121" as NodeCode;
const REGION = "150100" as RegionCode;
export const CODES = [HOTLINE, POLICE, COUNTY] as const;
const peer = (nodeCode: NodeCode): PeerDesk => ({
  nodeCode,
  side: nodeCode === HOTLINE ? "hotline" : "police",
  regions: [REGION],
  dutyPhone: "000",
});

/** Three desks, each linked with both others, and what is under way between them. */
export type Ring = { readonly desks: ReadonlyMap<NodeCode, Desk>; readonly wires: Map<string, LinkageMessage[]> };

function gather({ desks, wires }: Ring): void {
  for (const desk of desks.values())
    for (const message of outgoing(desk)) {
      const wire = `${message.conversation} ${message.receiver}`;
      wires.set(wire, [...(wires.get(wire) ?? []), message]);
    }
}

/** The oldest message of one conversation arrives; false = nothing is under way. */
export function deliver(ring: Ring, choose: (below: number) => number): boolean {
  gather(ring);
  const waiting = [...ring.wires].filter(([, messages]) => messages.length > 0);
  const [wire, [message, ...rest]] = waiting[choose(Math.max(waiting.length, 1))] ?? ["", []];
  if (message === undefined) return false;
  ring.wires.set(wire, rest);
  const desk = ring.desks.get(message.receiver);
  if (desk !== undefined) put(desk, { via: "message", at: tick(20), message });
  return true;
}

/** Until nothing is under way, or so many messages have arrived: how many did. */
export function settle(ring: Ring, choose: (below: number) => number, most: number): number {
  for (let n = 0; n < most; n++) if (!deliver(ring, choose)) return n;
  return most;
}

export const desk = ({ desks }: Ring, code: NodeCode): Desk => {
  const found = desks.get(code);
  if (found === undefined) throw new Error(code);
  return found;
};
export const linkage = (of: Desk, kind: string, at: NodeCode): LinkageId => {
  const found = of.file.linkages.find((l) => l.kind === kind && l.peer === at);
  if (found === undefined) throw new Error(`no ${kind} with ${at}`);
  return found.id;
};

/** Three desks that know nothing of each other's matters yet. */
export function threeDesks(): Ring {
  const desks = new Map(
    CODES.map((self) => {
      const peers = CODES.filter((code) => code !== self).map(peer);
      return [self, aDesk(self === HOTLINE ? "hotline" : "police", { self, peers })] as const;
    }),
  );
  return { desks, wires: new Map() };
}
