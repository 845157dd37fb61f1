import { createHash } from "node:crypto";

/**
 * Choices by name. The same seed and name always give the same choice, whatever was chosen before: what people decide
 * does not depend on the order in which the network brings things.
 */
export type Draw = {
  /** Evenly in [0, 1). */
  readonly share: (name: string) => number;
  readonly chance: (name: string, probability: number) => boolean;
  /** One of a list; null when the list is empty. */
  readonly pick: <T>(name: string, list: readonly T[]) => T | null;
  /** One key of a mix of shares that sum to 1. */
  readonly ofMix: <K extends string>(name: string, mix: Readonly<Record<K, number>>) => K;
  /** Gap until the next arrival, in seconds, at `perSecond` on average (Poisson). */
  readonly gap: (name: string, perSecond: number) => number;
  readonly seconds: (name: string, delay: Delay) => number;
};

/** A span of time in seconds: log-normal by its median and ninetieth percentile, or shares of ranges. */
export type Delay =
  | { readonly median: number; readonly p90: number }
  | { readonly ranges: readonly { readonly share: number; readonly from: number; readonly to: number }[] };

const Z90 = 1.2815515655446004;

export function createDraw(seed: string): Draw {
  const share = (name: string): number =>
    createHash("sha1").update(`${seed}\n${name}`).digest().readUInt32BE(0) / 2 ** 32;
  return {
    share,
    chance: (name, probability) => share(name) < probability,
    pick: (name, list) => list[Math.floor(share(name) * list.length)] ?? null,
    ofMix: (name, mix) => keyOf(mix, share(name)),
    gap: (name, perSecond) => -Math.log(1 - share(name)) / perSecond,
    seconds: (name, delay) => secondsOf(delay, share(name), share(`${name} again`)),
  };
}

function keyOf<K extends string>(mix: Readonly<Record<K, number>>, share: number): K {
  let sum = 0;
  let last: K | null = null;
  for (const key in mix) {
    last = key;
    sum += mix[key];
    if (share < sum) return key;
  }
  if (last === null) throw new Error("an empty mix");
  return last;
}

function secondsOf(delay: Delay, first: number, second: number): number {
  if ("median" in delay) {
    const sigma = Math.log(delay.p90 / delay.median) / Z90;
    // Box and Muller; 1 - first is never 0.
    const normal = Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
    return delay.median * Math.exp(sigma * normal);
  }
  const shares = Object.fromEntries(delay.ranges.map((range, index) => [index, range.share]));
  const range = delay.ranges[Number(keyOf(shares, first))];
  return range === undefined ? 0 : range.from + (range.to - range.from) * second;
}
