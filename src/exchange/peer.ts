import type { NodeCode } from "../kernel/index.ts";
import type { ProtocolRange } from "./contract/index.ts";

/** What the exchange needs to know of another node. */
export type ExchangePeer = {
  readonly nodeCode: NodeCode;
  /** Where its exchange answers: scheme, host, port, path before `/exchange/`; no slash at the end. */
  readonly url: string;
  /** Its SM2 public key as an operator pinned it; null = not known yet: nothing is sent and nothing is taken. */
  readonly publicKey: string | null;
  /** From its capability document; absent = as this node's own. */
  readonly protocols?: ProtocolRange;
};
