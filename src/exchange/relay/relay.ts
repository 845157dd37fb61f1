import type { NodeCode } from "../../kernel/index.ts";
import { createLane, type RelayLane } from "./lane.ts";
import { createLinkStates, type LinkState } from "./link-states.ts";
import { RELAY_SETTINGS, type RelayPorts, type RelaySettings } from "./ports.ts";

/** Takes committed messages to their peers until they are receipted. */
export type Relay = {
  readonly start: () => void;
  /** Ends after what is in flight has come back; everything else stays in the outbox. */
  readonly stop: () => Promise<void>;
  /** For screens: each peer's link and backlog. */
  readonly links: () => Promise<readonly LinkState[]>;
};

const PEERS_POLL_MS = 5_000;

/**
 * Makes the relay: two lanes to each peer of the registry, which know nothing of each other, so that no backlog of
 * ordinary messages and no slow answer to one of them stands before an urgent one.
 * @source nmg:2.2.1
 */
export function createRelay(ports: RelayPorts, settings: RelaySettings = RELAY_SETTINGS): Relay {
  const links = createLinkStates();
  const lanes = new Map<NodeCode, readonly RelayLane[]>();
  let cancelTimer: (() => void) | null = null;
  let unsubscribe: (() => void) | null = null;

  /** Peers come while the node runs; a lane of one that went away sends nothing and stays for when it is back. */
  function lanesNow(): readonly RelayLane[] {
    for (const { nodeCode } of ports.peers()) {
      if (lanes.has(nodeCode)) continue;
      lanes.set(nodeCode, [
        createLane(ports, settings, links, nodeCode, "urgent"),
        createLane(ports, settings, links, nodeCode, "ordinary"),
      ]);
    }
    return [...lanes.values()].flat();
  }

  function pumpAll(): void {
    for (const lane of lanesNow()) lane.pump();
  }

  function watchPeers(): void {
    pumpAll();
    cancelTimer = ports.clock.setTimer(PEERS_POLL_MS, watchPeers);
  }

  return {
    start: () => {
      if (unsubscribe !== null) throw new Error("the relay runs already");
      unsubscribe = ports.onWake(pumpAll);
      watchPeers();
    },
    stop: async () => {
      unsubscribe?.();
      cancelTimer?.();
      await Promise.all([...lanes.values()].flat().map((lane) => lane.stop()));
    },
    links: async () =>
      links.list(
        ports.peers().map((peer) => peer.nodeCode),
        await ports.outbox.backlog(),
      ),
  };
}
