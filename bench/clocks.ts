import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { findItem, isInForce, unitKindFor } from "../src/core/catalogue/index.ts";
import type { Catalogue } from "../src/core/catalogue/index.ts";
import { addLimit, indexLimits, openCalendar, policyFor, recalculate } from "../src/core/clock/index.ts";
import type { Calendar, ClockPolicy, LimitIndex, WorkCalendar } from "../src/core/clock/index.ts";
import { nearestUnits } from "../src/core/directory/index.ts";
import type { Region } from "../src/core/places/index.ts";
import { instantOf } from "../src/kernel/index.ts";
import type { RegionCode } from "../src/kernel/index.ts";
import { readCalendar, readCatalogue, readPlaces } from "../src/storage/catalogue-files/index.ts";
import type { Bench } from "./bench.ts";
import { grownCatalogue, manyUnits, nextPublished, openClocks } from "./clock-samples.ts";
import { median, percentile, seededRandom } from "./statistics.ts";
import { judge } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const QUESTION = "clocks";
const FOLDER = join(import.meta.dirname, "../catalogue");

const ITEMS = 5_000;
const UNITS = 20_000;
const VERSIONS = 12;
/** Median of resolving version, item, unit and due time of one request. */
const RESOLVE_LIMIT_MS = 0.2;
/** Look-ups before the first that counts: a node that has run for a minute has compiled them. */
const WARM_UP = 15_000;
const OPEN = 100_000;
/** All open orders of a province after the State Council has published a year. */
const RECALCULATE_LIMIT_MS = 2_000;
/** Memory the recalculation may take beside the clocks themselves. */
const RECALCULATE_LIMIT_MB = 128;

/** How long a due time takes for one request, and for all open ones after a holiday change. Needs no database. */
export async function measureClocks(bench: Pick<Bench, "quick" | "seed" | "say">): Promise<readonly Verdict[]> {
  const sheets = must(await readCalendar(join(FOLDER, "calendar")));
  const shipped = must(await readCatalogue(join(FOLDER, "nmg-2022-89")));
  const { regions } = must(await readPlaces(join(FOLDER, "places")));
  const random = seededRandom(bench.seed);
  const calendar = openCalendar(sheets);
  return [
    measureResolve(shipped, regions, calendar, random, bench),
    ...measureRecalculation(shipped, sheets, random, bench),
  ];
}

function must<T>(read: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

type Version = { readonly validFrom: string; readonly validTo: string | null; readonly index: LimitIndex };

function measureResolve(
  shipped: Catalogue,
  regions: readonly Region[],
  calendar: WorkCalendar,
  random: () => number,
  { quick, say }: Pick<Bench, "quick" | "say">,
): Verdict {
  const catalogue = grownCatalogue(shipped, ITEMS);
  const units = nearestUnits(manyUnits(catalogue, regions, UNITS));
  const index = indexLimits(catalogue);
  const versions = Array.from({ length: VERSIONS }, (_, n): Version => {
    const year = 2027 - VERSIONS + n;
    return { validFrom: `${year}-01-01`, validTo: n === VERSIONS - 1 ? null : `${year}-12-31`, index };
  });
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new Error("nothing to pick");
    return one;
  };
  const times: number[] = [];
  let found = 0;
  for (let n = 0; n < WARM_UP + (quick ? 5_000 : 20_000); n++) {
    const { code } = pick(catalogue.items);
    const place = pick(regions).code as RegionCode;
    const at = instantOf(Date.UTC(2026, 0, 1) + Math.floor(random() * 300 * 86_400_000));
    const begin = performance.now();
    const version = versions.find((one) => isInForce(one, at.slice(0, 10)));
    const item = findItem(catalogue, code);
    const kind = unitKindFor(catalogue, code, "hotline");
    const unit = kind === null ? null : units.find(kind, place)[0];
    const subject = {
      stage: "reply",
      urgency: "ordinary",
      orderKind: "work",
      itemCode: code,
      requestKind: null,
    } as const;
    const policy =
      version === undefined
        ? null
        : policyFor(version.index, calendar, { ...subject, classCode: item?.classCode ?? null }, at);
    const due = policy === null ? null : addLimit(calendar, at, policy);
    times.push(performance.now() - begin);
    if (due !== null && unit !== undefined) found++;
  }
  const measured = times.slice(WARM_UP);
  const middle = median(measured);
  const detail = `median ${us(middle)}, p99 ${us(percentile(measured, 0.99))}; ${ITEMS} items, ${index.bySelector.size} limits, ${UNITS} units, ${VERSIONS} versions; ${found} of ${times.length} resolved`;
  say(`  one request: ${detail}`);
  return judge({
    question: QUESTION,
    what: `version, item, unit and due time of one request / ${RESOLVE_LIMIT_MS} ms`,
    measured: middle / RESOLVE_LIMIT_MS,
    limit: 1,
    direction: "atMost",
    unit: "",
    detail,
  });
}

