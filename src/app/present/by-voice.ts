import type { Case } from "../../core/case/index.ts";
import { placeByVoice } from "../../core/file/index.ts";
import type { Linkage } from "../../core/linkage/index.ts";
import { deskOfNode } from "../../core/places/index.ts";
import type { Deps } from "../deps.ts";
import type { ByVoiceCard } from "./cards.ts";

/** What whoever pushed a danger must know while it is open: the place's own 110 is reached by voice only. @source nmg:2.2.1 */
export function byVoice(deps: Deps, { place }: Pick<Case, "place">, linkage: Linkage): ByVoiceCard | null {
  const { side, home } = deps.node;
  if (side !== "hotline" || linkage.kind !== "urgent" || linkage.role !== "S" || linkage.state === "ended") return null;
  const desk = placeByVoice({ peers: deps.peers(), home, routing: deps.routing }, place, deps.clock.now());
  if (desk === null) return null;
  const to = deps.routing === undefined ? null : deskOfNode(deps.routing, linkage.peer);
  return {
    name: desk.nameZh,
    nameEn: desk.nameEn,
    phone: desk.dutyPhone,
    pushedTo: to?.nameZh ?? linkage.peer,
    pushedToEn: to?.nameEn ?? linkage.peer,
  };
}
