import { expect, test } from "vitest";
import { funnelOf } from "./funnel.ts";
import { isClean, reportText } from "./report.ts";
import type { Report } from "./report.ts";

const report: Report = {
  seed: "s",
  file: "f.jsonl",
  speed: 3600,
  ratePerSecond: 2,
  wallSeconds: 1,
  asked: 1,
  notRegistered: 0,
  drained: true,
  funnel: funnelOf([]),
  actions: { register: 1 },
  stageSeconds: {},
  callMs: { read: { count: 1, p50: 1, p95: 2 } },
  refusals: { ETAG_STALE: 1 },
  refusalsByCommand: {},
  refusalsOfWrongCommands: {},
  repeatedCalls: {},
  remarks: { "pressed twice, done once": 1 },
  faults: {},
  givenUp: [],
  findings: { ownerless: 0, dangerOwnerless: 0, unknown: 0, stuck: 0 },
  examples: [],
};

test("a run is clean only when nothing is lost, ownerless, stuck, missing or done twice", () => {
  expect(isClean(report)).toBe(true);
  for (const name of ["ownerless", "dangerOwnerless", "unknown", "stuck"] as const)
    expect(isClean({ ...report, findings: { ...report.findings, [name]: 1 } })).toBe(false);
  expect(isClean({ ...report, notRegistered: 1 })).toBe(false);
  expect(isClean({ ...report, faults: { "both of two accepted: close": 1 } })).toBe(false);
  expect(reportText(report)).toContain("CLEAN");
});
