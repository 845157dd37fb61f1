/** Everything random of one run. The same seed gives the same numbers; a fork has a stream of its own, named by its label. */
export type Random = {
  /** In [0, 1). */
  readonly next: () => number;
  /** 0 to n - 1. */
  readonly int: (n: number) => number;
  /** min to max, both possible. */
  readonly between: (min: number, max: number) => number;
  readonly chance: (p: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly bytes: (n: number) => Uint8Array;
  readonly fork: (label: string) => Random;
};

/** A 32-bit number for a text: FNV-1a. */
export function hashOf(text: string): number {
  let h = 2_166_136_261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16_777_619);
  return h >>> 0;
}

/** Mulberry32: small, fast, good enough to choose steps. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 1_831_565_813) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (n: number): number => Math.floor(next() * n);
  return {
    next,
    int,
    between: (min, max) => min + int(max - min + 1),
    chance: (p) => next() < p,
    pick: (list) => {
      const found = list[int(list.length)];
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
    bytes: (n) => Uint8Array.from({ length: n }, () => int(256)),
    fork: (label) => createRandom(hashOf(`${seed}/${label}`)),
  };
}
