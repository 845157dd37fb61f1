/**
 * The long simulation: `npm run simulate -- --runs 5000 --seed 1`, `--minutes 10`, `--only RUNSEED` (one run again, told in full),
 * `--plants 30` (in how many of so many runs each planted mistake is found). Ends with 1 when a promise was broken.
 */
import { parseArgs } from "node:util";
import { PLANTS } from "../test/simulation/plants.ts";
import { loadRuleBook } from "../test/simulation/rule-book.ts";
import { rowIds, runOnce } from "../test/simulation/run.ts";
import { runSeries, tell } from "../test/simulation/series.ts";
import type { SeriesReport } from "../test/simulation/series.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string" },
    seed: { type: "string" },
    minutes: { type: "string" },
    only: { type: "string" },
    plants: { type: "string" },
  },
});
for (const [name, value] of Object.entries(values)) {
  // A seed that is no number would run, and could never be run again.
  if (!/^\d+$/.test(value)) throw new Error(`--${name} takes a whole number, not "${value}"; for example --${name} 7`);
}
const base = Number(values.seed ?? Math.floor(performance.timeOrigin % 1e9));
const rules = await loadRuleBook();
const now = (): number => performance.now();

if (values.only !== undefined) await again(Number(values.only));
else if (values.plants !== undefined) await plants(Number(values.plants));
else await series();

async function again(seed: number): Promise<void> {
  const report = await runOnce(seed, { rules });
  console.log(report.trace.join("\n"));
  console.log(report.faults.join("\n"));
  console.log(report.violations.length === 0 ? `run seed ${seed}: nothing broken` : tell(report));
  if (report.violations.length > 0) process.exitCode = 1;
}

async function plants(runs: number): Promise<void> {
  for (const plant of PLANTS) {
    const report = await runSeries({ rules, base, runs, plant, now });
    console.log(`found in ${report.broken.length} of ${runs}: ${plant.name}`);
    if (report.broken.length === 0) process.exitCode = 1;
  }
}

async function series(): Promise<void> {
  const minutes = values.minutes === undefined ? Number.POSITIVE_INFINITY : Number(values.minutes);
  const runs = Number(values.runs ?? (values.minutes === undefined ? 1_000 : 1e9));
  console.log(`seed ${base}`);
  const began = now();
  const report = await runSeries({
    rules,
    base,
    runs,
    forMs: minutes * 60_000,
    now,
    onRun: (run, n) => {
      if (run.violations.length > 0) console.log(`\n${tell(run)}\n`);
      if ((n + 1) % 500 === 0) console.log(`${n + 1} runs`);
    },
  });
  print(report, (now() - began) / 1_000);
  if (report.broken.length > 0) process.exitCode = 1;
}

function print(report: SeriesReport, seconds: number): void {
  const { runs, signedRuns, steps, commits, messages, crashes, traffic, slowestPush, broken } = report;
  console.log(`runs ${runs} (${signedRuns} with real signatures) in ${seconds.toFixed(0)} s, seed ${base}`);
  console.log(`steps ${steps}, commits ${commits}, messages ${messages}, crashes ${crashes}`);
  console.log(
    `requests on the wires: ${Object.entries(traffic)
      .map(([k, v]) => `${k} ${v}`)
      .join(", ")}`,
  );
  console.log(`a push needed at most ${slowestPush} good rounds`);
  const done = [...report.told].toSorted(([a], [b]) => (a < b ? -1 : 1));
  console.log(`answers: ${done.map(([k, v]) => `${k} ${v}`).join(", ")}`);
  const all = rowIds();
  const never = all.filter((id) => !report.rows.has(id));
  console.log(`rows of the linkage tables applied: ${all.length - never.length} of ${all.length}`);
  console.log(
    `rarely: ${all
      .filter((id) => report.rows.has(id) && (report.rows.get(id) ?? 0) < 20)
      .map((id) => `${id} ${report.rows.get(id)}`)
      .join(", ")}`,
  );
  console.log(`never: ${never.join(", ")}`);
  console.log(
    `runs with a broken promise: ${broken.length}${broken.length === 0 ? "" : `: ${broken.map((r) => r.seed).join()}`}`,
  );
}
