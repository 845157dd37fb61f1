import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { RequestView, TimelineEntry } from "../../src/http/contract/index.ts";
import { ensureDatabase, startEmbeddedServer } from "../../src/storage/server/index.ts";
import { startTestPair } from "../setup/pair.ts";
import type { TestPair } from "../setup/pair.ts";
import { endProcesses } from "../setup/pair-processes.ts";
import { eventually, logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { newLedger, workAll } from "./chaos-clients.ts";
import type { Ledger } from "./chaos-clients.ts";
import { STREET_LAMP } from "./matters.ts";
import { seeded } from "./seeded.ts";

const CLI = join(import.meta.dirname, "../../src/main/cli.ts");
/** How much is done before the backup begins, and how long the work goes on after it. */
const BEFORE = 150;
const AFTER_MS = 1_000;
const AT_REST = 5;
const SEED = Number(process.env["LIANDONG_CHAOS_SEED"] ?? 20_221_213);

const ledger: Ledger = newLedger();
let pair: TestPair;
let place: string;
let restoredConfig: string;
let restored: Seat;
let original: Seat;
let acknowledgedBefore = 0;
/** Requests that had come to their end before the backup: nothing happens to them afterwards, however slow the machine. */
const atRest: string[] = [];

type Ended = { readonly code: number | null; readonly said: string };

/** Runs a command of the program to its end. */
function command(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said += part.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, said }));
  });
}

beforeAll(async () => {
  pair = await startTestPair();
  const agent = await logIn(pair.account("hotline", "agent1"));
  for (let i = 0; i < AT_REST; i++) atRest.push(await answered(agent));
  place = mkdtempSync(join(pair.folder, "pair", "backup-"));
  const load = { over: false };
  const working = workAll(pair, ledger, seeded(SEED), () => load.over);
  const enough = async (): Promise<true | null> => (ledger.acknowledged.length >= BEFORE ? true : null);
  await eventually("some work is done", enough, 60_000);
  acknowledgedBefore = ledger.acknowledged.length;
  const saved = await command("backup", join(place, "saved"), "--config", pair.config("hotline").file);
  if (saved.code !== 0) throw new Error(saved.said);
  await delay(AFTER_MS);
  load.over = true;
  await working;
  restoredConfig = await emptyPlace();
}, 180_000);
afterAll(async () => {
  for (const pid of running) await endProcesses([pid], 10_000);
  await pair?.end();
  if (place !== undefined) rmSync(place, { recursive: true, force: true });
});

/** A request that is answered at once and closed. */
async function answered(agent: Seat): Promise<string> {
  const { requestNo } = await agent.register(STREET_LAMP);
  await agent.give("answer", requestNo, { answer: "已报修，今晚恢复" });
  await agent.give("close", requestNo);
  return requestNo;
}

const running: number[] = [];
/** When the restored node began to run: what it wrote before came with the backup. */
let restoredAt = "";

/** A configuration like the hotline's with an empty database, absent folders, a port of its own and a peer that is not there. */
async function emptyPlace(): Promise<string> {
  const server = await startEmbeddedServer({ dataDir: join(pair.folder, "postgres") });
  const { ownerUrl, appUrl } = await ensureDatabase(server.superuserUrl, {
    database: "restored",
    owner: { role: "restored_owner", password: "restored-owner" },
    app: { role: "restored_app", password: "restored-app" },
  });
  const config = parse(readFileSync(pair.config("hotline").file, "utf8"));
  const file = join(place, "restored.yaml");
  const changed = {
    ...config,
    listen: { host: "127.0.0.1", port: await aFreePort() },
    database: { url: appUrl, migratorUrl: ownerUrl },
    storage: { keys: join(place, "keys"), files: join(place, "files") },
    peers: config.peers.map((peer: object) => ({ ...peer, url: "http://127.0.0.1:9" })),
  };
  writeFileSync(file, stringify(changed), { mode: 0o600 });
  return file;
}

function aFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function startRestored(): Promise<string> {
  const child = spawn(process.execPath, [CLI, "node", "--config", restoredConfig], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.pid !== undefined) running.push(child.pid);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said += part.toString()));
  return eventually(
    "the restored node listens",
    async () => /hotline-150100 (http\S+)/.exec(said)?.[1] ?? null,
    60_000,
  );
}

async function allNumbers(seat: Seat): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  type Page = { readonly rows: readonly { readonly requestNo: string }[]; readonly next: string | null };
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await seat.call<Page>("GET", `/requests?view=all&limit=200${query}`);
    for (const row of body.rows) found.add(row.requestNo);
    cursor = body.next;
  }
  return found;
}

