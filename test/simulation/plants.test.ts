import { beforeAll, describe, expect, test } from "vitest";
import type { RuleBook } from "../../src/main/rules.ts";
import { PLANTS } from "./plants.ts";
import { loadRuleBook } from "./rule-book.ts";
import { runOnce, runSeed } from "./run.ts";

const SEED = 5;
/** Rare ones need a crossing at the right moment; the long mode tells in how many runs of how many each is found. */
const RUNS_MOST = 60;

let rules: RuleBook;
beforeAll(async () => {
  rules = await loadRuleBook();
});

describe("a planted mistake is found by the simulation", () => {
  test.each(PLANTS)(
    "found when $name",
    async (plant) => {
      for (let n = 0; n < RUNS_MOST; n++) {
        const report = await runOnce(runSeed(SEED, n), { rules, plant });
        const [first] = report.violations;
        if (first === undefined) continue;
        process.stdout.write(`${plant.name}: run ${n}: ${first.promise} ${first.what.slice(0, 90)}\n`);
        expect(`${first.promise} ${first.what}`).toMatch(plant.says);
        return;
      }
      expect.fail(`not found in ${RUNS_MOST} runs`);
    },
    60_000,
  );
});
