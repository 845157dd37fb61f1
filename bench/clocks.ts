import { join } from "node:path";
import { unitKindFor } from "../src/core/catalogue/index.ts";
import type { Catalogue } from "../src/core/catalogue/index.ts";
import { addLimit } from "../src/core/clock/index.ts";
import type { Calendar } from "../src/core/clock/index.ts";
import type { Region } from "../src/core/places/index.ts";
import { instantOf } from "../src/kernel/index.ts";
import type { RegionCode } from "../src/kernel/index.ts";
import { createRules } from "../src/main/rules.ts";
import { readCalendar, readCatalogue, readPlaces } from "../src/storage/catalogue-files/index.ts";
import type { Bench } from "./bench.ts";
import { grownCatalogue, manyUnits } from "./clock-samples.ts";
import { median, percentile, seededRandom } from "./statistics.ts";
import { judge } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const QUESTION = "clocks";
const FOLDER = join(import.meta.dirname, "../catalogue");

const ITEMS = 5_000;
const UNITS = 20_000;
const HOME = "150100" as RegionCode;
const TODAY = "2026-06-01";
/** So many units a screen asks for at once. */
const OFFERED = 30;
/** Median of resolving version, item, unit and due time of one request. */
const RESOLVE_LIMIT_MS = 0.2;
/** Look-ups before the first that counts: a node that has run for a minute has compiled them. */
const WARM_UP = 15_000;

/** How long the rules of one request take. Needs no database. */
export async function measureClocks(bench: Pick<Bench, "quick" | "seed" | "say">): Promise<readonly Verdict[]> {
  const sheets = must(await readCalendar(join(FOLDER, "calendar")));
  const shipped = must(await readCatalogue(join(FOLDER, "nmg-2022-89")));
  const { regions } = must(await readPlaces(join(FOLDER, "places")));
  const random = seededRandom(bench.seed);
  return [measureResolve(shipped, regions, sheets, random, bench)];
}

function must<T>(read: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** One request as a desk resolves it: by the shipped rule book, with everything a node of this size has loaded. */
function measureResolve(
  shipped: Catalogue,
  regions: readonly Region[],
  sheets: Calendar,
  random: () => number,
  { quick, say }: Pick<Bench, "quick" | "say">,
): Verdict {
  const catalogue = grownCatalogue(shipped, ITEMS);
  const units = manyUnits(catalogue, regions, UNITS);
  const outside = { today: () => TODAY, townName: () => null, calendar: sheets };
  const rules = createRules(catalogue, regions, units, HOME, { suggest: () => [] }, outside);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new Error("nothing to pick");
    return one;
  };
  // Only what some unit of the desk handles, where one is: what is not found costs nothing.
  const handled = catalogue.items.filter(({ code }) => unitKindFor(catalogue, code, "hotline") !== null);
  const served = [...new Set(units.map(({ region }) => region))];
  const times: number[] = [];
  let asked = 0;
  while (asked < WARM_UP + (quick ? 5_000 : 20_000)) {
    const { code } = pick(handled);
    const place = pick(served);
    const at = instantOf(Date.UTC(2026, 0, 1) + Math.floor(random() * 300 * 86_400_000));
    asked++;
    const begin = performance.now();
    const verdict = rules.verdictOf(code, "person");
    const [unit] = rules.unitsFor({ item: code, place, kind: "work", words: "", limit: OFFERED });
    const urgency = verdict?.urgency ?? "ordinary";
    const policy = rules.clock.policyFor(
      { stage: "reply", urgency, orderKind: "work", itemCode: code, requestKind: null },
      at,
    );
    const due = policy === null ? null : addLimit(rules.clock.calendar, at, policy);
    const ms = performance.now() - begin;
    if (asked > WARM_UP && verdict !== null && unit?.suggested === true && due !== null) times.push(ms);
  }
  const middle = median(times);
  const counted = asked - WARM_UP;
  if (times.length < counted / 2) throw new Error(`${times.length} of ${counted} resolved: this measures nothing`);
  const detail = `median ${us(middle)}, p99 ${us(percentile(times, 0.99))}; verdict of version ${catalogue.head.version}, ${OFFERED} units offered, limit and due time by the rule book; ${catalogue.items.length} items, ${catalogue.limits.length} limits, ${UNITS} units; ${times.length} of ${counted} resolved, only these count`;
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
