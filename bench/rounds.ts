import { median, percentile } from "./statistics.ts";

/** One way of doing the thing that is compared. `work` does it once; clients are numbered from 0. */
export type Contender = {
  readonly name: string;
  readonly clients: number;
  readonly work: (client: number) => Promise<void>;
};

export type RoundPlan = { readonly rounds: number; readonly ms: number };

/** What one contender did: operations a second of each round, and how long one took (milliseconds, all rounds). */
export type Outcome = {
  readonly perSecond: readonly number[];
  readonly median: number;
  readonly p50: number;
  readonly p99: number;
};

/**
 * Lets contenders do their work in turns, so that a busy neighbour or a slow disk hits all of them alike; each round begins
 * with another one, and every second round runs backwards: what one leaves to be done afterwards (sealing, notices) falls on each of
 * the others as often. One round before the first is not counted.
 */
export async function runRounds(
  contenders: readonly Contender[],
  plan: RoundPlan,
): Promise<ReadonlyMap<string, Outcome>> {
  const rates = new Map<string, number[]>(contenders.map((c) => [c.name, []]));
  const times = new Map<string, number[]>(contenders.map((c) => [c.name, []]));
  for (let round = -1; round < plan.rounds; round++) {
    const turn = Math.max(0, round) % contenders.length;
    const order = [...contenders.slice(turn), ...contenders.slice(0, turn)];
    for (const contender of round % 2 === 0 ? order : order.toReversed()) {
      const done = await runOnce(contender, round < 0 ? Math.min(plan.ms, 500) : plan.ms);
      if (round < 0) continue;
      rates.get(contender.name)?.push((done.times.length / done.ms) * 1_000);
      times.get(contender.name)?.push(...done.times);
    }
  }
  return new Map(
    contenders.map(({ name }) => {
      const perSecond = rates.get(name) ?? [];
      const took = times.get(name) ?? [];
      return [name, { perSecond, median: median(perSecond), p50: percentile(took, 0.5), p99: percentile(took, 0.99) }];
    }),
  );
}

async function runOnce(
  { clients, work }: Contender,
  ms: number,
): Promise<{ readonly times: readonly number[]; readonly ms: number }> {
  const times: number[] = [];
  const begin = performance.now();
  const client = async (no: number): Promise<void> => {
    for (let now = performance.now(); now - begin < ms; ) {
      await work(no);
      const after = performance.now();
      times.push(after - now);
      now = after;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, no) => client(no)));
  return { times, ms: performance.now() - begin };
}

/**
 * The median of the rounds' ratios, and how far they spread. Both sides of a round ran within seconds of each other: a machine whose
 * pace drifts changes both, and their ratio least.
 */
export function ratioOf(
  outcomes: ReadonlyMap<string, Outcome>,
  name: string,
  base: string,
): { ratio: number; spread: string } {
  const [ours, bare] = [outcomes.get(name), outcomes.get(base)];
  if (ours === undefined || bare === undefined) throw new Error(`${name} or ${base} did not run`);
  const each = ours.perSecond.map((rate, n) => rate / (bare.perSecond[n] ?? Number.NaN));
  return {
    ratio: median(each),
    spread: `rounds ${Math.min(...each).toFixed(2)}–${Math.max(...each).toFixed(2)}`,
  };
}

/** `741/s (p50 9.1 ms, p99 31 ms)`. */
export function shownOutcome(outcome: Outcome | undefined): string {
  if (outcome === undefined) return "did not run";
  return `${outcome.median.toFixed(0)}/s (p50 ${outcome.p50.toFixed(1)} ms, p99 ${outcome.p99.toFixed(0)} ms)`;
}
