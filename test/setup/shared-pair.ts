import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CLI, clearPair, ENVIRONMENT, factsOf, START_MS } from "./pair.ts";
import type { PairFacts } from "./pair.ts";
import { makeTestFolder } from "./test-database.ts";

/** Written by the run's set-up: folder of the pair that files share. */
const FOLDER = "LIANDONG_TEST_PAIR_DIR";

/** Set-up of a run (vitest `globalSetup`): a place for one pair, started by the first file that asks, ended afterwards. */
export function setup(): () => Promise<void> {
  const folder = makeTestFolder();
  process.env[FOLDER] = folder;
  return () => clearPair(folder);
}

/**
 * The pair of the run, for files that neither stop it nor count what others leave in it: each looks at its own requests only.
 * It outlives the process of the file that started it.
 */
export async function sharedTestPair(): Promise<PairFacts> {
  const folder = process.env[FOLDER];
  if (folder === undefined) throw new Error(`${FOLDER} is not set: the project lacks its globalSetup`);
  const log = join(folder, "started.log");
  if (!existsSync(log)) {
    const out = openSync(log, "w");
    const args = [CLI, "start", "--no-screens", "--data", folder, "--hotline-port", "0", "--police-port", "0"];
    spawn(process.execPath, args, { stdio: ["ignore", out, out], env: ENVIRONMENT, detached: true }).unref();
    closeSync(out);
  }
  const until = Date.now() + START_MS;
  while (!readFileSync(log, "utf8").includes("stop.")) {
    if (Date.now() > until)
      throw new Error(`the shared pair is not ready after ${START_MS} ms:\n${readFileSync(log, "utf8")}`);
    await delay(50);
  }
  return factsOf(folder, []);
}
