import type { Pair } from "./pair.ts";
import { cpuSeconds, machineBusySeconds, proportionalMb, residentMb } from "./processes.ts";

/** Processor and memory of the pair between `start` and `stop`. Processors in cores (1 = one core all the time). */
export type Footprint = {
  readonly nodeCores: number;
  readonly databaseCores: number;
  readonly generatorCores: number;
  /** What everything else on the machine took meanwhile: a figure to judge the run by. */
  readonly othersCores: number;
  readonly largestNodeMb: number;
  readonly pairMb: number;
};

type Used = {
  readonly nodes: number;
  readonly database: number;
  readonly own: number;
  readonly busy: number;
  readonly at: number;
};

const EVERY_MS = 1_000;

/** Samples once a second; memory is the largest seen, processor the mean over the whole time. */
export function watchFootprint(pair: Pair): { readonly stop: () => Footprint } {
  const used = (): Used => {
    const { nodes, database, starter } = pair.processes();
    const own = process.cpuUsage();
    return {
      nodes: cpuSeconds([...nodes, starter]),
      database: cpuSeconds(database),
      own: (own.user + own.system) / 1e6,
      busy: machineBusySeconds(),
      at: performance.now() / 1_000,
    };
  };
  const before = used();
  const memory = { node: 0, pair: 0 };
  const sample = (): void => {
    const { nodes, database, starter } = pair.processes();
    memory.node = Math.max(memory.node, ...nodes.map(residentMb));
    memory.pair = Math.max(memory.pair, proportionalMb([...nodes, starter, ...database]));
  };
  const timer = setInterval(sample, EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      sample();
      const after = used();
      const share = (of: "nodes" | "database" | "own" | "busy"): number =>
        (after[of] - before[of]) / (after.at - before.at);
      const [nodeCores, databaseCores, generatorCores] = [share("nodes"), share("database"), share("own")];
      const othersCores = Math.max(0, share("busy") - nodeCores - databaseCores - generatorCores);
      return { nodeCores, databaseCores, generatorCores, othersCores, largestNodeMb: memory.node, pairMb: memory.pair };
    },
  };
}
