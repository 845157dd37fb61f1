import { instantOf } from "../src/kernel/index.ts";
import type { RegionCode } from "../src/kernel/index.ts";
import { catalogueInForce } from "../src/main/catalogue/seed-catalogue.ts";
import { createCatalogueVersions } from "../src/storage/index.ts";
import type { Bench } from "./bench.ts";
import { judge } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const FOLDER = "catalogue/nmg-2022-89";
const LIMIT_MS = 300;
/** How many of the loads are counted; the first of a process pays for compiling and is the one that matters at a start. */
const LOADS = 20;

/** How long a node takes to have its catalogue at a start: the folder looked at for news, the version in force loaded. */
export async function measureCatalogue({ scratch }: Bench): Promise<readonly Verdict[]> {
  const nothing = async (): Promise<void> => {};
  const store = { pool: scratch.bare, home: "150100" as RegionCode, warmReserve: nothing, close: nothing };
  const versions = createCatalogueVersions(store);
  const times: number[] = [];
  for (let n = 0; n < LOADS; n++) {
    const from = performance.now();
    await catalogueInForce(versions, { folder: FOLDER, at: instantOf(Date.now()), log: () => {} });
    times.push(performance.now() - from);
  }
  const [first = Number.NaN] = times;
  const middle = times.toSorted((a, b) => a - b)[Math.floor(LOADS / 2)] ?? Number.NaN;
  const worst = Math.max(...times);
  return [
    judge({
      question: "catalogue",
      what: "catalogue of a node loaded at its start, the slowest of twenty",
      measured: worst,
      limit: LIMIT_MS,
      direction: "atMost",
      unit: "ms",
      detail: `first ${first.toFixed(0)} ms, middle ${middle.toFixed(0)} ms, worst is ${(worst / LIMIT_MS).toFixed(2)} of the limit`,
    }),
  ];
}
