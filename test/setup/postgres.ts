import { prepareTestRun } from "../../src/storage/server/test-server.ts";

/**
 * Set-up of a test run (vitest `globalSetup`): one PostgreSQL server for all test files, started by the first file that
 * asks for a database, ended and removed afterwards. `LIANDONG_TEST_POSTGRES=15` takes the operating system's server instead.
 */
export function setup(): () => Promise<void> {
  return prepareTestRun();
}
