import type { OutboxBacklog } from "../../app/ports/outbox.ts";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import type { CarrierFailure } from "../carrier.ts";

/** One peer's link as screens show it. */
export type LinkState = {
  readonly peer: NodeCode;
  /** `unknown` until the first answer or failure of this process; a peer that says it is busy is up. */
  readonly state: "up" | "down" | "unknown";
  readonly since: Instant | null;
  readonly lastReceiptAt: Instant | null;
  readonly lastFailure: { readonly code: string; readonly at: Instant; readonly detail: string } | null;
  readonly waiting: { readonly urgent: number; readonly ordinary: number };
  readonly oldestAt: { readonly urgent: Instant | null; readonly ordinary: Instant | null };
  readonly dead: number;
};

type Seen = Pick<LinkState, "state" | "since" | "lastReceiptAt" | "lastFailure">;

/** What was seen of each link. In this process only: after a start a link is unknown until it is used. */
export type LinkStates = {
  readonly receipted: (peer: NodeCode, at: Instant) => void;
  readonly failed: (peer: NodeCode, failure: CarrierFailure, at: Instant) => void;
  /** One line for each known peer and each peer that has a backlog, by node code. */
  readonly list: (peers: readonly NodeCode[], backlog: readonly OutboxBacklog[]) => readonly LinkState[];
};

const NEVER_SEEN: Seen = { state: "unknown", since: null, lastReceiptAt: null, lastFailure: null };

/** Answers that show the peer alive and willing, only not now or not this batch. */
function isWilling(failure: CarrierFailure): boolean {
  return failure.answered && (failure.blame === "link" || failure.blame === "message");
}

export function createLinkStates(): LinkStates {
  const seen = new Map<NodeCode, Seen>();

  function turn(peer: NodeCode, state: "up" | "down", at: Instant, change: Partial<Seen>): void {
    const before = seen.get(peer) ?? NEVER_SEEN;
    seen.set(peer, { ...before, ...change, state, since: before.state === state ? before.since : at });
  }

  function lineOf(peer: NodeCode, backlog: readonly OutboxBacklog[]): LinkState {
    const urgent = backlog.find((row) => row.peer === peer && row.lane === "urgent");
    const ordinary = backlog.find((row) => row.peer === peer && row.lane === "ordinary");
    return {
      peer,
      ...(seen.get(peer) ?? NEVER_SEEN),
      waiting: { urgent: urgent?.waiting ?? 0, ordinary: ordinary?.waiting ?? 0 },
      oldestAt: { urgent: urgent?.oldestAt ?? null, ordinary: ordinary?.oldestAt ?? null },
      dead: (urgent?.dead ?? 0) + (ordinary?.dead ?? 0),
    };
  }

  return {
    receipted: (peer, at) => turn(peer, "up", at, { lastReceiptAt: at }),
    failed: (peer, failure, at) => {
      const lastFailure = { code: failure.code, at, detail: failure.detail };
      turn(peer, isWilling(failure) ? "up" : "down", at, { lastFailure });
    },
    list: (peers, backlog) => {
      const all = new Set([...peers, ...backlog.map((row) => row.peer)]);
      return [...all].toSorted().map((peer) => lineOf(peer, backlog));
    },
  };
}
