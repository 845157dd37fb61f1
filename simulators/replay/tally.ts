/** Counts and times of a run, gathered while it goes on. */
export type Tally = {
  readonly done: Map<string, number>;
  /** Refusals of commands that a person meant: by code. */
  readonly refused: Map<string, number>;
  /** The same, by command and code. */
  readonly refusedAt: Map<string, number>;
  /** Refusals of commands that were wrong on purpose: by code. */
  readonly refusedWrong: Map<string, number>;
  /** Things worth knowing. */
  readonly remarks: Map<string, number>;
  /** Things that must not happen: done twice, a wrong command accepted. */
  readonly faults: Map<string, number>;
  /** Milliseconds of calls, by kind. */
  readonly callMs: Map<string, number[]>;
};

export function createTally(): Tally {
  return {
    done: new Map(),
    refused: new Map(),
    refusedAt: new Map(),
    refusedWrong: new Map(),
    remarks: new Map(),
    faults: new Map(),
    callMs: new Map(),
  };
}

export function count(map: Map<string, number>, name: string, by = 1): void {
  map.set(name, (map.get(name) ?? 0) + by);
}

export async function timed<T>(tally: Tally, kind: string, work: () => Promise<T>): Promise<T> {
  const since = performance.now();
  const result = await work();
  const list = tally.callMs.get(kind) ?? [];
  list.push(performance.now() - since);
  tally.callMs.set(kind, list);
  return result;
}
