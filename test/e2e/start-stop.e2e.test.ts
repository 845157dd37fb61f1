import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { SIDES, startTestPair } from "../setup/pair.ts";
import type { TestPair } from "../setup/pair.ts";
import { isAlive, signal } from "../setup/pair-processes.ts";
import { eventually, logIn } from "../setup/pair-seat.ts";
import { STREET_LAMP } from "./matters.ts";

const CLI = join(import.meta.dirname, "../../src/main/cli.ts");
const running: TestPair[] = [];

afterEach(async () => {
  for (const pair of running.splice(0)) await pair.end();
});

async function aPair(): Promise<TestPair> {
  const pair = await startTestPair();
  running.push(pair);
  return pair;
}

function livingOf(pair: TestPair): readonly number[] {
  return Object.values(pair.pids()).filter((pid) => pid !== null);
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
  const pair = await aPair();
  const agent = await logIn(pair.account("hotline", "agent1"));
  const stream = await agent.stream();
  const { requestNo } = await agent.register(STREET_LAMP);
  const before = livingOf(pair);
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
  const pair = await aPair();
  const second = await runOnce(["start", "--no-screens", "--data", pair.folder]);
  expect(second.code).toBe(1);
  expect(second.said).toContain("already running");
  expect(second.said).toContain(pair.urls.hotline);
  expect((await fetch(`${pair.urls.police}/api/session`)).status).toBe(401);
});

test("started again at once after its supervisor was killed, the pair waits for its ports and has them back", async () => {
  const pair = await aPair();
  const { supervisor } = pair.pids();
  signal(supervisor ?? 0, "SIGKILL");
  await pair.startAgain();
  for (const side of SIDES) expect(pair.config(side).listen.port).toBe(Number(new URL(pair.urls[side]).port));
  expect(await logIn(pair.account("hotline", "agent1"))).toBeDefined();
});

test("told to stop while it starts, the pair leaves no process behind", async () => {
  const pair = await aPair();
  signal(pair.pids().supervisor ?? 0, "SIGTERM");
  await eventually("stopped", async () => (livingOf(pair).length === 0 ? true : null), 15_000);
  const starting = pair.startAgain().catch(() => undefined);
  await eventually("the first node is on its way", async () => (pair.pids().hotline === null ? null : true), 15_000);
  signal(pair.pids().supervisor ?? 0, "SIGTERM");
  await starting;
  await eventually("nobody is left", async () => (livingOf(pair).length === 0 ? true : null), 20_000);
  expect(livingOf(pair)).toEqual([]);
});

test("a killed supervisor takes its nodes with it, also one that had only begun to start", async () => {
  const pair = await aPair();
  signal(pair.pids().supervisor ?? 0, "SIGTERM");
  await eventually("stopped", async () => (livingOf(pair).length === 0 ? true : null), 15_000);
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
