import { JOINT_PROTOCOL, TALK_PROTOCOL, TELLING_PROTOCOL } from "../../exchange/contract/index.ts";
import type { ExchangePeer } from "../../exchange/peer.ts";
import type { LinkageKind } from "../../core/linkage/index.ts";
import type { NodeCode, Result } from "../../kernel/index.ts";
import type { PeerConfig } from "../config/load.ts";

type Greeting = Result<{ readonly protocols: NonNullable<ExchangePeer["protocols"]> }, unknown>;

/** The peers of a node: key and address pinned by configuration, versions as they last said themselves. */
export type PeerRegistry = {
  readonly peers: () => readonly ExchangePeer[];
  readonly learn: (peer: NodeCode, greeting: Greeting) => void;
  readonly greeted: (peer: NodeCode) => boolean | null;
  /** Kinds of linkage the peer's program takes by the versions it last named; null = it has not said since this node started. */
  readonly kinds: (peer: NodeCode) => readonly LinkageKind[] | null;
  /** Whether its program reads what is written down of a dispute; null = as above. */
  readonly talks: (peer: NodeCode) => boolean | null;
};

/** What every version of the protocol has. */
const FIRST_KINDS: readonly LinkageKind[] = ["clear", "afterInitialResponse", "urgent"];

/** Kinds that came later, with the version that has them. */
const SINCE: readonly (readonly [LinkageKind, number])[] = [
  ["notice", TELLING_PROTOCOL],
  ["support", TELLING_PROTOCOL],
  ["joint", JOINT_PROTOCOL],
];

/** The kinds of linkage this program takes. */
export const KINDS_TAKEN: readonly LinkageKind[] = [...FIRST_KINDS, ...SINCE.map(([kind]) => kind)];

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
    talks: (code) => {
      const protocols = known.get(code)?.protocols;
      return protocols === undefined ? null : protocols.max >= TALK_PROTOCOL;
    },
    kinds: (code) => {
      const protocols = known.get(code)?.protocols;
      if (protocols === undefined) return null;
      return [...FIRST_KINDS, ...SINCE.flatMap(([kind, since]) => (protocols.max >= since ? [kind] : []))];
    },
  };
}