/** When which lines were written. */
function hours(rows: readonly TimelineEntry[]): string {
  return rows.map(({ at, type }) => `${at} ${type}`).join("\n");
}

/** Lines by stream, without those that timers write by themselves while nobody works. */
function byStream(rows: readonly TimelineEntry[]): ReadonlyMap<string, readonly TimelineEntry[]> {
  const streams = new Map<string, TimelineEntry[]>();
  for (const row of rows.filter((r) => !/^(timer|receipt)\./.test(r.type)))
    streams.set(row.streamId, [...(streams.get(row.streamId) ?? []), row]);
  return streams;
}

test("a node that works is backed up and comes back in another place with every request that was acknowledged before (P1)", async () => {
  const done = await command("restore", join(place, "saved"), "--config", restoredConfig);
  expect(done.code, done.said).toBe(0);
  restoredAt = new Date().toISOString();
  const url = await startRestored();
  original = await logIn(pair.account("hotline", "supervisor"));
  restored = await logIn({ ...pair.account("hotline", "supervisor"), url });
  const numbers = await allNumbers(restored);
  const before = ledger.acknowledged.slice(0, acknowledgedBefore).filter((a) => a.side === "hotline");
  expect(before.length).toBeGreaterThan(20);
  for (const { requestNo, name } of before) expect([...numbers], name).toContain(requestNo);
  const now = await allNumbers(original);
  for (const no of numbers) expect([...now]).toContain(no);
}, 120_000);

test("every request of the backup reads as it did: its history is the beginning of the original's, word for word (P1)", async () => {
  const seen = { same: [] as string[], shorter: 0 };
  const causes = new Set<string>();
  for (const no of await allNumbers(restored)) {
    const [hereRows, thereRows] = [await original.timeline(no), await restored.timeline(no)];
    const [here, there] = [byStream(hereRows), byStream(thereRows)];
    // A receipt or a timer alone changes how a request reads too, so only the same lines make a request the same.
    let shorter = hours(hereRows) !== hours(thereRows);
    for (const [stream, all] of there) {
      const rows = all.filter(({ at }) => at < restoredAt);
      // Messages that lay unread in the backup are consumed anew, at an hour of its own; nobody worked there.
      for (const row of all.slice(rows.length)) expect(row.by.kind, no).not.toBe("user");
      const whole = here.get(stream) ?? [];
      expect(rows, no).toEqual(whole.slice(0, rows.length));
      shorter ||= rows.length < Math.max(whole.length, all.length);
      for (const row of rows) causes.add(row.cause);
    }
    shorter ||= there.size < here.size;
    if (shorter) seen.shorter += 1;
    else {
      seen.same.push(no);
      expect(comparable(await restored.request(no)), no).toEqual(comparable(await original.request(no)));
    }
  }
  const lost = ledger.acknowledged
    .slice(0, acknowledgedBefore)
    .filter((a) => a.side === "hotline" && !causes.has(a.key));
  expect(lost).toEqual([]);
  expect(seen.same).toEqual(expect.arrayContaining(atRest));
  expect(seen.shorter, "work went on during and after the backup").toBeGreaterThan(0);
  process.stdout.write(`  backup: ${seen.same.length} requests the same, ${seen.shorter} went on after the backup\n`);
}, 120_000);

/** A view without what timers move. */
function comparable({ etag: _etag, changedAt: _at, ...view }: RequestView): object {
  return view;
}

test("the evidence of the restored node holds, and it goes on working and sealing (nmg:2.3.1)", async () => {
  const { requestNo } = await restored.register({ item: "A01-05", fields: { text: "恢复之后的第一件" } });
  expect((await restored.request(requestNo)).fields["text"]?.value).toBe("恢复之后的第一件");
  // People were told numbers after the backup was taken: none of them may ever stand for another request.
  for (let i = 0; i < 60; i++) await original.register({ fields: {} });
  expect([...(await allNumbers(original))]).not.toContain(requestNo);
  const verified = async (): Promise<true | null> => {
    const { code, said } = await command("verify", "--config", restoredConfig);
    expect(code, said).toBe(0);
    return said.includes("the chain is whole") ? true : null;
  };
  await eventually("the chain is whole", verified, 30_000);
}, 60_000);

test("a backup goes only into an empty place, and so does a restore", async () => {
  const again = await command("backup", join(place, "saved"), "--config", pair.config("hotline").file);
  expect(again.code).toBe(1);
  const over = await command("restore", join(place, "saved"), "--config", restoredConfig);
  expect(over.code).toBe(1);
});
