import { otherSide, peerRoute } from "../../core/file/index.ts";
import type { Case } from "../../core/case/index.ts";
import type { Deps } from "../deps.ts";
import type { HandOverToCard } from "./cards.ts";

/** Where this request would go now by the routing table, or among which desks a person chooses. @source yn:4.1.1 @req REQ-21 */
export function handOverTo(deps: Deps, { place }: Pick<Case, "place">): HandOverToCard {
  const { side, home } = deps.node;
  const to = otherSide(side);
  const peers = deps.peers();
  const route = peerRoute({ peers, home, routing: deps.routing }, to, place, deps.clock.now());
  switch (route.kind) {
    case "one":
      return { to: route.peer.nodeCode, choice: [], dial: null };
    case "choice":
      return { to: null, choice: route.peers.map(({ nodeCode }) => nodeCode), dial: null };
    case "none": {
      const choice = peers.filter((peer) => peer.side === to).map(({ nodeCode }) => nodeCode);
      const dial = route.desk === null ? null : { name: route.desk.nameZh, phone: route.desk.dutyPhone };
      return { to: null, choice, dial };
    }
  }
}
