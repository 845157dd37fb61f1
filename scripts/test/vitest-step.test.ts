import { join } from "node:path";
import { expect, test } from "vitest";
import { projects } from "./projects.ts";
import { filesMatching } from "./source-files.ts";
import { lastLine, sum } from "./step.ts";
import { countReport } from "./vitest-step.ts";

const file = (status: string, ...tests: readonly (readonly [string, string])[]) => ({
  name: "a.test.ts",
  status,
  assertionResults: tests.map(([fullName, state]) => ({ fullName, status: state })),
});

test("passed, failed and skipped tests are counted and failed ones named", () => {
  const report = {
    testResults: [file("failed", ["one", "passed"], ["two", "failed"], ["three", "pending"], ["four", "todo"])],
  };
  expect(countReport("unit", report, 1)).toEqual({ passed: 1, failed: 1, skipped: 2, failures: ["unit: two"] });
});

test("a file that did not load is a failure although it has no failed test", () => {
  expect(countReport("unit", { testResults: [file("failed")] }, 1).failed).toBe(1);
});

test("a run that ended badly is a failure although every test passed", () => {
  expect(countReport("unit", { testResults: [file("passed", ["one", "passed"])] }, 1)).toMatchObject({
    passed: 1,
    failed: 1,
  });
});

test("a report of another shape is a failure", () => {
  expect(countReport("unit", {}, 0).failed).toBe(1);
});

test("the last line sums over the steps", () => {
  const one = { passed: 2, failed: 1, skipped: 0, failures: ["a"] };
  expect(lastLine(sum([one, { passed: 3, failed: 0, skipped: 4, failures: [] }]))).toBe(
    "5 passed, 1 failed, 4 skipped",
  );
});

test("every test file of the checkout belongs to exactly one kind (pg15 repeats storage on purpose)", () => {
  const root = join(import.meta.dirname, "..", "..");
  const kinds = new Map<string, string[]>();
  for (const path of filesMatching(root, ["**/*.test.{ts,tsx}"], ["docs/**"])) kinds.set(path, []);
  for (const project of projects) {
    if (project.name === "pg15") continue;
    for (const path of filesMatching(root, project.include, project.exclude)) kinds.get(path)?.push(project.name);
  }
  expect([...kinds].filter(([, names]) => names.length !== 1)).toEqual([]);
});
