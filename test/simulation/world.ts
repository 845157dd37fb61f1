import type { Keys, ReadLogRow } from "../../src/app/index.ts";
import { DEFAULT_LINKAGE_POLICY } from "../../src/core/linkage/index.ts";
import type { EnclosedValue } from "../../src/app/index.ts";
import type { LinkageMessage } from "../../src/core/linkage/index.ts";
import type { NodeCode, RegionCode } from "../../src/kernel/index.ts";
import { REGIMES } from "../../src/main/node/policies.ts";
import type { RuleBook } from "../../src/main/rules.ts";
import type { Desk } from "./desk.ts";
import { createCanaries, findCanary } from "./canary.ts";
import type { Canaries } from "./canary.ts";
import { createNetwork } from "./network.ts";
import type { Network } from "./network.ts";
import { createNode } from "./node.ts";
import type { SimNode, SimPeer } from "./node.ts";
import type { Plant } from "./plants.ts";
import { createRandom } from "./random.ts";
import type { Random } from "./random.ts";
import { REGION } from "./rule-book.ts";
import { createSeededKeys } from "./seeded-keys.ts";
import { createWitness } from "./witness.ts";
import type { Witness } from "./witness.ts";

/** A desk of the simulation. */
type Place = {
  readonly code: NodeCode;
  readonly side: "hotline" | "police";
  /** Divisions it serves for the others: whoever hands over without naming a desk is led by the place. */
  readonly region: RegionCode;
  readonly dutyPhone: string;
};

const place = (side: Place["side"], region: string, dutyPhone: string): Place => ({
  code: `${side}-${region}` as NodeCode,
  side,
  region: region as RegionCode,
  dutyPhone,
});

/** 12345 and 110 of a city, the 110 of one of its districts and of a county, and 12345 of another city. */
const PLACES: readonly Place[] = [
  place("hotline", REGION, "0471-12345"),
  place("police", REGION, "0471-110"),
  place("police", "150102", "0471-110-102"),
  place("hotline", "150200", "0472-12345"),
  place("police", "150121", "0471-110-121"),
];

/** How many desks a world has: mostly the pair, else three or all five, each linked with every other. */
export type Size = 2 | 3 | 5;

export function sizeFor(random: Random): Size {
  return random.pick([2, 2, 2, 3, 3, 5]);
}

/** Nodes, the wires between them, the time, and the witness who sees what was stored. */
export type World = {
  readonly random: Random;
  readonly nodes: readonly SimNode[];
  readonly network: Network;
  readonly witness: Witness;
  readonly canaries: Canaries;
  readonly deskOf: (node: SimNode) => Desk;
  readonly now: () => number;
  /** Lets time pass and everything that is due happen: what arrives, timers of the processes, then whatever they set off. */
  readonly advance: (ms: number) => Promise<void>;
  /** Starts something that belongs to nobody's turn; `drain` waits for it as far as it can go. */
  readonly launch: (work: Promise<unknown>) => void;
  readonly drain: () => Promise<void>;
  /** Called after every round. */
  readonly watch: (look: () => void) => void;
  /** Rounds in which all nodes ran and nothing went wrong on the wires, in a row. */
  readonly calm: { rounds: number; sinceMs: number };
};

const PACKETS_MOST = 40;

type Setup = {
  readonly seed: number;
  readonly rules: RuleBook;
  readonly plant: Plant;
  readonly size?: Size;
  /** Real keys of the first nodes with real signatures; absent: seeded ones. */
  readonly keys?: readonly [RealKeys, RealKeys] | undefined;
};

/** Keys and whether any of their threads is at work. */
export type RealKeys = { readonly keys: Keys; readonly busy: () => boolean };

