import { shanghaiDay } from "../../kernel/index.ts";
import type { Instant, RegionCode } from "../../kernel/index.ts";
import { inRegions } from "../access/index.ts";
import { createRouting, routeOf } from "../places/index.ts";
import type { Desk, Route, RoutedDesk, Routing, ServiceArea } from "../places/index.ts";
import type { FileContext, PeerDesk } from "./file.ts";

/**
 * To which linked desk of a side a place leads. `choice`: several serve the same smallest area, in the order of the table. `none`:
 * no linked desk serves it; `desk` = the one that does and can be rung, null = the table names none.
 */
export type PeerRoute =
  | { readonly kind: "one"; readonly peer: PeerDesk }
  | { readonly kind: "choice"; readonly peers: readonly PeerDesk[] }
  | { readonly kind: "none"; readonly desk: Desk | null };

/** The two sheets of a routing table. */
export type RoutingSheets = { readonly desks: readonly Desk[]; readonly areas: readonly ServiceArea[] };

/** The side a hand-over goes to. */
export function otherSide(side: PeerDesk["side"]): PeerDesk["side"] {
  return side === "hotline" ? "police" : "hotline";
}

type Routes = Pick<FileContext, "peers" | "home" | "routing">;

const NO_SHEETS: RoutingSheets = { desks: [], areas: [] };
const ALWAYS = { validFrom: "0000-01-01", validTo: null } as const;

/**
 * The routing table of a node: its sheets, and for every linked desk that they do not name the divisions it is configured with.
 * @source yn:4.1.1 @req REQ-21
 */
export function openRouting(peers: readonly PeerDesk[], sheets: RoutingSheets = NO_SHEETS): Routing {
  const named = new Set<string>(sheets.desks.flatMap(({ node }) => node ?? []));
  const others = peers.filter(({ nodeCode }) => !named.has(nodeCode));
  return createRouting([...sheets.desks, ...others.flatMap(deskOf)], [...sheets.areas, ...others.flatMap(areasOf)]);
}

function deskOf({ nodeCode, side, regions, dutyPhone }: PeerDesk): readonly Desk[] {
  const [region] = regions;
  if (region === undefined) return [];
  return [
    { code: nodeCode, nameZh: nodeCode, nameEn: nodeCode, side, region, node: nodeCode, dutyPhone, invented: false },
  ];
}

function areasOf({ nodeCode, regions }: PeerDesk): readonly ServiceArea[] {
  return regions.map((area) => ({ desk: nodeCode, area, role: "first", order: 1, reasonZh: "", ...ALWAYS }));
}

/**
 * The desk that serves a place by the routing table. A matter whose place nobody knows goes by the node's own division, and where
 * only one desk of the side is linked, to that one.
 * @source yn:4.1.1 @source nmg:2.2.1 @req REQ-21
 */
export function peerRoute(context: Routes, side: PeerDesk["side"], place: RegionCode | null, at: Instant): PeerRoute {
  const linked = context.peers.filter((peer) => peer.side === side);
  const [only, second] = linked;
  if (place === null && only !== undefined && second === undefined) return { kind: "one", peer: only };
  const routing = context.routing ?? openRouting(context.peers);
  return among(linked, routeOf(routing, place ?? context.home, side, shanghaiDay(at)));
}

/**
 * The place's own 110 when no message reaches it: the table names it and none of its desks is linked. Then whoever pushed must dial
 * it, wherever the push went. null = it is linked, or the place or its desk is not known. @source nmg:2.2.1 @source yn:4.1.1
 */
export function placeByVoice(context: Routes, place: RegionCode | null, at: Instant): Desk | null {
  if (place === null || context.routing === undefined) return null;
  const route = routeOf(context.routing, place, "police", shanghaiDay(at));
  const own = route.kind === "one" ? [route.first] : route.kind === "choice" ? route.choice : [];
  return linkedOf(context.peers, own).length > 0 ? null : (own[0]?.desk ?? null);
}

/** A desk that is not linked cannot be reached by a message: then the table's next one for the same place is. */
function among(linked: readonly PeerDesk[], route: Route): PeerRoute {
  const desks = route.kind === "none" ? [] : route.kind === "one" ? [route.first] : route.choice;
  const [first, second, ...more] = linkedOf(linked, desks);
  if (first !== undefined && second === undefined) return { kind: "one", peer: first };
  if (first !== undefined && second !== undefined) return { kind: "choice", peers: [first, second, ...more] };
  const [backup] = linkedOf(linked, route.backups);
  return backup === undefined ? { kind: "none", desk: desks[0]?.desk ?? null } : { kind: "one", peer: backup };
}

function linkedOf(linked: readonly PeerDesk[], desks: readonly RoutedDesk[]): readonly PeerDesk[] {
  return [...new Set(desks.flatMap(({ desk }) => linked.find(({ nodeCode }) => nodeCode === desk.node) ?? []))];
}

/**
 * The 110 desks a danger may be pushed to, the one to take first. It never waits for a choice and no place refuses it: a place
 * whose own desk is not linked goes to the linked 110 whose divisions hold it, one that is unknown or served by nobody to the 110 of the node's own division, and better the wrong 110 than none. Empty = this
 * node is linked with none. @source nmg:2.2.1 @source nmg:a3
 */
export function dangerDesks(context: Routes, place: RegionCode | null, at: Instant): readonly PeerDesk[] {
  const police = context.peers.filter((peer) => peer.side === "police");
  for (const near of place === null ? [context.home] : [place, context.home]) {
    const route = peerRoute(context, "police", near, at);
    if (route.kind === "one") return [route.peer];
    if (route.kind === "choice") return route.peers;
    // The desk of the county is not linked, that of its city may be, whatever the sheets say of a stand-in.
    const wider = police.find((peer) => inRegions(peer.regions, near));
    if (wider !== undefined) return [wider];
  }
  return police.slice(0, 1);
}
