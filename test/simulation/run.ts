import type { LinkageRules } from "../../src/core/linkage/index.ts";
import { LINKAGE_TABLES } from "../../src/core/linkage/index.ts";
import type { RuleBook } from "../../src/main/rules.ts";
import { checkRest, checkStores, decide, finish, settle } from "./ending.ts";
import { NOTHING_PLANTED } from "./plants.ts";
import type { Plant } from "./plants.ts";
import { createRandom, hashOf } from "./random.ts";
import { createStory } from "./story.ts";
import { createPushWatch } from "./push-watch.ts";
import type { Violation } from "./witness.ts";
import { createWorld, sizeFor } from "./world.ts";
import type { RealKeys, Size } from "./world.ts";

/** What one run came to. */
export type RunReport = {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** What it was doing when the first promise broke. */
  readonly phase: string;
  readonly steps: number;
  readonly commits: number;
  readonly messages: number;
  readonly traffic: Readonly<Record<string, number>>;
  readonly crashes: number;
  readonly rows: ReadonlyMap<string, number>;
  readonly told: ReadonlyMap<string, number>;
  readonly slowestPush: number;
  /** What the nodes themselves reported as gone wrong; most of it is put right again. */
  readonly faults: readonly string[];
  readonly trace: readonly string[];
};

export type RunOptions = {
  readonly rules: RuleBook;
  readonly plant?: Plant;
  /** How many desks; absent = as the seed has it. */
  readonly size?: Size;
  readonly keys?: readonly [RealKeys, RealKeys] | undefined;
};

/** The seed of the n-th run of a series. */
export function runSeed(base: number, n: number): number {
  return hashOf(`${base}/${n}`);
}

/** One life of two nodes: the unruly part, healing, what the timers decide, and the way to the end of every request. */
export async function runOnce(seed: number, options: RunOptions): Promise<RunReport> {
  const world = createWorld({
    seed,
    rules: options.rules,
    plant: options.plant ?? NOTHING_PLANTED,
    // Real keys stand for two nodes; seeded ones cannot check what real ones sign.
    size: options.size ?? (options.keys === undefined ? sizeFor(createRandom(hashOf(`size ${seed}`))) : 2),
    keys: options.keys,
  });
  const { witness, network, nodes, random } = world;
  const story = createStory(world);
  const pushes = createPushWatch(world);
  world.watch(pushes.look);
  const length = random.between(40, 110);
  let phase = "story";
  let steps = 0;
  const fine = (): boolean => witness.violations.length === 0;
  for (; steps < length && fine(); steps++) await story.step();
  const chapters: readonly (readonly [string, () => Promise<void>])[] = [
    ["healing", () => settle(world)],
    ["rest", () => checkRest(world)],
    ["timers", () => decide(world)],
    ["healing after timers", () => settle(world)],
    ["rest after timers", () => checkRest(world)],
    ["finishing", () => finish(world, story)],
    ["rest at the end", () => checkRest(world)],
    ["stores", () => checkStores(world)],
  ];
  for (const [name, chapter] of chapters) {
    if (!fine()) break;
    phase = name;
    await chapter();
  }
  for (const node of nodes) node.running()?.process.kill();
  return {
    seed,
    violations: witness.violations,
    phase,
    steps,
    commits: witness.commits(),
    messages: witness.sent().length,
    traffic: network.traffic,
    crashes: nodes.reduce((sum, n) => sum + n.crashes(), 0) - nodes.length,
    rows: witness.rows,
    told: story.told,
    slowestPush: pushes.slowest(),
    trace: witness.trace,
    faults: nodes.flatMap((n) => n.faults.map((f) => `${n.code} ${f}`)),
  };
}

/** Ids of all rows of the shipped linkage tables, in their order. */
export function rowIds(tables: LinkageRules["tables"] = LINKAGE_TABLES): readonly string[] {
  return [...new Set(Object.values(tables).flatMap((rows) => rows.map((r) => r.id)))];
}
