import { agreementState } from "../../core/catalogue/index.ts";
import type { HttpCarrier } from "../../exchange/http-api/index.ts";
import { approvalUnderKey, CATALOGUE_PROTOCOL, isDocumentSigned } from "../../exchange/contract/index.ts";
import type { ApprovalHeld, CatalogueApproval, SigningKeys } from "../../exchange/contract/index.ts";
import type { ExchangePeer } from "../../exchange/peer.ts";
import { epochMs } from "../../kernel/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import type { KeptApproval } from "../../storage/index.ts";
import { signaturesOf } from "./catalogue-desk.ts";
import type { CatalogueDesk } from "./catalogue-desk.ts";
import { keepApproval } from "./keep-approval.ts";

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
function readsCatalogues({ protocols, publicKey }: ExchangePeer): boolean {
  return publicKey !== null && protocols !== undefined && protocols.max >= CATALOGUE_PROTOCOL;
}

/**
 * Takes what this desk signed to the peers it is for, until each has signed that it holds it. One that holds it and has not signed
 * the same text itself is asked again now and then: its word comes back with the answer, also when this node had lost it. `only` = this
 * peer alone.
 */
export function createApprovalSender(sending: ApprovalSending): (only?: NodeCode) => Promise<void> {
  const { desk, onFault } = sending;
  const notBefore = new Map<string, number>();

  async function sendTo(peer: ExchangePeer, approvals: readonly KeptApproval<CatalogueApproval>[]): Promise<void> {
    for (const approval of approvals) {
      const key = keyOf(approval);
      const now = epochMs(desk.now());
      if (now < (notBefore.get(key) ?? 0)) continue;
      const held = await sending.carrier.sendApproval(peer, await approvalUnderKey(sending.keys, approval.document));
      notBefore.set(key, now + (held.ok ? ASK_AGAIN_MS : PAUSE_MS));
      if (held.ok) await keepAnswer(sending, peer, approval, held.value);
      else onFault("catalogue approval", new Error(`${held.error.code} ${peer.nodeCode} ${held.error.detail}`));
      // Who did not answer the first would let each of the others wait as long.
      if (!held.ok && !held.error.answered) return;
    }
  }

  return async (only) => {
    const unheld = new Set((await desk.approvals.unheld(desk.self)).map(keyOf));
    const open = await openApprovals(desk, unheld);
    const readers = sending
      .peers()
      .filter((peer) => readsCatalogues(peer) && (only === undefined || peer.nodeCode === only));
    // Beside each other: one that does not answer holds up no other, and what breaks on one breaks on it alone.
    await Promise.all(
      readers.map((peer) =>
        sendTo(
          peer,
          open.filter((approval) => approval.peer === peer.nodeCode),
        ).catch((fault: unknown) => onFault(`catalogue approval ${peer.nodeCode}`, fault)),
      ),
    );
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

/** The peer's word that came with its answer is kept by the same rules as one that came by itself. */
async function keepOwn(
  desk: CatalogueDesk,
  own: CatalogueApproval,
  onFault: ApprovalSending["onFault"],
): Promise<void> {
  const kept = await keepApproval(desk, own);
  if (!kept.ok) onFault("catalogue approval", new Error(`${kept.error.code} ${own.sender} ${own.version}`));
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
    await keepOwn(desk, own, onFault);
  else onFault("catalogue approval", new Error(`an approval of ${own.sender} came that it did not sign`));
}
