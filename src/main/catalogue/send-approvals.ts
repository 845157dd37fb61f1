import { agreementState } from "../../core/catalogue/index.ts";
import type { HttpCarrier } from "../../exchange/http-api/index.ts";
import { CATALOGUE_PROTOCOL, isDocumentSigned } from "../../exchange/contract/index.ts";
import type { ApprovalHeld, CatalogueApproval, SigningKeys } from "../../exchange/contract/index.ts";
import type { ExchangePeer } from "../../exchange/peer.ts";
import type { KeptApproval } from "../../storage/index.ts";
import { keptApproval, signaturesOf } from "./catalogue-desk.ts";
import type { CatalogueDesk } from "./catalogue-desk.ts";

export type ApprovalSending = {
  readonly desk: CatalogueDesk;
  readonly keys: SigningKeys;
  readonly carrier: Pick<HttpCarrier, "sendApproval">;
  readonly peers: () => readonly ExchangePeer[];
  readonly onFault: (where: string, fault: unknown) => void;
};

/** How long a peer's failure is waited out, and how often one that holds ours and has not signed is asked again. */
const PAUSE_MS = 30_000;
const ASK_AGAIN_MS = 3_600_000;

/** Whether a peer has said that it reads approvals of catalogue versions; one that has not said anything is not asked. */
export function readsCatalogues({ protocols, publicKey }: ExchangePeer): boolean {
  return publicKey !== null && protocols !== undefined && protocols.max >= CATALOGUE_PROTOCOL;
}

/**
 * Takes what this desk signed to the peers it is for, until each has signed that it holds it. One that holds it and has not signed
 * the same text itself is asked again now and then: its word comes back with the answer, also when this node had lost it.
 */
export function createApprovalSender(sending: ApprovalSending): () => Promise<void> {
  const { desk, onFault } = sending;
  const notBefore = new Map<string, number>();

  return async () => {
    const unheld = new Set((await desk.approvals.unheld(desk.self)).map(keyOf));
    for (const approval of await openApprovals(desk, unheld)) {
      const key = keyOf(approval);
      const peer = sending.peers().find(({ nodeCode }) => nodeCode === approval.peer);
      const now = Date.parse(desk.now());
      if (peer === undefined || !readsCatalogues(peer) || now < (notBefore.get(key) ?? 0)) continue;
      const held = await sending.carrier.sendApproval(peer, approval.document);
      notBefore.set(key, now + (held.ok ? ASK_AGAIN_MS : PAUSE_MS));
      if (held.ok) await keepAnswer(sending, peer, approval, held.value);
      else onFault("catalogue approval", new Error(`${held.error.code} ${peer.nodeCode} ${held.error.detail}`));
    }
  };
}

function keyOf({ version, digest, peer }: KeptApproval<CatalogueApproval>): string {
  return `${version} ${digest} ${peer}`;
}

/** What the peer does not hold yet, and what it has not answered with its own. */
async function openApprovals(
  desk: CatalogueDesk,
  unheld: ReadonlySet<string>,
): Promise<readonly KeptApproval<CatalogueApproval>[]> {
  const own = (await desk.approvals.approvals()).filter(({ node }) => node === desk.self);
  if (own.length === 0) return [];
  const signatures = await signaturesOf(desk);
  const versions = new Map((await desk.versions.versions()).map((version) => [version.digest, version]));
  return own.filter((approval) => {
    if (unheld.has(keyOf(approval))) return true;
    const version = versions.get(approval.digest);
    const pair = { here: desk.self, there: approval.peer };
    return (
      version !== undefined &&
      version.state !== "superseded" &&
      agreementState({ ...version, state: "draft" }, signatures, pair) === "approvedHere"
    );
  });
}

async function keepAnswer(
  { desk, keys, onFault }: ApprovalSending,
  peer: ExchangePeer,
  approval: KeptApproval<CatalogueApproval>,
  held: ApprovalHeld,
): Promise<void> {
  await desk.approvals.held(approval, held, desk.now());
  const { own } = held;
  if (own === undefined) return;
  const theirs = own.sender === peer.nodeCode && own.receiver === desk.self && own.digest === approval.digest;
  if (theirs && own.version === approval.version && (await isDocumentSigned(keys, peer.publicKey ?? "", own)))
    await desk.approvals.keep(keptApproval(own, null), desk.now());
  else onFault("catalogue approval", new Error(`an approval of ${own.sender} came that it did not sign`));
}
