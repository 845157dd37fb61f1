import type { Lane, OutboxEntry } from "../../app/ports/outbox.ts";
import type { NodeCode } from "../../kernel/index.ts";
import type { ExchangePeer } from "../peer.ts";
import { createDelivery } from "./delivery.ts";
import { createGreeter } from "./greeter.ts";
import type { LinkStates } from "./link-states.ts";
import { createPace } from "./pace.ts";
import type { RelayPorts, RelaySettings } from "./ports.ts";

/** One lane to one peer. `pump` looks for work now; `stop` ends it when what is in flight has come back. */
export type RelayLane = { readonly pump: () => void; readonly stop: () => Promise<void> };

/**
 * Runs a lane: claims when there is room, sends, waits as its pace says. An urgent lane has several batches of one in
 * flight; an ordinary lane one batch, so order is kept.
 */
export function createLane(
  ports: RelayPorts,
  settings: RelaySettings,
  links: LinkStates,
  peerCode: NodeCode,
  lane: Lane,
): RelayLane {
  const { outbox, clock } = ports;
  const urgent = lane === "urgent";
  const mostInFlight = urgent ? settings.urgentInFlight : 1;
  const leaseMs = urgent ? settings.urgentLeaseMs : settings.ordinaryLeaseMs;
  const pollMs = urgent ? settings.urgentPollMs : settings.ordinaryPollMs;
  const pace = createPace(ports, settings, lane);
  const deliver = createDelivery(ports, settings, links, pace, lane);
  const greeter = createGreeter(ports, peerCode, () => pump());
  const inFlight = new Set<Promise<void>>();
  let claiming: Promise<void> | null = null;
  let wokenMeanwhile = false;
  let stopped = false;
  let cancelTimer: (() => void) | null = null;

  function wait(ms: number): void {
    cancelTimer?.();
    cancelTimer = stopped ? null : clock.setTimer(ms, pump);
  }

  /** A fault of our own: what was sent and not settled goes out again and comes out as a duplicate. */
  async function putBack(claimed: readonly OutboxEntry[], fault: unknown): Promise<void> {
    ports.onFault("send", fault);
    const ids = claimed.map((entry) => entry.id);
    // When the store itself is at fault the lease brings them back.
    await outbox.release(ids, pace.hold(0), "NODE_FAULT").catch((later: unknown) => ports.onFault("settle", later));
  }

  function launch(peer: ExchangePeer, claimed: readonly OutboxEntry[]): void {
    const flight = deliver(peer, claimed)
      .catch((fault: unknown) => putBack(claimed, fault))
      .finally(() => {
        inFlight.delete(flight);
        pump();
      });
    inFlight.add(flight);
  }

  async function claim(peer: ExchangePeer): Promise<void> {
    const limit = urgent ? mostInFlight - inFlight.size : pace.batchLimit();
    const claimed = await outbox.claim(peerCode, lane, limit, leaseMs);
    if (urgent) for (const entry of claimed) launch(peer, [entry]);
    else if (claimed.length > 0) launch(peer, claimed);
    // Also while something is in flight: a lost wake must not cost an urgent message a slow answer's time.
    wait(pollMs);
  }

  function pump(): void {
    const peer = ports.peers().find((known) => known.nodeCode === peerCode);
    if (stopped || peer === undefined || inFlight.size >= mostInFlight) return;
    const holdMs = pace.holdMs();
    if (holdMs > 0) return wait(holdMs);
    if (!urgent && greeter.asks(peer)) return wait(pollMs);
    if (claiming !== null) {
      wokenMeanwhile = true;
      return;
    }
    claiming = claim(peer)
      .catch((fault: unknown) => {
        ports.onFault("claim", fault);
        pace.hold(0);
        wait(pace.holdMs());
      })
      .finally(() => {
        claiming = null;
        if (!wokenMeanwhile) return;
        wokenMeanwhile = false;
        pump();
      });
  }

  return {
    pump,
    stop: async () => {
      stopped = true;
      cancelTimer?.();
      await claiming;
      await Promise.all(inFlight);
    },
  };
}
