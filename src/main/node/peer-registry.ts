import type { ExchangePeer } from "../../exchange/peer.ts";
import type { NodeCode, Result } from "../../kernel/index.ts";
import type { PeerConfig } from "../config/load.ts";

type Greeting = Result<{ readonly protocols: NonNullable<ExchangePeer["protocols"]> }, unknown>;

/** The peers of a node: key and address pinned by configuration, versions as they last said themselves. */
export type PeerRegistry = {
  readonly peers: () => readonly ExchangePeer[];
  readonly learn: (peer: NodeCode, greeting: Greeting) => void;
  readonly greeted: (peer: NodeCode) => boolean | null;
};

/** Nothing that a peer says of itself changes who it is: only which versions it reads. */
export function createRegistry(configured: readonly PeerConfig[]): PeerRegistry {
  const known = new Map<NodeCode, ExchangePeer>(
    configured.map((p) => [p.code, { nodeCode: p.code, url: p.url.replace(/\/$/, ""), publicKey: p.publicKey }]),
  );
  const answered = new Map<NodeCode, boolean>();
  return {
    peers: () => [...known.values()],
    learn: (code, greeting) => {
      answered.set(code, greeting.ok);
      const peer = known.get(code);
      if (greeting.ok && peer !== undefined) known.set(code, { ...peer, protocols: greeting.value.protocols });
    },
    greeted: (code) => answered.get(code) ?? null,
  };
}
