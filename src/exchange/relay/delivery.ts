import type { Lane, OutboxEntry } from "../../app/ports/outbox.ts";
import type { CarrierFailure } from "../carrier.ts";
import type { BatchEntry } from "../contract/index.ts";
import type { ExchangePeer } from "../peer.ts";
import { createSlots } from "../slots.ts";
import type { LinkStates } from "./link-states.ts";
import type { Pace } from "./pace.ts";
import type { RelayPorts, RelaySettings } from "./ports.ts";
import { settle } from "./settle.ts";

/** Takes claimed messages to the peer once and writes into the outbox what became of each. */
export type Deliver = (peer: ExchangePeer, claimed: readonly OutboxEntry[]) => Promise<void>;

/** A batch refused for what is in it: made smaller until the one message at fault stands alone. */
function isForContent(failure: CarrierFailure): boolean {
  return failure.blame === "message" || failure.code === "EXCHANGE_BATCH_TOO_LARGE";
}

/** Makes the delivery of one lane. A message is never given up for the link's or the peer's trouble. */
export function createDelivery(
  ports: RelayPorts,
  settings: RelaySettings,
  links: LinkStates,
  pace: Pace,
  lane: Lane,
): Deliver {
  const { outbox, clock } = ports;
  const presents = createSlots(settings.presentsAtOnce);

  async function present(peer: ExchangePeer, entry: OutboxEntry): Promise<BatchEntry | null> {
    try {
      const enclosure = await presents.run(() => ports.presentEnclosure(entry.message, peer.nodeCode));
      return { message: entry.message, enclosure };
    } catch (fault) {
      ports.onFault("present", fault);
      // A danger leaves with what is known: its codes and number alone already send somebody (P3).
      if (lane === "urgent") return { message: entry.message, enclosure: [] };
      await outbox.release([entry.id], pace.retryAt(entry.attempts + 1), "PRESENT_FAILED");
      return null;
    }
  }

  async function settleContent(entries: readonly OutboxEntry[], code: string): Promise<void> {
    const ids = entries.map((entry) => entry.id);
    const [only] = entries;
    if (only === undefined) return;
    if (entries.length > 1) {
      pace.shrink(entries.length);
      await outbox.release(ids, clock.now(), code);
    } else if (only.attempts + 1 >= settings.refusalsMost) await outbox.bury(only.id, code);
    else await outbox.release(ids, pace.retryAt(only.attempts + 1), code);
  }

  async function settleFailure(
    peer: ExchangePeer,
    entries: readonly OutboxEntry[],
    failure: CarrierFailure,
  ): Promise<void> {
    links.failed(peer.nodeCode, failure, clock.now());
    if (isForContent(failure)) return settleContent(entries, failure.code);
    const ids = entries.map((entry) => entry.id);
    // One urgent message its receiver cannot store must not hold up the next danger.
    const single = lane === "urgent" && failure.answered && failure.blame === "link";
    if (!single) return outbox.release(ids, pace.hold(failure.retryAfterMs ?? 0), failure.code);
    pace.pause();
    const tries = Math.max(...entries.map((entry) => entry.attempts)) + 1;
    return outbox.release(ids, pace.retryAt(tries), failure.code);
  }

  return async (peer, claimed) => {
    const presented = await Promise.all(claimed.map(async (entry) => ({ entry, out: await present(peer, entry) })));
    const ready = presented.flatMap(({ entry, out }) => (out === null ? [] : [{ entry, out }]));
    if (ready.length === 0) return;
    const entries = ready.map(({ entry }) => entry);
    const outgoing = ready.map(({ out }) => out);
    const answer = await ports.carrier.send(peer, lane, outgoing);
    if (!answer.ok) return settleFailure(peer, entries, answer.error);
    pace.succeeded();
    links.receipted(peer.nodeCode, clock.now());
    const { receipted, dead, again } = settle(entries, answer.value);
    if (receipted.length > 0) await outbox.receipted(receipted);
    for (const { id, code } of dead) await outbox.bury(id, code);
    for (const { entry, code } of again) await outbox.release([entry.id], pace.retryAt(entry.attempts + 1), code);
  };
}
