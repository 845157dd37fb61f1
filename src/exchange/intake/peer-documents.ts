import { err, type NodeCode, ok, type Result } from "../../kernel/index.ts";
import {
  type CatalogueApproval,
  type CatalogueRequest,
  isDocumentSigned,
  OWN_PROTOCOLS,
  type SigningKeys,
} from "../contract/index.ts";
import type { ExchangePeer } from "../peer.ts";
import { createOrdinaryGate } from "./ordinary-gate.ts";
import type { IntakeLimits } from "./ports.ts";
import type { BatchRefusal } from "./receive-batch.ts";

/** What judging a peer's signed document needs from the node. */
export type PeerDocumentPorts = {
  readonly self: NodeCode;
  readonly keys: SigningKeys;
  readonly peer: (nodeCode: NodeCode) => ExchangePeer | null;
};

/** Does `act` for a document that its configured sender signed for this node; else says why not. */
export type AdmitDocument = <T>(
  document: CatalogueApproval | CatalogueRequest,
  lowest: number,
  act: () => Promise<Result<T, BatchRefusal>>,
) => Promise<Result<T, BatchRefusal>>;

/**
 * The door for documents about the catalogue: judged in the order of a batch's head, few in hand for each peer, as few as its
 * ordinary batches; they are counted apart from those, so that neither holds up the other. `lowest` is the version in which the form was fixed.
 * Errors: EXCHANGE_PROTOCOL_UNSUPPORTED, EXCHANGE_WRONG_RECEIVER, EXCHANGE_UNKNOWN_PEER, EXCHANGE_KEY_UNKNOWN, EXCHANGE_BUSY, EXCHANGE_SIGNATURE_WRONG.
 */
export function createDocumentDoor(ports: PeerDocumentPorts, limits: IntakeLimits): AdmitDocument {
  const gate = createOrdinaryGate(limits);
  return async (document, lowest, act) => {
    const key = findKey(ports, document, lowest);
    if (!key.ok) return key;
    if (!gate.enter(document.sender)) return err({ code: "EXCHANGE_BUSY", retryAfterMs: limits.retryAfterMs });
    try {
      const signed = await isDocumentSigned(ports.keys, key.value, document);
      return signed ? await act() : err({ code: "EXCHANGE_SIGNATURE_WRONG" });
    } finally {
      gate.leave(document.sender);
    }
  };
}

function findKey(
  ports: PeerDocumentPorts,
  { protocol, sender, receiver, keyId }: CatalogueApproval | CatalogueRequest,
  lowest: number,
): Result<string, BatchRefusal> {
  if (protocol < lowest || protocol > OWN_PROTOCOLS.max)
    return err({ code: "EXCHANGE_PROTOCOL_UNSUPPORTED", path: "/protocol" });
  if (receiver !== ports.self) return err({ code: "EXCHANGE_WRONG_RECEIVER", path: "/receiver" });
  const publicKey = ports.peer(sender)?.publicKey;
  if (publicKey === undefined) return err({ code: "EXCHANGE_UNKNOWN_PEER", path: "/sender" });
  if (publicKey === null || ports.keys.keyIdOf(publicKey) !== keyId)
    return err({ code: "EXCHANGE_KEY_UNKNOWN", path: "/keyId" });
  return ok(publicKey);
}
