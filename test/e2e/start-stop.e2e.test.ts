import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { SIDES, startTestPair } from "../setup/pair.ts";
import type { TestPair } from "../setup/pair.ts";
import { isAlive, signal } from "../setup/pair-processes.ts";
import { eventually, logIn } from "../setup/pair-seat.ts";
import { STREET_LAMP } from "./matters.ts";

const CLI = join(import.meta.dirname, "../../src/main/cli.ts");
const START = join(import.meta.dirname, "../../scripts/start.mjs");

/** One pair for all: each test finds it running, whatever the one before did to it. */
let pair: TestPair;

beforeAll(async () => {
  pair = await startTestPair();
});
beforeEach(async () => {
  if (living().length === 4) return;
  await allGone();
  await pair.startAgain();
});
afterAll(() => pair?.end());

function living(): readonly number[] {
  return Object.values(pair.pids()).filter((pid) => pid !== null);
}

const allGone = (): Promise<true> =>
  eventually("no process is left", async () => (living().length === 0 ? true : null), 20_000);

/** Tells the pair to stop and waits until it has. */
async function stop(): Promise<void> {
  signal(pair.pids().supervisor ?? 0, "SIGTERM");
  await allGone();
}

/** What a second command says, and how it ends. */
function runOnce(args: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said += part.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, said }));
  });
}

test("told to stop, the pair ends every process of its own and keeps everything for the next start", async () => {
  const agent = await logIn(pair.account("hotline", "agent1"));
  const stream = await agent.stream();
  const { requestNo } = await agent.register(STREET_LAMP);
  const before = living();
  expect(before).toHaveLength(4);
  signal(pair.pids().supervisor ?? 0, "SIGINT");
  await eventually("all are gone", async () => (before.some(isAlive) ? null : true), 15_000);
  expect(stream.ended()).toBe(true);
  expect(pair.printed()).toContain("everything is saved");
  await pair.startAgain();
  const again = await logIn(pair.account("hotline", "agent1"));
  expect((await again.request(requestNo)).status).toBe("registered");
});

test("a second start on the same folder says so, names where the first runs, and leaves it alone", async () => {
  const second = await runOnce(["start", "--no-screens", "--data", pair.folder]);
  expect(second.code).toBe(1);
  expect(second.said).toContain("already running");
  expect(second.said).toContain(pair.urls.hotline);
  expect((await fetch(`${pair.urls.police}/api/health`)).status).toBe(200);
});

test("closing the terminal of npm start ends both nodes and the database, though nobody reads what it still says", async () => {
  await stop();
  const ports = SIDES.flatMap((side) => [`--${side}-port`, new URL(pair.urls[side]).port]);
  const line = [process.execPath, START, "--no-screens", "--data", pair.folder, ...ports].map((word) => `"${word}"`);
  // As npm does it: a shell between, all of them in the group of the terminal.
  const terminal = spawn("/bin/sh", ["-c", `${line.join(" ")}; true`], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, npm_lifecycle_event: "start" },
  });
  await new Promise<void>((resolve) => {
    let said = "";
    terminal.stdout.on("data", (part: Buffer) => {
      said += part.toString();
      if (said.includes("stop.")) resolve();
    });
  });
  const before = living();
  expect(before).toHaveLength(4);
  for (const stream of [terminal.stdout, terminal.stderr]) stream.destroy();
  process.kill(-(terminal.pid ?? 0), "SIGHUP");
  await eventually("all are gone", async () => (before.some(isAlive) ? null : true), 15_000);
  // A server that was shut down, and not killed, takes its own record away.
  expect(existsSync(join(pair.folder, "postgres", "data", "postmaster.pid"))).toBe(false);
  expect(existsSync(join(pair.folder, "pair", "running.json"))).toBe(false);
});

test("started again at once after its supervisor was killed, the pair waits for its ports and has them back", async () => {
  const { supervisor } = pair.pids();
  signal(supervisor ?? 0, "SIGKILL");
  await pair.startAgain();
  for (const side of SIDES) expect(pair.config(side).listen.port).toBe(Number(new URL(pair.urls[side]).port));
  expect(await logIn(pair.account("hotline", "agent1"))).toBeDefined();
});

test("told to stop while it starts, the pair leaves no process behind", async () => {
  await stop();
  const starting = pair.startAgain().catch(() => undefined);
  await eventually("the first node is on its way", async () => (pair.pids().hotline === null ? null : true), 15_000);
  signal(pair.pids().supervisor ?? 0, "SIGTERM");
  await starting;
  await allGone();
  expect(living()).toEqual([]);
});

test("a killed supervisor takes its nodes with it, also one that had only begun to start", async () => {
  await stop();
  const starting = pair.startAgain().catch(() => undefined);
  await eventually("the first node is on its way", async () => (pair.pids().hotline === null ? null : true), 15_000);
  signal(pair.pids().supervisor ?? 0, "SIGKILL");
  await starting;
  const gone = async (): Promise<true | null> => {
    const { hotline, police } = pair.pids();
    return hotline === null && police === null ? true : null;
  };
  await eventually("no node is left", gone, 20_000);
  await pair.startAgain();
  expect(await logIn(pair.account("police", "taker1"))).toBeDefined();
});
