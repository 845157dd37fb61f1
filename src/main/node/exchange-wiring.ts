import type { Deps } from "../../app/deps.ts";
import { consumeUnread } from "../../app/consume-unread.ts";
import { enclose } from "../../app/enclose.ts";
import { foldReceipt } from "../../app/fold-receipt.ts";
import type { OutboxPort } from "../../app/ports/outbox.ts";
import { inLaneOf } from "../../app/ports/urgency.ts";
import { receiveMessage } from "../../app/receive-message.ts";
import { createExchangeHandler, createHttpCarrier } from "../../exchange/http-api/index.ts";
import type { ExchangeHandler, HttpCarrier } from "../../exchange/http-api/index.ts";
import { createRelay } from "../../exchange/relay/index.ts";
import type { Relay } from "../../exchange/relay/index.ts";
import type { ExchangePeer } from "../../exchange/peer.ts";
import { createEvidence, createSentMessages } from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import { startLoop } from "../../jobs/loop.ts";
import type { Loop } from "../../jobs/loop.ts";
import { opensConversation } from "../../core/linkage/index.ts";
import type { LinkageMessage } from "../../core/linkage/index.ts";
import { ok } from "../../kernel/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import type { CatalogueDesk } from "../catalogue/catalogue-desk.ts";
import { giveVersion } from "../catalogue/give-version.ts";
import { keepApproval } from "../catalogue/keep-approval.ts";
import { KINDS_TAKEN } from "./peer-registry.ts";
import type { PeerRegistry } from "./peer-registry.ts";
import { urgentCarrier, urgentOutbox } from "./urgent-lane.ts";

type Wiring = {
  readonly deps: Deps;
  readonly store: Store;
  readonly catalogue: CatalogueDesk;
  readonly log: (line: string) => void;
  readonly outbox: OutboxPort;
  readonly registry: PeerRegistry;
  readonly softwareVersion: string;
  readonly onWake: (listener: () => void) => () => void;
  readonly onFault: (where: string, fault: unknown) => void;
  /** A message was given up: somebody must be told at once. */
  readonly onBuried: () => void;
};

export type WiredExchange = {
  readonly handler: ExchangeHandler;
  readonly relay: Relay;
  readonly carrier: HttpCarrier;
  readonly peers: () => readonly ExchangePeer[];
  /** Asks every peer what it can do, at the start and again and again. */
  readonly greetings: Loop;
  /** Whether a peer answered its last greeting; null = not asked yet. */
  readonly greeted: (peer: NodeCode) => boolean | null;
};

/** How often a peer is asked what it can do: its versions may have changed, and an idle link shows whether it is alive. */
const GREET_MS = 15_000;

/** The exchange of one node: what other nodes call, and the relay that calls them. */
export function wireExchange(wiring: Wiring): WiredExchange {
  const { deps, store, registry } = wiring;
  const { node, keys, clock } = deps;
  const { peers } = registry;
  const keep = createEvidence(store);
  const evidence: Parameters<typeof createHttpCarrier>[0]["evidence"] = ({ direction, batch, receipt }) =>
    keep({
      direction,
      peer: direction === "sent" ? batch.receiver : batch.sender,
      batchId: batch.batchId,
      batch,
      receipt,
    });
  const handler = createExchangeHandler({
    self: node.self,
    keys,
    clock,
    peer: (code) => peers().find((p) => p.nodeCode === code) ?? null,
    receive: async (entry) => {
      const received = await receiveMessage(deps, entry.message, [...entry.enclosure, ...entry.doubtful]);
      if (received.status === "kept")
        wiring.onFault(`message ${entry.message.body.type} kept`, new Error(received.code ?? ""));
      noteVersion(deps, entry.message);
      return outcomeOf(received);
    },
    receiveUnread: async (entry) => outcomeOf(await consumeUnread(deps, entry)),
    evidence,
    refused: ({ code, claimedSender, remote }) =>
      wiring.onFault("exchange refused", new Error(`${code} from ${claimedSender ?? "unknown"} at ${remote}`)),
    describe: async () => ({
      side: node.side,
      regions: [node.home],
      carriers: ["http-api"],
      kinds: KINDS_TAKEN,
      catalogueVersion: deps.rules().catalogueVersion,
      dutyPhone: node.dutyPhone,
      softwareVersion: wiring.softwareVersion,
    }),
    catalogue: (version, peer) => giveVersion(wiring.catalogue, version, peer),
    keepApproval: async (approval) => {
      const kept = await keepApproval(wiring.catalogue, approval);
      if (!kept.ok) return kept;
      if (kept.value.anew)
        wiring.log(`catalogue ${approval.version}: ${approval.sender} has signed ${approval.digest.slice(0, 16)}`);
      deps.wake.wake("catalogue");
      return ok(kept.value.own);
    },
  });
  const carrier = createHttpCarrier({ keys, self: node.self, fetch, clock, evidence });
  const relay = createRelay({
    outbox: urgentOutbox(withFold(wiring, createSentMessages(store))),
    carrier: urgentCarrier(carrier),
    presentEnclosure: (message) => inLaneOf(message.lane, () => enclose(deps, message)),
    peers,
    greet: async (peer) => registry.learn(peer.nodeCode, await carrier.fetchCapability(peer)),
    clock: { now: clock.now, setTimer },
    random: Math.random,
    onWake: wiring.onWake,
    onFault: (where, fault) => wiring.onFault(`relay ${where}`, fault),
  });
  const greetings = startLoop({
    name: "greetings",
    everyMs: GREET_MS,
    onFault: wiring.onFault,
    run: async () => {
      for (const peer of peers()) registry.learn(peer.nodeCode, await carrier.fetchCapability(peer));
      return false;
    },
  });
  return { handler, relay, carrier, peers, greetings, greeted: registry.greeted };
}

/** What comes with a brief under a version that is not kept here has it fetched; the message itself waits for nothing. @source nmg:2.2.1 */
function noteVersion({ rulesBy }: Deps, { body, sender }: LinkageMessage): void {
  if (opensConversation(body)) rulesBy?.(body.catalogueVersion, sender);
}

function outcomeOf(received: {
  readonly status: "applied" | "noted" | "waiting" | "duplicate" | "kept";
  readonly code: string | null;
}) {
  return received.code === null ? { status: received.status } : { status: received.status, code: received.code };
}

/** A receipt is folded into the linkage first and marked in the outbox afterwards: folding twice changes nothing. */
function withFold({ deps, outbox, onBuried }: Wiring, sent: ReturnType<typeof createSentMessages>): OutboxPort {
  return {
    ...outbox,
    bury: async (id, code) => {
      await outbox.bury(id, code);
      onBuried();
    },
    receipted: async (entries) => {
      const codes = new Map(entries.map((e) => [e.id, e.status === "noted" ? e.code : null]));
      const folded = entries.filter((e) => e.status !== "kept");
      for (const message of await sent(folded.map((e) => e.id)))
        await foldReceipt(deps, message, codes.get(message.id) ?? null);
      await outbox.receipted(entries);
    },
  };
}

function setTimer(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
