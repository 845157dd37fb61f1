import type { RegionCode } from "../../kernel/index.ts";
import { inRegions } from "../access/index.ts";
import type { FileContext, PeerDesk } from "./file.ts";

/**
 * The desk of a side that serves a place: a centre serves many desks (one to many). Without a place, or where no region fits,
 * the first one known: better the wrong desk of that side than none. null = this node is linked with none.
 * @source yn:4.1.1 @req REQ-21
 */
export function deskFor(
  context: Pick<FileContext, "peers">,
  side: PeerDesk["side"],
  place: RegionCode | null,
): PeerDesk | null {
  const desks = context.peers.filter((p) => p.side === side);
  return (place === null ? undefined : desks.find((p) => inRegions(p.regions, place))) ?? desks[0] ?? null;
}
