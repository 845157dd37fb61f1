import { beforeAll, describe, expect, test } from "vitest";
import type { RuleBook } from "../../src/main/rules.ts";
import { loadRuleBook } from "./rule-book.ts";
import { rowIds, runOnce, runSeed } from "./run.ts";
import { runSeries, tell } from "./series.ts";

/** Another one: LIANDONG_SIMULATION_SEED=n. */
const SEED = Number(process.env["LIANDONG_SIMULATION_SEED"] ?? 20_261_122);
const RUNS = 500;

let rules: RuleBook;
beforeAll(async () => {
  rules = await loadRuleBook();
});

describe("two nodes over a bad link, with crashes, jumping clocks and people who do anything", () => {
  test("keep every promise: never lost, never ownerless, danger first, asked once, known only as needed", async () => {
    process.stdout.write(`simulation: ${RUNS} runs of seed ${SEED}\n`);
    const report = await runSeries({ rules, base: SEED, runs: RUNS, now: () => performance.now() });
    expect(report.broken.map(tell).join("\n\n")).toBe("");
    expect(report.runs).toBe(RUNS);
    // What never happens proves nothing: crashes, losses, conflicts, danger and every kind of ending must have been there.
    expect(report.crashes).toBeGreaterThan(RUNS / 2);
    expect(report.signedRuns).toBeGreaterThan(2);
    for (const kind of ["lost", "doubled", "late", "failed"]) expect(report.traffic[kind]).toBeGreaterThan(RUNS);
    for (const told of ["danger done", "acceptOffer UNREAD_ADDITION", "close done", "handOver done", "endDanger done"])
      expect(report.told.get(told) ?? 0, told).toBeGreaterThan(RUNS / 20);
    const reached = rowIds().filter((id) => report.rows.has(id));
    expect(reached.length).toBeGreaterThan(70);
  }, 600_000);

  test("the same seed gives the same run, event by event", async () => {
    const seed = runSeed(SEED, 7);
    const [once, again] = [await runOnce(seed, { rules }), await runOnce(seed, { rules })];
    expect(once.trace.length).toBeGreaterThan(50);
    expect(again.trace).toEqual(once.trace);
    expect(again.traffic).toEqual(once.traffic);
  });
});
