import type { NodeCode, RegionCode } from "../../kernel/index.ts";

/** Another node we are linked with. */
export type Peer = {
  readonly nodeCode: NodeCode;
  readonly side: "hotline" | "police";
  readonly regions: readonly RegionCode[];
  readonly url: string;
  /** SM2 public key, hex, pinned by configuration; null = not yet known, nothing is sent. */
  readonly publicKey: string | null;
  /** The number a person dials when the link is silent. */
  readonly dutyPhone: string;
  readonly capability: unknown;
};

export type PeerStore = {
  readonly peers: () => Promise<readonly Peer[]>;
  readonly savePeer: (peer: Peer) => Promise<void>;
};
