/** Random choices that a printed seed repeats. */
export type Seeded = {
  /** In [0, 1). */
  readonly next: () => number;
  /** Whole number in [from, to]. */
  readonly between: (from: number, to: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** One key of a table of weights; keys of weight 0 never. */
  readonly weighted: <K extends string>(weights: Readonly<Record<K, number>>) => K;
  /** A generator of its own, so that several workers do not depend on each other's speed. */
  readonly fork: () => Seeded;
};

/** Makes a generator (mulberry32: 32 bits of state, every seed good). */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    pick: (list) => {
      const found = list[between(0, list.length - 1)];
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
    weighted: <K extends string>(weights: Readonly<Record<K, number>>) => {
      const all = Object.keys(weights) as K[];
      let left = next() * all.reduce((sum, key) => sum + weights[key], 0);
      const found = all.find((key) => (left -= weights[key]) < 0);
      if (found === undefined) throw new Error("no weight");
      return found;
    },
    fork: () => seeded(between(1, 2 ** 31 - 1)),
  };
}
