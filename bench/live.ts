import { cpus } from "node:os";
import type { Bench } from "./bench.ts";
import { DANGER_SHARE, MIX_IN_WORDS, newClicks, runLoad } from "./desk-load.ts";
import type { Clicks } from "./desk-load.ts";
import { openDesks } from "./desks.ts";
import { watchFootprint } from "./footprint.ts";
import type { Footprint } from "./footprint.ts";
import { openScreen } from "./open-screen.ts";
import type { OpenScreen } from "./open-screen.ts";
import { openSeat } from "./seat.ts";
import { percentile } from "./statistics.ts";
import { judge } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const QUESTION = "live";
const PER_SECOND = 25;
const PUSHES = 1_000;
/** Some more than needed, because the mix is drawn. */
const MARGIN = 1.06;
const SETTLE_MS = 30_000;

/** Questions 4, 5 and 6: pushes and transfers from click to the other desk's open screen under load, and what that costs. */
export async function measureLive(bench: Bench): Promise<readonly Verdict[]> {
  const { pair, quick, seed, say } = bench;
  const desks = await openDesks(pair);
  const police = await screenOf(bench, "police", "taker1");
  const hotline = await screenOf(bench, "hotline", "agent2");
  await runLoad(desks, { perSecond: PER_SECOND, ms: quick ? 3_000 : 10_000, seed: seed + 1 }, newClicks());
  const clicks = newClicks();
  const ms = quick ? 20_000 : (PUSHES / (PER_SECOND * DANGER_SHARE)) * MARGIN * 1_000;
  say(`  ${PER_SECOND} new records a second for ${(ms / 1_000).toFixed(0)} s: ${MIX_IN_WORDS}`);
  const watch = watchFootprint(pair);
  await runLoad(desks, { perSecond: PER_SECOND, ms, seed }, clicks);
  const footprint = watch.stop();
  await settled(clicks, police, hotline);
  await Promise.all([police.close(), hotline.close()]);
  for (const fault of [...clicks.faults, ...police.faults, ...hotline.faults].slice(0, 5)) say(`  fault: ${fault}`);
  say(
    `  ${clicks.count.records} records, ${clicks.pushes.size} pushes, ${clicks.transfers.size} transfers, ${clicks.faults.length} faults; generator behind its plan p99 ${percentile(clicks.late, 0.99).toFixed(0)} ms`,
  );
  return [
    ...pushVerdicts(bench, clicks, police),
    ...transferVerdicts(clicks, police, hotline),
    ...costVerdicts(footprint),
  ];
}

async function screenOf({ pair }: Bench, node: "hotline" | "police", login: string): Promise<OpenScreen> {
  return openScreen(await openSeat(pair.account(node, login)));
}

/** Waits until everything clicked has been seen; what never comes counts as not arrived. */
async function settled(clicks: Clicks, police: OpenScreen, hotline: OpenScreen): Promise<void> {
  const until = performance.now() + SETTLE_MS;
  const missing = (): boolean =>
    [...clicks.pushes.keys()].some((no) => !police.shown.has(no)) ||
    [...clicks.transfers].some(([no, { to }]) => !(to === "police" ? police : hotline).queued.has(no));
  while (missing() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Milliseconds from click to sighting; what was never seen took for ever. */
function times(clicked: Iterable<readonly [string, number]>, seen: ReadonlyMap<string, number>): readonly number[] {
  return [...clicked].map(([no, at]) => (seen.get(no) ?? Number.POSITIVE_INFINITY) - at);
}

function spread(values: readonly number[]): string {
  const at = (share: number): string => percentile(values, share).toFixed(0);
  return `p50 ${at(0.5)}, p90 ${at(0.9)}, max ${at(1)} ms of ${values.length}`;
}

function pushVerdicts({ quick }: Bench, clicks: Clicks, police: OpenScreen): readonly Verdict[] {
  const one = (what: string, seen: ReadonlyMap<string, number>): Verdict => {
    const took = times(clicks.pushes, seen);
    const base = { question: QUESTION, limit: 1_000, direction: "atMost", unit: "ms" } as const;
    return judge({
      ...base,
      what: `urgent push, click → ${what}, p99`,
      measured: percentile(took, 0.99),
      detail: spread(took),
    });
  };
  const enough = judge({
    question: QUESTION,
    what: "pushes measured",
    measured: clicks.pushes.size,
    limit: quick ? 50 : PUSHES,
    direction: "atLeast",
    unit: "",
    detail: "",
  });
  return [
    one("frame at the other desk's open screen", police.frame),
    one("alarm in that screen's list", police.alarm),
    one("request read there and 'shown' taken by its node", police.shown),
    enough,
  ];
}

function transferVerdicts(clicks: Clicks, police: OpenScreen, hotline: OpenScreen): readonly Verdict[] {
  const to = (desk: "hotline" | "police", seen: ReadonlyMap<string, number>): readonly number[] =>
    times(
      [...clicks.transfers].flatMap(([no, t]) => (t.to === desk ? [[no, t.at] as const] : [])),
      seen,
    );
  const took = [...to("police", police.queued), ...to("hotline", hotline.queued)];
  return [
    judge({
      question: QUESTION,
      what: "ordinary transfer, click → in the other desk's incoming queue, p99",
      measured: percentile(took, 0.99),
      limit: 2_000,
      direction: "atMost",
      unit: "ms",
      detail: spread(took),
    }),
  ];
}

function costVerdicts(f: Footprint): readonly Verdict[] {
  const cores = cpus().length;
  const used = f.nodeCores + f.databaseCores + f.generatorCores;
  const cost = (c: number): string => `${(c * 100).toFixed(0)} %`;
  return [
    judge({
      question: QUESTION,
      what: `core left idle then, of ${cores}, by what pair, database and generator use`,
      measured: (cores - used) * 100,
      limit: 50,
      direction: "atLeast",
      unit: "%",
      detail: `of one core: nodes ${cost(f.nodeCores)}, database ${cost(f.databaseCores)}, generator ${cost(f.generatorCores)}; others on the machine ${cost(f.othersCores)}`,
    }),
    judge({
      question: QUESTION,
      what: "largest node process (most resident during this load)",
      measured: f.largestNodeMb,
      limit: 250,
      direction: "atMost",
      unit: "MB",
      detail: `${f.largestBeforeMb.toFixed(0)} MB at most before, since its start and under the loads of the questions before this one`,
    }),
    judge({
      question: QUESTION,
      what: "pair with database (PSS: shared pages counted once)",
      measured: f.pairMb,
      limit: 1_500,
      direction: "atMost",
      unit: "MB",
      detail: "",
    }),
  ];
}
