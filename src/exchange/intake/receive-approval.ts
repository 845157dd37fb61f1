import { err, type Instant, type NodeCode, ok, type Result } from "../../kernel/index.ts";
import {
  type ApprovalHeld,
  approvalUnderKey,
  CATALOGUE_PROTOCOL,
  CATALOGUE_REQUEST_PROTOCOL,
  type CatalogueApproval,
  type CatalogueContent,
  type ExchangeCode,
  parseCatalogueApproval,
  parseCatalogueRequest,
  signDocument,
} from "../contract/index.ts";
import type { AdmitDocument, PeerDocumentPorts } from "./peer-documents.ts";
import type { RefusedBatch } from "./ports.ts";
import type { BatchRefusal } from "./receive-batch.ts";

/** Why a well-signed approval is not kept. */
export type ApprovalRefusal = {
  readonly code: Extract<ExchangeCode, "EXCHANGE_APPROVALS_FULL" | "EXCHANGE_APPROVAL_AHEAD">;
};

/** What receiving a desk's documents about the catalogue needs from the node. */
export type CataloguePorts = PeerDocumentPorts & {
  readonly clock: { readonly now: () => Instant };
  /**
   * Keeps the peer's approval exactly as it came and resolves after commit; what it keeps again changes nothing. Gives this node's
   * own approval of the same text for the same peer, when there is one; or why it keeps none.
   */
  readonly keepApproval: (approval: CatalogueApproval) => Promise<Result<CatalogueApproval | null, ApprovalRefusal>>;
  /** One version of the catalogue with its files; null when this node does not hold them or the peer may not read it. */
  readonly catalogue: (version: string, peer: NodeCode) => Promise<CatalogueContent | null>;
  readonly refused: (document: RefusedBatch) => void;
};

/** `raw` is the parsed body, `remote` the address it came from. */
export type Receive<T> = (raw: unknown, remote: string) => Promise<Result<T, BatchRefusal>>;

/**
 * Receives approvals, whatever carried them: checked by the pinned key, kept, then answered with a signed word that it is held. It
 * decides nothing about the version: also one that is unknown here is kept.
 * Errors: EXCHANGE_SCHEMA_INVALID, those of the door and of `ApprovalRefusal`.
 * @req REQ-20
 */
export function createApprovalIntake(ports: CataloguePorts, admit: AdmitDocument): Receive<ApprovalHeld> {
  async function take(approval: CatalogueApproval): Promise<Result<ApprovalHeld, BatchRefusal>> {
    const kept = await ports.keepApproval(approval);
    if (!kept.ok) return kept;
    const own = kept.value === null ? null : await approvalUnderKey(ports.keys, kept.value);
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

  return tellingRefusals(ports, parseCatalogueApproval, (approval) =>
    admit(approval, CATALOGUE_PROTOCOL, () => take(approval)),
  );
}

/**
 * Receives requests for a version of the catalogue and gives the version, when the peer may read it.
 * Errors: EXCHANGE_SCHEMA_INVALID, EXCHANGE_CATALOGUE_UNKNOWN and those of the door.
 * @req REQ-08 @req REQ-53
 */
export function createRequestIntake(ports: CataloguePorts, admit: AdmitDocument): Receive<CatalogueContent> {
  return tellingRefusals(ports, parseCatalogueRequest, (request) =>
    admit(request, CATALOGUE_REQUEST_PROTOCOL, async () => {
      const content = await ports.catalogue(request.version, request.sender);
      return content === null ? err({ code: "EXCHANGE_CATALOGUE_UNKNOWN" }) : ok(content);
    }),
  );
}

/** Whoever watches the log has to see whose words are refused, as far as the document names anybody. */
function tellingRefusals<D extends { readonly sender: NodeCode }, T>(
  { clock, refused }: CataloguePorts,
  parse: (raw: unknown) => Result<D, { readonly path: string }>,
  take: (document: D) => Promise<Result<T, BatchRefusal>>,
): Receive<T> {
  return async (raw, remote) => {
    const parsed = parse(raw);
    const answer = parsed.ok
      ? await take(parsed.value)
      : err<BatchRefusal>({ code: "EXCHANGE_SCHEMA_INVALID", path: parsed.error.path });
    const claimedSender = parsed.ok ? parsed.value.sender : null;
    if (!answer.ok) refused({ code: answer.error.code, remote, claimedSender, at: clock.now() });
    return answer;
  };
}
