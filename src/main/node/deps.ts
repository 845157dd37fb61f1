import type { Deps } from "../../app/deps.ts";
import { alwaysUrgent } from "../../app/ports/urgency.ts";
import { createRequestNumbers } from "../../app/request-numbers.ts";
import { openRouting } from "../../core/file/index.ts";
import type { RoutingSheets } from "../../core/file/index.ts";
import { DEFAULT_LINKAGE_POLICY } from "../../core/linkage/index.ts";
import type { LinkagePolicy } from "../../core/linkage/index.ts";
import { plusMs } from "../../kernel/index.ts";
import type { createStores } from "../../storage/index.ts";
import { createByHandPhone } from "../../telephony/index.ts";
import type { NodeConfig } from "../config/load.ts";
import type { RuleBook } from "../rules.ts";
import { REGIMES } from "./policies.ts";
import type { PeerRegistry } from "./peer-registry.ts";
import type { Wakes } from "./wakes.ts";

/** A seat counts as present while its live stream was seen within this time (three heartbeats). */
const PRESENCE_MS = 15_000;

/** What `depsOf` joins. */
export type DepsParts = {
  readonly stores: ReturnType<typeof createStores>;
  readonly keys: Deps["keys"];
  readonly rules: () => RuleBook;
  readonly rulesBy: NonNullable<Deps["rulesBy"]>;
  readonly routing: RoutingSheets;
  readonly clock: Deps["clock"];
  readonly ids: Deps["ids"];
  readonly wakes: Wakes;
  /** What a peer's program takes, as it last said. */
  readonly kindsOf: PeerRegistry["kinds"];
  readonly talksOf: PeerRegistry["talks"];
  readonly onFault: (where: string, fault: unknown) => void;
};

/** The durations of the linkage table; what two desks may agree otherwise comes from the configuration. */
function linkagePolicyOf({ urgentSignSeconds }: NodeConfig["policy"]): LinkagePolicy {
  const urgentSign = urgentSignSeconds * 1_000;
  return { ...DEFAULT_LINKAGE_POLICY, urgentSign, urgentSignFirst: urgentSign / 2 };
}

/** What the use cases of this node get. */
export function depsOf(config: NodeConfig, parts: DepsParts): Deps {
  const { stores, keys, rules, rulesBy, clock, ids, wakes, kindsOf, talksOf, onFault } = parts;
  const peers = config.peers.map(({ code, side, regions, dutyPhone }) => ({
    nodeCode: code,
    side,
    regions,
    dutyPhone,
  }));
  return {
    node: {
      self: config.node.code,
      side: config.node.side,
      home: config.node.region,
      dutyPhone: config.node.dutyPhone,
      followPolicy: config.policy.follow,
      regime: REGIMES[config.policy.assessment],
      callbackAttempts: config.policy.callbackAttempts,
      linkagePolicy: linkagePolicyOf(config.policy),
    },
    rules,
    rulesBy,
    peers: () => peers.map((peer) => ({ ...peer, kinds: kindsOf(peer.nodeCode), talks: talksOf(peer.nodeCode) })),
    routing: openRouting(peers, parts.routing),
    store: stores.cases,
    inbox: stores.inbox,
    queries: stores.queries,
    readLog: stores.readLog,
    deadLetterDesk: stores.deadLetterDesk,
    keys,
    clock,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    ids,
    // A block of numbers is taken for all who wait for one, also for a danger among them.
    requestNos: createRequestNumbers(
      { ...stores.cases, takeSerials: alwaysUrgent(stores.cases.takeSerials) },
      clock,
      config.node.region,
      config.node.side,
    ),
    wake: wakes,
    onFault,
    phone: createByHandPhone(),
    seatOnDuty: async () => (await stores.accounts.seatsOnDuty(plusMs(clock.now(), -PRESENCE_MS))) > 0,
  };
}
