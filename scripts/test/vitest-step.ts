import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { needOf } from "./needs.ts";
import { type Project, projects } from "./projects.ts";
import { filesMatching } from "./source-files.ts";
import { nothing, type Step, type StepContext, type StepResult } from "./step.ts";

/** Test files of a kind; a kind without files counts as nothing. */
export function filesOf(root: string, name: string): readonly string[] {
  const project = projects.find((one) => one.name === name);
  return project === undefined ? [] : filesMatching(root, project.include, project.exclude);
}

/** Runs one kind of test and counts by vitest's own report. */
export function vitestStep(project: Project): Step {
  return {
    name: project.name,
    title: project.title,
    ...(project.beside === undefined ? {} : { beside: project.beside }),
    run: async (context) => {
      if (filesOf(context.root, project.name).length === 0) {
        console.log("  no such tests");
        return nothing;
      }
      const need = needOf(project.name);
      const found = need === undefined ? {} : need.find();
      if (need !== undefined && found === null) return skipAll(context, project, need.missing);
      return runProject(context, project, { ...project.env, ...found });
    },
  };
}

async function runProject(
  context: StepContext,
  project: Project,
  env: Readonly<Record<string, string>>,
): Promise<StepResult> {
  return inTemporaryFolder(async (folder) => {
    const report = join(folder, "report.json");
    const args = [
      "run",
      "--project",
      project.name,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...(project.beside === undefined ? [] : ["--maxWorkers=1"]),
    ];
    const code = await context.run(process.execPath, [vitest(context), ...args], { env, limitMinutes: 30 });
    if (!existsSync(report)) return failure(`${project.name}: vitest ended with ${code} and left no report`);
    return countReport(project.name, JSON.parse(readFileSync(report, "utf8")), code);
  });
}

/** The machine lacks what this kind needs: its tests are collected without being run, and count as skipped. */
async function skipAll(context: StepContext, project: Project, missing: string): Promise<StepResult> {
  return inTemporaryFolder(async (folder) => {
    const list = join(folder, "list.json");
    const args = ["list", "--project", project.name, `--json=${list}`];
    const { code, stderr } = await context.capture(process.execPath, [vitest(context), ...args], { env: project.env });
    if (!existsSync(list))
      return failure(`${project.name}: its tests could not be counted (${code}) ${stderr.slice(-500)}`);
    const tests: unknown = JSON.parse(readFileSync(list, "utf8"));
    const skipped = Array.isArray(tests) ? tests.length : 0;
    console.log(`  cannot run here: needs ${missing}\n  tests skipped: ${skipped}`);
    return { ...nothing, skipped };
  });
}

async function inTemporaryFolder(work: (folder: string) => Promise<StepResult>): Promise<StepResult> {
  const folder = mkdtempSync(join(tmpdir(), "liandong-test-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function vitest(context: StepContext): string {
  return join(context.root, "node_modules", "vitest", "vitest.mjs");
}

function failure(name: string): StepResult {
  console.log(`  ${name}`);
  return { ...nothing, failed: 1, failures: [name] };
}

type Report = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
};

/**
 * Counts of vitest's JSON report. A file that failed outside its tests (it did not load, a hook threw) is one failure,
 * and so is a run that ended badly although no test did (an error nobody awaited).
 */
export function countReport(project: string, json: unknown, code: number): StepResult {
  const report = parseReport(json);
  if (report === null) {
    return { ...nothing, failed: 1, failures: [`${project}: vitest's report has another shape than expected`] };
  }
  const failures: string[] = [];
  let passed = 0;
  let skipped = 0;
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((one) => one.status === "failed");
    failures.push(...failed.map((one) => `${project}: ${one.fullName}`));
    if (file.status === "failed" && failed.length === 0)
      failures.push(`${project}: ${file.name} failed outside its tests`);
    passed += file.assertionResults.filter((one) => one.status === "passed").length;
    skipped += file.assertionResults.filter((one) => one.status !== "passed" && one.status !== "failed").length;
  }
  if (code !== 0 && failures.length === 0)
    failures.push(`${project}: vitest ended with ${code} although no test failed`);
  return { passed, skipped, failed: failures.length, failures };
}

function parseReport(json: unknown): Report | null {
  const shaped = typeof json === "object" && json !== null && "testResults" in json && Array.isArray(json.testResults);
  return shaped ? (json as Report) : null;
}
