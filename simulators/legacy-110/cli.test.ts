import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aPeer, type Running, startLegacy } from "../legacy/running.test-data.ts";

/** A process on a busy machine takes more than the second that is waited by default. */
const PATIENCE = { timeout: 15_000 };
const running: Running[] = [];
let folder = "";
let peer: Awaited<ReturnType<typeof aPeer>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "legacy-"));
  peer = await aPeer();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.kill()));
  peer.end();
  rmSync(folder, { recursive: true });
});

async function start(...args: readonly string[]): Promise<Running> {
  const one = await startLegacy("legacy-110", "--now", "2026-11-20 08:00:00", ...args);
  running.push(one);
  return one;
}

/** An alarm taken and pushed; its number. */
async function pushed(desk: Running): Promise<unknown> {
  const { JJDBH } = await desk.control("/take", { BJNR: "路灯不亮" });
  await desk.control("/push", { JJDBH });
  return JJDBH;
}

test("an alarm that a person pushes reaches 12345 in GB18030, and its confirmation makes the link state", async () => {
  const desk = await start("--peer", `${peer.url}/hub`, "--encoding", "gb18030");
  const JJDBH = await pushed(desk);
  await expect.poll(() => peer.calls.length, PATIENCE).toBe(1);
  const [call] = peer.calls;
  expect(call?.path).toBe("/hub/alarm");
  expect(JSON.parse(new TextDecoder("gb18030", { fatal: true }).decode(call?.bytes))).toMatchObject({
    BJNR: "路灯不亮",
    JJDBH,
  });
  const confirm = { method: "POST", body: JSON.stringify({ JJDBH, RECEIVE: "1", RECEIVETIME: "2026-11-20 08:00:03" }) };
  expect((await fetch(`${desk.url}/api/12345/confirm`, confirm)).status).toBe(200);
  expect(await desk.control("")).toMatchObject({
    alarms: [{ LJZT: "08", came: [{ kind: "M2" }] }],
    outbox: [],
    lost: [],
  });
});

test("a refusal of what a person asks for is said in words", async () => {
  const desk = await start();
  await expect(desk.control("/push", { JJDBH: "1" })).rejects.toThrow("查无此警单");
  await expect(desk.control("/bugs", { bugs: ["none"] })).rejects.toThrow("no such fault");
});

test("a process that ended finds its forms and what waited; with the fault nothing that waited", async () => {
  const waiting = async (name: string, ...args: readonly string[]) => {
    // Nobody listens there: the push fails and waits.
    const kept = ["--state", join(folder, name), "--peer", "http://127.0.0.1:1", ...args];
    const before = await start(...kept);
    await pushed(before);
    await before.kill();
    const view = await (await start(...kept)).control("");
    return [view["alarms"], view["outbox"]].map((list) => (list as readonly unknown[]).length);
  };
  expect(await waiting("kept.json")).toEqual([1, 1]);
  expect(await waiting("forgotten.json", "--bug", "forgetful")).toEqual([1, 0]);
});

test("a message that failed goes out when the clock is put forward 300 seconds", async () => {
  const desk = await start("--peer", peer.url, "--bug", "late", "--late-seconds", "300");
  await pushed(desk);
  expect(peer.calls).toEqual([]);
  await desk.control("/advance", { seconds: 300 });
  await expect.poll(() => peer.calls.map(({ path }) => path), PATIENCE).toEqual(["/alarm"]);
});
