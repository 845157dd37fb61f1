import type { Accounts } from "../../app/ports/accounts.ts";
import type { OutboxPort } from "../../app/ports/outbox.ts";
import { alwaysUrgent, inLaneOf } from "../../app/ports/urgency.ts";
import type { RelayPorts } from "../../exchange/relay/index.ts";
import type { MessageId } from "../../kernel/index.ts";

/** An outbox whose urgent lane never waits for an ordinary connection, from the claim to the folded receipt. */
export function urgentOutbox(outbox: OutboxPort): OutboxPort {
  /** Claimed on the urgent lane and not settled yet: what settles them names only ids. */
  const held = new Set<MessageId>();
  const settle = async (ids: readonly MessageId[], work: () => Promise<void>): Promise<void> => {
    await inLaneOf(ids.some((id) => held.has(id)) ? "urgent" : "ordinary", work);
    for (const id of ids) held.delete(id);
  };
  return {
    ...outbox,
    claim: async (peer, lane, limit, leaseMs) => {
      const claimed = await inLaneOf(lane, () => outbox.claim(peer, lane, limit, leaseMs));
      if (lane === "urgent") for (const { id } of claimed) held.add(id);
      return claimed;
    },
    receipted: (entries) =>
      settle(
        entries.map(({ id }) => id),
        () => outbox.receipted(entries),
      ),
    release: (ids, retryAt, error) => settle(ids, () => outbox.release(ids, retryAt, error)),
    bury: (id, code) => settle([id], () => outbox.bury(id, code)),
  };
}

/** A carrier that signs an urgent batch and keeps its evidence before all else. */
export function urgentCarrier(carrier: RelayPorts["carrier"]): RelayPorts["carrier"] {
  return {
    ...carrier,
    send: (peer, lane, entries) => inLaneOf(lane, () => carrier.send(peer, lane, entries)),
  };
}

/**
 * Sessions whose look-ups never wait for an ordinary connection: every danger begins with one, and a look-up begun by an
 * ordinary call is shared with it. They are single rows, at most one in two seconds for a session.
 */
export function urgentSessions(accounts: Accounts): Accounts {
  return {
    ...accounts,
    findSession: alwaysUrgent(accounts.findSession),
    touchSession: alwaysUrgent(accounts.touchSession),
    setDuty: alwaysUrgent(accounts.setDuty),
    markStream: alwaysUrgent(accounts.markStream),
  };
}