export function createWorld({ seed, rules, plant, keys, size = 2 }: Setup): World {
  const random = createRandom(seed);
  const places = PLACES.slice(0, size);
  const witness = createWitness(places.map(({ code }) => code));
  const canaries = createCanaries(random.fork("canaries"));
  const calm = { rounds: 0, sinceMs: 0 };
  const looks: (() => void)[] = [];
  let ms = 0;
  const now = (): number => ms;
  const own = places.map(({ code }, n) => keys?.[n]?.keys ?? createSeededKeys(random.fork(`keys ${code}`)));
  const follow = places.map(() => random.chance(0.5));
  const readers = new Map<NodeCode, () => readonly ReadLogRow[]>();
  const network = createNetwork({
    random: random.fork("network"),
    now,
    door: (to) => {
      const node = nodes.find((n) => n.code === to);
      return { handle: (raw, remote) => node?.running()?.handle(raw, remote) ?? null };
    },
    onSent: createCustoms(witness, (node) => readers.get(node)?.() ?? []),
  });
  const nodes = places.map(
    ({ code, side, region, dutyPhone }, n): SimNode =>
      createNode({
        facts: {
          self: code,
          side,
          home: region,
          dutyPhone,
          followPolicy: follow[n] === true ? "follow" : "handOff",
          regime: REGIMES.nmg,
          callbackAttempts: 3,
          linkagePolicy: DEFAULT_LINKAGE_POLICY,
        },
        peers: places.flatMap((other, m): readonly SimPeer[] => {
          if (other.code === code) return [];
          const desk = { nodeCode: other.code, side: other.side, regions: [other.region], dutyPhone: other.dutyPhone };
          return [{ desk, publicKey: () => own[m]?.nodePublicKey ?? "" }];
        }),
        keys: own[n] ?? createSeededKeys(random),
        rules,
        random: random.fork(code),
        now,
        network: () => network,
        witness,
        plant,
      }),
  );
  for (const node of nodes) {
    readers.set(node.code, () => node.stores.reads);
    node.start();
  }

  async function drain(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (keys?.some((k) => k.busy()) === true);
  }

  function launch(work: Promise<unknown>): void {
    work.catch((fault: unknown) => {
      witness.broken("fault", fault instanceof Error ? (fault.stack ?? fault.message).slice(0, 600) : String(fault));
    });
  }

  async function happen(): Promise<void> {
    const together = random.chance(0.5);
    const due = [...network.takeDue(), ...nodes.flatMap((n) => n.running()?.process.takeDue() ?? [])];
    for (const act of due) {
      act();
      if (!together) await drain();
    }
    await drain();
  }

  // Whatever is on the wires arrives at its own instant; what merely polls is let off with one look at the end.
  async function advance(span: number): Promise<void> {
    const target = ms + span;
    for (let n = 0; n < PACKETS_MOST; n++) {
      const next = network.nextAt();
      if (next === null || next >= target) break;
      ms = Math.max(ms, next);
      await happen();
    }
    ms = target;
    await happen();
    const fine =
      nodes.every((n) => n.running() !== null) && !network.isCut() && network.lastTroubleAt() <= calm.sinceMs;
    if (fine) calm.rounds += 1;
    else {
      calm.rounds = 0;
      calm.sinceMs = ms;
    }
    for (const look of looks) look();
  }

  return {
    random,
    nodes,
    network,
    witness,
    canaries,
    deskOf: (node) => ({
      side: node.side,
      others: places.flatMap(({ code }) => (code === node.code ? [] : [code])),
      rules,
      random,
      canaries,
    }),
    now,
    advance,
    launch,
    drain,
    watch: (look) => looks.push(look),
    calm,
  };
}

type Wire = {
  readonly entries?: readonly { readonly message: LinkageMessage; readonly enclosure: readonly EnclosedValue[] }[];
};

/**
 * Looks at everything that leaves a node (P5): a value only beside its message and only when the handing over is in the
 * node's read log, each time anew; nothing of the person when the request is confidential, except to save a life.
 */
function createCustoms(witness: Witness, readsOf: (node: NodeCode) => readonly ReadLogRow[]) {
  const seen = new Map<NodeCode, number>();
  const logged = new Map<string, number>();
  return (from: NodeCode, body: unknown): void => {
    const reads = readsOf(from);
    for (const row of reads.slice(seen.get(from) ?? 0)) {
      for (const caseId of row.caseIds) {
        const key = `${from}/${row.reader.id}/${row.purpose}/${caseId}/${row.fields.join()}`;
        logged.set(key, (logged.get(key) ?? 0) + 1);
      }
    }
    seen.set(from, reads.length);
    for (const { message, enclosure } of (body as Wire).entries ?? []) {
      const clear = findCanary(JSON.stringify(message));
      if (clear !== null) witness.broken("P5", `${message.body.type} leaves ${from} with a value in clear: ${clear}`);
      if (enclosure.length === 0) continue;
      const fields = [...new Set(enclosure.map((e) => e.field))].sort().join();
      const key = `${from}/${message.receiver}/message ${message.body.type}/${message.caseId}/${fields}`;
      const left = logged.get(key) ?? 0;
      if (left === 0)
        witness.broken("P5", `${fields} left ${from} with ${message.body.type} and no row in the read log`);
      logged.set(key, left - 1);
      if ((message.body.type === "notice" || message.body.type === "support") && fields.includes("requester."))
        witness.broken("P5", `${fields} left ${from} with ${message.body.type}, which hands nothing over`);
      const brief = "brief" in message.body ? message.body.brief : null;
      if (brief?.confidential === true && message.lane === "ordinary" && fields.includes("requester."))
        witness.broken("P5", `${fields} of a confidential request left ${from} with ${message.body.type}`);
    }
  };
}
