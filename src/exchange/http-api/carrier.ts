import type { Keys } from "../../app/ports/keys.ts";
import type { Lane } from "../../app/ports/outbox.ts";
import { err, type Instant, type NodeCode, ok, type Result } from "../../kernel/index.ts";
import type { Carrier, CarrierFailure } from "../carrier.ts";
import {
  type ApprovalHeld,
  type Batch,
  type BatchEntry,
  blameOf,
  type Capability,
  CanonicalFault,
  type CatalogueApproval,
  type CatalogueContent,
  CATALOGUE_REQUEST_PROTOCOL,
  type CatalogueDocument,
  type CatalogueRequest,
  commonProtocol,
  type ExchangeCode,
  isDocumentSigned,
  OWN_PROTOCOLS,
  parseApprovalHeld,
  parseCapability,
  parseCatalogueContent,
  parseCatalogueDocument,
  parseReceipt,
  type Receipt,
  sealOf,
  signBatch,
  signDocument,
  type SigningKeys,
} from "../contract/index.ts";
import type { KeepEvidence } from "../evidence.ts";
import type { ExchangePeer } from "../peer.ts";
import { type Answer, askPeer, refusalOf } from "./ask-peer.ts";
import type { ExchangeFetch } from "./exchange-fetch.ts";
import { EXCHANGE_PATHS } from "./paths.ts";

/** How long an answer may take, from the first byte sent to the last byte read. */
export type CarrierTimeouts = { readonly urgentMs: number; readonly ordinaryMs: number };

export const CARRIER_TIMEOUTS: CarrierTimeouts = { urgentMs: 3_000, ordinaryMs: 15_000 };

export type HttpCarrierPorts = {
  readonly keys: SigningKeys & Pick<Keys, "randomBytes">;
  readonly self: NodeCode;
  readonly fetch: ExchangeFetch;
  readonly clock: { readonly now: () => Instant };
  readonly evidence: KeepEvidence;
  readonly timeouts?: CarrierTimeouts;
};

/** The service-interface carrier: what is signed by POST, capability by GET. @source nmg:2.3.2 */
export type HttpCarrier = Carrier & {
  /** What the peer says it can do, signed with its pinned key. */
  readonly fetchCapability: (peer: ExchangePeer) => Promise<Result<Capability, CarrierFailure>>;
  /** The catalogue version an offer named, signed with its sender's pinned key, with the document it came in. */
  readonly fetchCatalogue: (
    peer: ExchangePeer,
    version: string,
  ) => Promise<Result<{ readonly content: CatalogueContent; readonly document: CatalogueDocument }, CarrierFailure>>;
  /** Takes this node's approval to the peer it is for; brings the peer's verified word that it holds it. */
  readonly sendApproval: (
    peer: ExchangePeer,
    approval: CatalogueApproval,
  ) => Promise<Result<ApprovalHeld, CarrierFailure>>;
};

/** A failure this node found, rather than was told. */
function failure(code: ExchangeCode, answered: boolean, detail: string): Result<never, CarrierFailure> {
  return err({ code, blame: blameOf(code), answered, retryAfterMs: null, detail });
}

/** A receipt counts only if the peer signed it for this very batch; anything else is no receipt at all. */
async function checkReceipt(
  keys: SigningKeys,
  publicKey: string,
  batch: Batch,
  answer: Answer,
): Promise<Result<Receipt, CarrierFailure>> {
  const parsed = parseReceipt(answer.body);
  if (!parsed.ok) return failure("EXCHANGE_ANSWER_UNREADABLE", true, `receipt ${parsed.error.path}`);
  const receipt = parsed.value;
  if (!(await isDocumentSigned(keys, publicKey, receipt))) {
    return failure("EXCHANGE_RECEIPT_FORGED", true, `key ${receipt.keyId}`);
  }
  const ours =
    receipt.sender === batch.receiver &&
    receipt.receiver === batch.sender &&
    receipt.batchId === batch.batchId &&
    receipt.results.length === batch.digests.length &&
    receipt.results.every((result, i) => result.digest === batch.digests[i]);
  return ours ? ok(receipt) : failure("EXCHANGE_RECEIPT_MISMATCH", true, `batch ${batch.batchId}`);
}

/** To a peer that has not said what it reads one speaks the oldest version: a danger does not wait for a greeting. */
const OLDEST_PROTOCOL = { min: OWN_PROTOCOLS.min, max: OWN_PROTOCOLS.min };

async function sign(
  ports: HttpCarrierPorts,
  peer: ExchangePeer,
  lane: Lane,
  entries: readonly BatchEntry[],
): Promise<Result<Batch, CarrierFailure>> {
  const protocol = commonProtocol(OWN_PROTOCOLS, peer.protocols ?? OLDEST_PROTOCOL);
  if (protocol === null) return failure("EXCHANGE_PROTOCOL_UNSUPPORTED", false, "no version in common");
  const batchId = Buffer.from(ports.keys.randomBytes(16)).toString("hex");
  const head = { protocol, sender: ports.self, receiver: peer.nodeCode, lane, batchId, sentAt: ports.clock.now() };
  try {
    return ok(await signBatch(ports.keys, head, entries));
  } catch (fault) {
    if (!(fault instanceof CanonicalFault || fault instanceof TypeError)) throw fault;
    return failure("EXCHANGE_MESSAGE_UNWRITABLE", false, fault.message);
  }
}

