import type { Deps, Keys, Rules } from "../../src/app/index.ts";
import {
  consumeUnread,
  createRequestNumbers,
  enclose,
  fireTimer,
  foldReceipt,
  receiveKept,
  receiveMessage,
} from "../../src/app/index.ts";
import type { DueTimer, NodeFacts, OutboxPort } from "../../src/app/index.ts";
import type { PeerDesk } from "../../src/core/file/index.ts";
import type { LinkageMessage } from "../../src/core/linkage/index.ts";
import { createExchangeHandler, createHttpCarrier } from "../../src/exchange/http-api/index.ts";
import type { HttpAnswer } from "../../src/exchange/http-api/index.ts";
import { createRelay, RELAY_SETTINGS } from "../../src/exchange/relay/index.ts";
import type { RelayPorts } from "../../src/exchange/relay/index.ts";
import { instantOf, ok, plusMs } from "../../src/kernel/index.ts";
import type { Instant, MessageId, NodeCode } from "../../src/kernel/index.ts";
import { createMemoryStores } from "../../src/storage/index.ts";
import type { Network } from "./network.ts";
import type { Plant } from "./plants.ts";
import { startProcess } from "./process.ts";
import type { Process } from "./process.ts";
import type { Random } from "./random.ts";
import type { Witness } from "./witness.ts";

/** Another node as this one's registry knows it. */
export type SimPeer = { readonly desk: PeerDesk; readonly publicKey: () => string };

type NodeSetup = {
  readonly facts: NodeFacts;
  readonly peers: readonly SimPeer[];
  readonly keys: Keys;
  readonly rules: Rules;
  readonly random: Random;
  readonly now: () => number;
  readonly network: () => Network;
  readonly witness: Witness;
  readonly plant: Plant;
};

/** What lives as long as the process. */
type Running = {
  readonly process: Process;
  readonly deps: Deps;
  readonly handle: (raw: unknown, remote: string) => Promise<HttpAnswer>;
};

/** One simulated node: its store outlives its processes; everything above the store is the shipped program. */
export type SimNode = {
  readonly code: NodeCode;
  readonly side: "hotline" | "police";
  readonly stores: ReturnType<typeof createMemoryStores>;
  readonly clock: { readonly now: () => Instant };
  readonly jump: (ms: number) => void;
  readonly running: () => Running | null;
  readonly start: () => void;
  /** Fires due timers as the node's loop does; some twice. */
  readonly runTimers: () => Promise<void>;
  /** Folds again what could not be folded, as the node's loop does. */
  readonly runInbox: () => Promise<void>;
  readonly setSeat: (present: boolean) => void;
  readonly crashes: () => number;
  readonly faults: readonly string[];
};

const START = Date.UTC(2026, 10, 22, 1);
const LEASE_MS = 15_000;
const TRIES = 12;

export function createNode(setup: NodeSetup): SimNode {
  const { facts, random, now, witness, plant } = setup;
  const code = facts.self;
  let offset = random.between(-90_000, 90_000);
  let seated = true;
  let running: Running | null = null;
  let crashes = 0;
  const faults: string[] = [];
  const clock = { now: () => instantOf(START + now() + offset) };
  const stores = createMemoryStores(facts.home, clock);
  const ids = createSeededIds(random.fork("ids"), clock);
  const cases: typeof stores.cases = {
    ...stores.cases,
    commit: async (commit) => {
      const outcome = await stores.cases.commit(commit);
      if (outcome === "done") witness.committed(code, commit);
      return outcome;
    },
  };

  const inbox: typeof stores.inbox = {
    ...stores.inbox,
    keep: async (row) => {
      if (row.status === "failed") faults.push(`${row.message.body.type} ${row.message.seq}: ${row.error}`);
      await stores.inbox.keep(row);
    },
  };

  function start(): void {
    const process = startProcess(random.fork(`process ${crashes}`), now, () => {
      crashes += 1;
      running = null;
    });
    const listeners = new Set<() => void>();
    const planted = plant.ports?.({ cases, readLog: stores.readLog, timers: stores.timers }, random.fork("plant"));
    const ports = { cases, readLog: stores.readLog, ...planted };
    const store = process.guard(ports.cases);
    const deps: Deps = {
      node: plant.rules === undefined ? facts : { ...facts, linkageRules: plant.rules },
      rules: () => setup.rules,
      peers: () => setup.peers.map(({ desk }) => desk),
      store,
      inbox: process.guard(inbox),
      queries: process.guard(stores.queries),
      readLog: process.guard(ports.readLog),
      deadLetterDesk: process.guard(stores.deadLetterDesk),
      keys: asyncGuarded(process, setup.keys),
      clock,
      ids,
      requestNos: createRequestNumbers(store, clock, facts.home, facts.side),
      wake: {
        // Waking is a hint and may be lost.
        wake: () => {
          if (random.chance(0.9)) for (const listener of listeners) listener();
        },
      },
      phone: { ring: async () => "byHand" },
      seatOnDuty: async () => seated,
    };
    const handler = createHandler(setup, deps);
    running = { process, deps, handle: handler.handleBatch };
    createRelay(
      relayPorts(setup, deps, process, process.guard(stores.outbox), listeners, faults),
      RELAY_SETTINGS,
    ).start();
  }

  return {
    code,
    side: facts.side,
    stores,
    clock,
    jump: (ms) => {
      offset += ms;
    },
    running: () => running,
    start,
    runTimers: async () => {
      if (running === null) return;
      const { deps, process } = running;
      const due = await process.guard(stores.timers).claimDue(clock.now(), 64, LEASE_MS);
      const twice = due.flatMap((t): DueTimer[] => (random.chance(0.1) ? [t, t] : [t]));
      await Promise.all(twice.map((t) => fireTimer(deps, t)));
    },
    runInbox: async () => {
      if (running === null) return;
      const { deps } = running;
      for (const { message, enclosure, attempts } of await deps.inbox.claimFailed(16, LEASE_MS)) {
        const { status, code: fault } = await receiveKept(deps, message, enclosure);
        if (status !== "kept") continue;
        const retryAt = attempts + 1 >= TRIES ? null : plusMs(clock.now(), 500 * 2 ** Math.min(attempts, 7));
        await deps.inbox.markFailed(message.id, fault ?? "FOLD_FAILED", retryAt);
      }
    },
    setSeat: (present) => {
      seated = present;
    },
    crashes: () => crashes,
    faults,
  };
}

