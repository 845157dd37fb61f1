import { openPassingKeys } from "../../src/keys/index.ts";
import type { RuleBook } from "../../src/main/rules.ts";
import type { Plant } from "./plants.ts";
import { runOnce, runSeed } from "./run.ts";
import type { RunReport } from "./run.ts";
import type { RealKeys } from "./world.ts";

/** Every so many runs everything on the wires is signed and verified with real SM2 keys. */
const SIGNED_EVERY = 40;

export type SeriesOptions = {
  readonly rules: RuleBook;
  readonly base: number;
  readonly runs: number;
  /** No new run begins after this many ms. */
  readonly forMs?: number;
  readonly plant?: Plant;
  readonly now: () => number;
  readonly onRun?: (report: RunReport, n: number) => void;
};

/** What many runs came to. */
export type SeriesReport = {
  readonly runs: number;
  readonly signedRuns: number;
  readonly steps: number;
  readonly commits: number;
  readonly messages: number;
  readonly crashes: number;
  readonly traffic: Readonly<Record<string, number>>;
  readonly rows: ReadonlyMap<string, number>;
  readonly told: ReadonlyMap<string, number>;
  readonly slowestPush: number;
  readonly broken: readonly RunReport[];
};

/** Runs number 0, 1, 2… of a base seed, one after the other. */
export async function runSeries(options: SeriesOptions): Promise<SeriesReport> {
  const signed = createRealKeys();
  const total = { steps: 0, commits: 0, messages: 0, crashes: 0 };
  const traffic: Record<string, number> = {};
  const rows = new Map<string, number>();
  const told = new Map<string, number>();
  const broken: RunReport[] = [];
  const end = options.now() + (options.forMs ?? Number.POSITIVE_INFINITY);
  let slowestPush = 0;
  let signedRuns = 0;
  let n = 0;
  try {
    for (; n < options.runs && options.now() < end; n++) {
      const real = options.plant === undefined && n % SIGNED_EVERY === SIGNED_EVERY - 1;
      if (real) signedRuns += 1;
      const report = await runOnce(runSeed(options.base, n), {
        rules: options.rules,
        ...(options.plant === undefined ? {} : { plant: options.plant }),
        keys: real ? signed.pair() : undefined,
      });
      for (const name of ["steps", "commits", "messages", "crashes"] as const) total[name] += report[name];
      for (const [name, count] of Object.entries(report.traffic)) traffic[name] = (traffic[name] ?? 0) + count;
      addAll(rows, report.rows);
      addAll(told, report.told);
      slowestPush = Math.max(slowestPush, report.slowestPush);
      if (report.violations.length > 0) broken.push(report);
      options.onRun?.(report, n);
    }
  } finally {
    await signed.close();
  }
  return { runs: n, signedRuns, ...total, traffic, rows, told, slowestPush, broken };
}

function addAll(into: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [key, count] of more) into.set(key, (into.get(key) ?? 0) + count);
}

/** Opens real keys when they are first asked for. */
function createRealKeys(): { readonly pair: () => readonly [RealKeys, RealKeys]; readonly close: () => Promise<void> } {
  const opened: ReturnType<typeof openPassingKeys>[] = [];
  let made: readonly [RealKeys, RealKeys] | null = null;
  const make = (): RealKeys => {
    const keys = openPassingKeys();
    opened.push(keys);
    let under = 0;
    const counted = async <T>(work: Promise<T>): Promise<T> => {
      under += 1;
      return work.finally(() => {
        under -= 1;
      });
    };
    return {
      keys: {
        ...keys,
        sign: (bytes) => counted(keys.sign(bytes)),
        verify: (key, bytes, signature) => counted(keys.verify(key, bytes, signature)),
      },
      busy: () => under > 0,
    };
  };
  return {
    pair: () => {
      made ??= [make(), make()];
      return made;
    },
    close: async () => {
      await Promise.all(opened.map((k) => k.close()));
    },
  };
}

/** A failing run as a person needs it: the seed that brings it back, what broke, and what was stored of that request. */
export function tell(report: RunReport): string {
  const [first] = report.violations;
  const id = / ([0-9a-f]{6}) /.exec(first?.what ?? "")?.[1]?.slice(-4);
  const line = report.trace.find((l) => id !== undefined && l.includes(` linkage ${id} `));
  const request = line?.split(" ")[1];
  const lines = report.trace.filter((l) => request === undefined || l.split(" ")[1] === request);
  return [
    `run seed ${report.seed}, in ${report.phase}: ${first?.promise} ${first?.what}`,
    ...lines.slice(-40).map((l) => `  ${l}`),
  ].join("\n");
}
