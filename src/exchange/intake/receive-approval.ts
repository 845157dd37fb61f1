import { err, type Instant, type NodeCode, ok, type Result } from "../../kernel/index.ts";
import {
  type ApprovalHeld,
  CATALOGUE_PROTOCOL,
  type CatalogueApproval,
  isDocumentSigned,
  OWN_PROTOCOLS,
  parseCatalogueApproval,
  signDocument,
  type SigningKeys,
} from "../contract/index.ts";
import type { ExchangePeer } from "../peer.ts";
import type { BatchRefusal } from "./receive-batch.ts";

/** What receiving a desk's approval of a catalogue version needs from the node. */
export type ApprovalPorts = {
  readonly self: NodeCode;
  readonly keys: SigningKeys;
  readonly clock: { readonly now: () => Instant };
  readonly peer: (nodeCode: NodeCode) => ExchangePeer | null;
  /**
   * Keeps the peer's approval exactly as it came and resolves after commit; what it keeps again changes nothing. Gives this node's
   * own approval of the same text for the same peer, when there is one.
   */
  readonly keepApproval: (approval: CatalogueApproval) => Promise<CatalogueApproval | null>;
};

/** So many signatures of approvals are looked at or wait to be: nobody sends more than a few in a year. */
const AT_ONCE = 8;

/**
 * Receives approvals, whatever carried them: checked by the pinned key, kept, then answered with a signed word that it is held. It
 * decides nothing about the version: also one that is unknown here is kept.
 * Errors: EXCHANGE_SCHEMA_INVALID, EXCHANGE_PROTOCOL_UNSUPPORTED, EXCHANGE_WRONG_RECEIVER, EXCHANGE_UNKNOWN_PEER, EXCHANGE_KEY_UNKNOWN, EXCHANGE_SIGNATURE_WRONG, EXCHANGE_BUSY.
 * @req REQ-20
 */
export function createApprovalIntake(
  ports: ApprovalPorts,
): (raw: unknown) => Promise<Result<ApprovalHeld, BatchRefusal>> {
  let inHand = 0;

  async function take(approval: CatalogueApproval, publicKey: string): Promise<Result<ApprovalHeld, BatchRefusal>> {
    if (!(await isDocumentSigned(ports.keys, publicKey, approval))) return err({ code: "EXCHANGE_SIGNATURE_WRONG" });
    const own = await ports.keepApproval(approval);
    const held = await signDocument<ApprovalHeld>(ports.keys, {
      protocol: CATALOGUE_PROTOCOL,
      type: "catalogueApprovalHeld",
      sender: ports.self,
      receiver: approval.sender,
      version: approval.version,
      digest: approval.digest,
      receivedAt: ports.clock.now(),
      ...(own === null ? {} : { own }),
      keyId: ports.keys.keyId,
    });
    return ok(held);
  }

  return async (raw) => {
    const parsed = parseCatalogueApproval(raw);
    if (!parsed.ok) return err({ code: "EXCHANGE_SCHEMA_INVALID", path: parsed.error.path });
    const key = findKey(ports, parsed.value);
    if (!key.ok) return key;
    if (inHand >= AT_ONCE) return err({ code: "EXCHANGE_BUSY", retryAfterMs: 1_000 });
    inHand++;
    try {
      return await take(parsed.value, key.value);
    } finally {
      inHand--;
    }
  };
}

function findKey(ports: ApprovalPorts, approval: CatalogueApproval): Result<string, BatchRefusal> {
  if (approval.protocol < CATALOGUE_PROTOCOL || approval.protocol > OWN_PROTOCOLS.max)
    return err({ code: "EXCHANGE_PROTOCOL_UNSUPPORTED", path: "/protocol" });
  if (approval.receiver !== ports.self) return err({ code: "EXCHANGE_WRONG_RECEIVER", path: "/receiver" });
  const publicKey = ports.peer(approval.sender)?.publicKey;
  if (publicKey === undefined) return err({ code: "EXCHANGE_UNKNOWN_PEER", path: "/sender" });
  if (publicKey === null || ports.keys.keyIdOf(publicKey) !== approval.keyId)
    return err({ code: "EXCHANGE_KEY_UNKNOWN", path: "/keyId" });
  return ok(publicKey);
}
