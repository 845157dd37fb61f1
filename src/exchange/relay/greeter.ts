import type { NodeCode } from "../../kernel/index.ts";
import type { ExchangePeer } from "../peer.ts";
import type { RelayPorts } from "./ports.ts";

/** `asks`: whether the peer has still to say what it reads; while it has, it is asked, once at a time. */
export type Greeter = { readonly asks: (peer: ExchangePeer) => boolean };

/** Asks one peer what it reads before the first ordinary batch; `onKnown` is called as soon as the registry knows. */
export function createGreeter(
  { greet, peers, onFault }: Pick<RelayPorts, "greet" | "peers" | "onFault">,
  peerCode: NodeCode,
  onKnown: () => void,
): Greeter {
  let greeting: Promise<void> | null = null;

  function isKnown(): boolean {
    return peers().some((peer) => peer.nodeCode === peerCode && peer.protocols !== undefined);
  }

  return {
    asks: (peer) => {
      if (greet === undefined || peer.protocols !== undefined) return false;
      greeting ??= greet(peer)
        .catch((fault: unknown) => onFault("greet", fault))
        .finally(() => {
          greeting = null;
          if (isKnown()) onKnown();
        });
      return true;
    },
  };
}
