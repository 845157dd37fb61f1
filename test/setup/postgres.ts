import type { TestProject } from "vitest/node";
import { prepareTestRun, testFlavour } from "./test-database.ts";

/**
 * Set-up of a test run (vitest `globalSetup`): one PostgreSQL server for all test files, started by the first file that
 * asks for a database, ended and removed afterwards. `LIANDONG_TEST_PG=15` takes the operating system's server instead.
 */
export function setup(project: TestProject): Promise<() => Promise<void>> {
  return prepareTestRun(testFlavour({ ...process.env, ...project.config.env }));
}
