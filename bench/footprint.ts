import type { Pair } from "./pair.ts";
import { countMemoryAnew, cpuSeconds, machineBusySeconds, mostResidentMb, proportionalMb } from "./processes.ts";

/** Processor and memory of the pair between `start` and `stop`. Processors in cores (1 = one core all the time). */
export type Footprint = {
  readonly nodeCores: number;
  readonly databaseCores: number;
  readonly generatorCores: number;
  /** What everything else on the machine took meanwhile: a figure to judge the run by. */
  readonly othersCores: number;
  /** The most a node had resident between `start` and `stop`, and the most before that, since its start. */
  readonly largestNodeMb: number;
  readonly largestBeforeMb: number;
  readonly pairMb: number;
};

type Used = {
  readonly nodes: number;
  readonly database: number;
  readonly own: number;
  readonly busy: number;
  readonly at: number;
};

/**
 * Nothing is looked at between `start` and `stop`: walking all processes takes long enough to make the generator late.
 * Processors are means over the time between; a node's memory is its own record of the most it had since then; the memory of the
 * pair is that right after the load, with every session of the database still open.
 */
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
  const largestBeforeMb = Math.max(...pair.processes().nodes.map(countMemoryAnew));
  const before = used();
  return {
    stop: () => {
      const after = used();
      const { nodes, database, starter } = pair.processes();
      const share = (of: "nodes" | "database" | "own" | "busy"): number =>
        (after[of] - before[of]) / (after.at - before.at);
      const [nodeCores, databaseCores, generatorCores] = [share("nodes"), share("database"), share("own")];
      return {
        nodeCores,
        databaseCores,
        generatorCores,
        othersCores: Math.max(0, share("busy") - nodeCores - databaseCores - generatorCores),
        largestNodeMb: Math.max(...nodes.map(mostResidentMb)),
        largestBeforeMb,
        pairMb: proportionalMb([...nodes, starter, ...database]),
      };
    },
  };
}