async function send(
  ports: HttpCarrierPorts,
  peer: ExchangePeer,
  lane: Lane,
  entries: readonly BatchEntry[],
): Promise<Result<Receipt, CarrierFailure>> {
  if (peer.publicKey === null) return failure("EXCHANGE_KEY_UNKNOWN", false, "no key of the peer is pinned");
  const batch = await sign(ports, peer, lane, entries);
  if (!batch.ok) return batch;
  const timeouts = ports.timeouts ?? CARRIER_TIMEOUTS;
  const answer = await askPeer(ports.fetch, peer.url + EXCHANGE_PATHS.batches, {
    body: JSON.stringify(batch.value),
    timeoutMs: lane === "urgent" ? timeouts.urgentMs : timeouts.ordinaryMs,
  });
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return err(refusalOf(answer.value));
  const receipt = await checkReceipt(ports.keys, peer.publicKey, batch.value, answer.value);
  if (receipt.ok) await ports.evidence({ direction: "sent", batch: sealOf(batch.value), receipt: receipt.value });
  return receipt;
}

async function sendApproval(
  ports: HttpCarrierPorts,
  peer: ExchangePeer,
  approval: CatalogueApproval,
): Promise<Result<ApprovalHeld, CarrierFailure>> {
  if (peer.publicKey === null) return failure("EXCHANGE_KEY_UNKNOWN", false, "no key of the peer is pinned");
  const { ordinaryMs } = ports.timeouts ?? CARRIER_TIMEOUTS;
  const body = JSON.stringify(approval);
  const answer = await askPeer(ports.fetch, peer.url + EXCHANGE_PATHS.approvals, { body, timeoutMs: ordinaryMs });
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return err(refusalOf(answer.value));
  const parsed = parseApprovalHeld(answer.value.body);
  if (!parsed.ok) return failure("EXCHANGE_ANSWER_UNREADABLE", true, `approval ${parsed.error.path}`);
  const held = parsed.value;
  if (!(await isDocumentSigned(ports.keys, peer.publicKey, held)))
    return failure("EXCHANGE_RECEIPT_FORGED", true, `key ${held.keyId}`);
  const ours =
    held.sender === approval.receiver &&
    held.receiver === approval.sender &&
    held.version === approval.version &&
    held.digest === approval.digest;
  return ours ? ok(held) : failure("EXCHANGE_RECEIPT_MISMATCH", true, `approval of ${approval.version}`);
}

async function fetchSigned<T extends Capability | CatalogueDocument>(
  ports: HttpCarrierPorts,
  peer: ExchangePeer,
  { path, request }: { readonly path: string; readonly request: CatalogueRequest | null },
  parse: (raw: unknown) => Result<T, { readonly path: string }>,
): Promise<Result<T, CarrierFailure>> {
  if (peer.publicKey === null) return failure("EXCHANGE_KEY_UNKNOWN", false, "no key of the peer is pinned");
  const { ordinaryMs } = ports.timeouts ?? CARRIER_TIMEOUTS;
  const body = request === null ? null : JSON.stringify(request);
  const answer = await askPeer(ports.fetch, peer.url + path, { body, timeoutMs: ordinaryMs });
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return err(refusalOf(answer.value));
  const parsed = parse(answer.value.body);
  if (!parsed.ok) return failure("EXCHANGE_ANSWER_UNREADABLE", true, `${path} ${parsed.error.path}`);
  const document = parsed.value;
  if (document.keyId !== ports.keys.keyIdOf(peer.publicKey) || document.nodeCode !== peer.nodeCode) {
    return failure("EXCHANGE_KEY_UNKNOWN", true, `${document.nodeCode} key ${document.keyId}`);
  }
  if (await isDocumentSigned(ports.keys, peer.publicKey, document)) return ok(document);
  return failure("EXCHANGE_SIGNATURE_WRONG", true, path);
}

/**
 * Makes the carrier of this node. `send` takes at most 256 entries, one when urgent; it answers with a receipt only if
 * the peer's pinned key signed it over exactly our digests, and after the evidence of both signatures is kept.
 */
export function createHttpCarrier(ports: HttpCarrierPorts): HttpCarrier {
  return {
    send: (peer, lane, entries) => send(ports, peer, lane, entries),
    fetchCapability: async (peer) => {
      const document = await fetchSigned(
        ports,
        peer,
        { path: EXCHANGE_PATHS.capability, request: null },
        parseCapability,
      );
      // Signed with the pinned key but naming another: a document of a key change, for an operator to see.
      if (document.ok && document.value.publicKey !== peer.publicKey) {
        return failure("EXCHANGE_KEY_UNKNOWN", true, `names key ${document.value.keyId}`);
      }
      return document;
    },
    fetchCatalogue: async (peer, version) => {
      const request = await signDocument<CatalogueRequest>(ports.keys, {
        protocol: CATALOGUE_REQUEST_PROTOCOL,
        type: "catalogueRequest",
        sender: ports.self,
        receiver: peer.nodeCode,
        version,
        keyId: ports.keys.keyId,
      });
      const asked = { path: EXCHANGE_PATHS.catalogue, request };
      const document = await fetchSigned(ports, peer, asked, parseCatalogueDocument);
      if (!document.ok) return document;
      const content = parseCatalogueContent(document.value.content);
      if (!content.ok) return failure("EXCHANGE_ANSWER_UNREADABLE", true, `content ${content.error.path}`);
      if (document.value.version !== version || content.value.version !== version) {
        return failure("EXCHANGE_ANSWER_UNREADABLE", true, "another version");
      }
      return ok({ content: content.value, document: document.value });
    },
    sendApproval: (peer, approval) => sendApproval(ports, peer, approval),
  };
}