/** Asynchronous uses of keys are places to die as well; the others are plain calls. */
function asyncGuarded(process: Process, keys: Keys): Keys {
  const { sign, verify, wrap, unwrap } = process.guard({
    sign: keys.sign,
    verify: keys.verify,
    wrap: keys.wrap,
    unwrap: keys.unwrap,
  });
  return { ...keys, sign, verify, wrap, unwrap };
}

function createHandler({ facts, peers, plant }: NodeSetup, deps: Deps) {
  const receive = plant.receive?.(deps, receiveMessage) ?? receiveMessage;
  const answerOf = ({ status, code }: Awaited<ReturnType<typeof receiveMessage>>) =>
    code === null ? { status } : { status, code };
  return createExchangeHandler({
    self: facts.self,
    keys: deps.keys,
    clock: deps.clock,
    peer: (code) => {
      const found = peers.find(({ desk }) => desk.nodeCode === code);
      return found === undefined ? null : { nodeCode: found.desk.nodeCode, url: "", publicKey: found.publicKey() };
    },
    receive: async (entry) => answerOf(await receive(deps, entry.message, [...entry.enclosure, ...entry.doubtful])),
    receiveUnread: async (entry) => answerOf(await consumeUnread(deps, entry)),
    evidence: async () => undefined,
    refused: () => undefined,
    describe: async () => {
      throw new Error("nobody asks");
    },
    catalogue: async () => null,
    keepApproval: async () => ok(null),
  });
}

function relayPorts(
  { facts, peers, random, network, plant }: NodeSetup,
  deps: Deps,
  process: Process,
  outbox: OutboxPort,
  listeners: Set<() => void>,
  faults: string[],
): RelayPorts {
  const http = createHttpCarrier({
    keys: deps.keys,
    self: facts.self,
    fetch: network().fetchFor(facts.self, process),
    clock: deps.clock,
    evidence: async () => undefined,
    // The wires give up by the world's time; the platform's own timer must never be the one that decides.
    timeouts: { urgentMs: 2_000_000_000, ordinaryMs: 2_000_000_000 },
  });
  const scattering = scattered(http, random.fork("scatter"));
  return {
    outbox: withFold(deps, outbox),
    carrier: plant.carrier?.(scattering, random.fork("plant carrier")) ?? scattering,
    presentEnclosure: (message) => enclose(deps, message),
    peers: () =>
      peers.map(({ desk: { nodeCode }, publicKey }) => ({
        nodeCode,
        url: `http://${nodeCode}`,
        publicKey: publicKey(),
      })),
    clock: { now: deps.clock.now, setTimer: process.setTimer },
    random: random.fork("relay").next,
    onWake: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onFault: (where, fault) => faults.push(`${where}: ${fault instanceof Error ? fault.message : String(fault)}`),
  };
}

/** A carrier that sometimes brings the messages of a batch one by one and in any order, as files or tables do. */
function scattered(carrier: RelayPorts["carrier"], random: Random): RelayPorts["carrier"] {
  return {
    send: async (peer, lane, entries) => {
      if (entries.length < 2 || random.chance(0.5)) return carrier.send(peer, lane, entries);
      const singles = await Promise.all(entries.map((entry) => carrier.send(peer, lane, [entry])));
      const failed = singles.find((s) => !s.ok);
      const [first] = singles;
      if (failed !== undefined || first === undefined || !first.ok) return failed ?? carrier.send(peer, lane, entries);
      return { ok: true, value: { ...first.value, results: singles.flatMap((s) => (s.ok ? s.value.results : [])) } };
    },
  };
}

/** As the node's wiring: a receipt is folded first and marked in the outbox afterwards. */
function withFold(deps: Deps, outbox: OutboxPort): OutboxPort {
  const claimed = new Map<MessageId, LinkageMessage>();
  return {
    ...outbox,
    claim: async (peer, lane, limit, leaseMs) => {
      const entries = await outbox.claim(peer, lane, limit, leaseMs);
      for (const { message } of entries) claimed.set(message.id, message);
      return entries;
    },
    receipted: async (entries) => {
      for (const { id, status, code } of entries) {
        const message = claimed.get(id);
        if (message !== undefined) await foldReceipt(deps, message, status === "noted" ? code : null);
      }
      await outbox.receipted(entries);
      for (const { id } of entries) claimed.delete(id);
    },
  };
}

/** Ids of the shape the node makes: time first, then random digits. */
function createSeededIds(random: Random, clock: { readonly now: () => Instant }): Deps["ids"] {
  return {
    next: () => {
      const time = Date.parse(clock.now()).toString(16).padStart(12, "0");
      const rest = Buffer.from(random.bytes(10)).toString("hex");
      return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
    },
    random: (bytes) => random.bytes(bytes),
  };
}