function us(ms: number): string {
  return `${(ms * 1_000).toFixed(0)} µs`;
}

function measureRecalculation(
  shipped: Catalogue,
  sheets: Calendar,
  random: () => number,
  { quick, say }: Pick<Bench, "quick" | "say">,
): readonly Verdict[] {
  const from = openCalendar(sheets);
  const year = Math.max(...sheets.years.filter((one) => one.status === "published").map((one) => one.year));
  const lastDay = Date.UTC(year, 11, 31);
  const policies = policiesOf(shipped, from, lastDay);
  const empty = collected();
  const clocks = openClocks(OPEN, from, policies, lastDay, random);
  const ownMb = (collected() - empty) / 2 ** 20;
  const published = nextPublished(sheets);
  const runs = Array.from({ length: quick ? 2 : 5 }, () => {
    const before = collected();
    const begin = performance.now();
    const used = process.cpuUsage();
    const to = openCalendar(published);
    const result = recalculate(clocks, from, to);
    const { user, system } = process.cpuUsage(used);
    const [ms, wallMs] = [(user + system) / 1_000, performance.now() - begin];
    const grown = process.memoryUsage().heapUsed - before;
    return {
      ms,
      wallMs,
      grownMb: grown / 2 ** 20,
      keptMb: (collected() - before) / 2 ** 20,
      moved: result.moved.length,
    };
  });
  const ms = median(runs.map((run) => run.ms));
  const grownMb = Math.max(...runs.map((run) => run.grownMb));
  const detail = `${clocks.length} open clocks, ${runs[0]?.moved} moved, ${runs.length} runs processor ${runs.map((run) => run.ms.toFixed(0)).join(" ")} ms, by the wall ${runs.map((run) => run.wallMs.toFixed(0)).join(" ")} ms, result ${Math.max(...runs.map((run) => run.keptMb)).toFixed(0)} MB`;
  say(`  a year published: ${detail}`);
  return [
    judge({
      question: QUESTION,
      what: `processor time for the due times of ${OPEN} open orders after a holiday change`,
      measured: ms,
      limit: RECALCULATE_LIMIT_MS,
      direction: "atMost",
      unit: "ms",
      detail,
    }),
    judge({
      question: QUESTION,
      what: "heap grown by it, garbage included",
      measured: grownMb,
      limit: RECALCULATE_LIMIT_MB,
      direction: "atMost",
      unit: "MB",
      detail: `after collection ${Math.max(...runs.map((run) => run.keptMb)).toFixed(1)} MB stay: the list of what moved; the clocks themselves take ${ownMb.toFixed(0)} MB`,
    }),
  ];
}

/** The limits a desk's open orders run by: working days mostly, some in hours and natural days. */
function policiesOf(shipped: Catalogue, calendar: WorkCalendar, atMs: number): readonly ClockPolicy[] {
  const index = indexLimits(shipped);
  const none = { orderKind: "work", itemCode: null, classCode: null, urgency: "ordinary" } as const;
  const of = (
    stage: "reply" | "conclude" | "firstContact" | "acknowledge",
    requestKind: string | null,
  ): ClockPolicy => {
    const policy = policyFor(index, calendar, { ...none, stage, requestKind }, instantOf(atMs));
    if (policy === null) throw new Error(`no limit for ${stage}`);
    return policy;
  };
  return [of("reply", null), of("reply", "inquiry"), of("conclude", null), of("firstContact", null), of("reply", null)];
}

/** Bytes in use after a full collection. */
function collected(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed;
}
