import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { startFakeDesk } from "../client/fake-desk.test-data.ts";
import type { FakeDesk } from "../client/fake-desk.test-data.ts";
import { createSession } from "../client/session.ts";
import {
  createFrontier,
  dropCheckpoint,
  fingerprintOf,
  loadCheckpoint,
  NO_TOTALS,
  saveCheckpoint,
} from "./checkpoint.ts";
import type { Frontier } from "./checkpoint.ts";
import { readLines } from "./lines.ts";
import { progressText } from "./progress.ts";
import { registerAll } from "./register-all.ts";
import type { ImportJob } from "./register-all.ts";
import { openRejects } from "./rejects.ts";

const desks: FakeDesk[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const one of desks.splice(0)) await one.down().catch(() => undefined);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(): string {
  const made = mkdtempSync(join(tmpdir(), "import-"));
  folders.push(made);
  return made;
}

function fileOf(lines: readonly string[]): string {
  const path = join(freshFolder(), "in.jsonl");
  writeFileSync(path, `\uFEFF${lines.join("\r\n")}\n`);
  return path;
}

function record(id: string, text = `text of ${id}`): string {
  return JSON.stringify({ id, text });
}

async function desk(): Promise<FakeDesk> {
  const started = await startFakeDesk();
  desks.push(started);
  return started;
}

function job(one: FakeDesk, file: string, frontier: Frontier, more: Partial<ImportJob> = {}): ImportJob {
  const patience = { firstMs: 5, mostMs: 20, giveUpAfterMs: 5_000 };
  return {
    session: createSession({ url: one.url, login: "w1", password: "p" }, null, patience),
    node: one.node,
    lines: readLines(file),
    after: frontier.at().line,
    upTo: Number.POSITIVE_INFINITY,
    inFlight: 8,
    perSecond: null,
    frontier,
    reject: openRejects(`${file}.rejects`, frontier.at().line),
    onSettled: () => undefined,
    signal: new AbortController().signal,
    ...more,
  };
}

function fresh(): Frontier {
  return createFrontier({ line: 0, totals: NO_TOTALS });
}

test("every good line is registered once, every bad one is named with its reason and without its text", async () => {
  const one = await desk();
  const file = fileOf([record("a"), "{", "", record("b"), record("a", "again"), record("c")]);
  const frontier = fresh();
  await registerAll(job(one, file, frontier));
  expect(frontier.at()).toEqual({ line: 6, totals: { registered: 3, known: 0, rejected: 2 } });
  const rejects = readFileSync(`${file}.rejects`, "utf8").trim().split("\n").sort();
  expect(rejects).toEqual(['{"line":2,"code":"NOT_JSON","id":null}', '{"line":5,"code":"DUPLICATE_ID","id":"a"}']);
});

test("a second run registers nothing new", async () => {
  const one = await desk();
  const file = fileOf(Array.from({ length: 30 }, (_, i) => record(`r${i}`)));
  await registerAll(job(one, file, fresh()));
  const again = fresh();
  await registerAll(job(one, file, again));
  expect(again.at().totals).toEqual({ registered: 0, known: 30, rejected: 0 });
  expect(one.registered.size).toBe(30);
});

test("a record that changed since its import is rejected, not registered beside the first", async () => {
  const one = await desk();
  await registerAll(job(one, fileOf([record("a")]), fresh()));
  const file = fileOf([record("a", "other words")]);
  await registerAll(job(one, file, fresh()));
  expect(one.registered.size).toBe(1);
  expect(readFileSync(`${file}.rejects`, "utf8")).toContain('"CHANGED_SINCE_IMPORT"');
});

test("lost answers, full queues and a restart lose no line and double none", async () => {
  const one = await desk();
  const lines = Array.from({ length: 60 }, (_, i) => record(`r${i}`));
  one.troubles.push(
    { answer: "lostAfterDoing" },
    { answer: 503, retryAfter: "0" },
    { answer: 429, retryAfter: "0.05" },
  );
  const frontier = fresh();
  let restarted = false;
  const running = registerAll(
    job(one, fileOf(lines), frontier, {
      onSettled: () => {
        if (frontier.at().line < 20 || restarted) return;
        restarted = true;
        one.endSessions();
        void one.down().then(one.up);
      },
    }),
  );
  await running;
  const { registered, known } = frontier.at().totals;
  expect([restarted, frontier.at().line, registered + known, one.registered.size]).toEqual([true, 60, 60, 60]);
});

test("a stopped run goes on after its last settled line", async () => {
  const one = await desk();
  const file = fileOf(Array.from({ length: 40 }, (_, i) => record(`r${i}`)));
  const stop = new AbortController();
  const first = fresh();
  const onSettled = (): void => {
    if (first.at().line >= 10) stop.abort();
  };
  await registerAll(job(one, file, first, { signal: stop.signal, inFlight: 4, onSettled }));
  const { line } = first.at();
  expect(line).toBeGreaterThanOrEqual(10);
  expect(line).toBeLessThan(40);
  const sent = one.arrivals.length;
  const second = createFrontier(first.at());
  await registerAll(job(one, file, second));
  expect(second.at()).toEqual({ line: 40, totals: { registered: 40, known: 0, rejected: 0 } });
  expect(one.arrivals.length - sent).toBe(40 - line);
});

test("the limit counts lines of the file", async () => {
  const one = await desk();
  const frontier = fresh();
  await registerAll(job(one, fileOf([record("a"), record("b"), record("c")]), frontier, { upTo: 2 }));
  expect([frontier.at().line, one.registered.size]).toEqual([2, 2]);
});

test("the rate holds registrations back", async () => {
  const one = await desk();
  // From before the first, not from its arrival: a first one that is slow to arrive says nothing about what was held back.
  const before = Date.now();
  await registerAll(job(one, fileOf(["a", "b", "c", "d"].map((id) => record(id))), fresh(), { perSecond: 20 }));
  expect((one.arrivals.at(-1) ?? 0) - before).toBeGreaterThanOrEqual(140);
});

test("lines settled out of order move the checkpoint only without a gap", () => {
  const frontier = fresh();
  const good = { ...NO_TOTALS, registered: 1 };
  frontier.settle(3, good);
  frontier.settle(2, good);
  expect(frontier.at()).toEqual({ line: 0, totals: NO_TOTALS });
  frontier.settle(1, good);
  expect(frontier.at()).toEqual({ line: 3, totals: { registered: 3, known: 0, rejected: 0 } });
});

test("a checkpoint counts only for the same file and the same node", () => {
  const file = fileOf([record("a")]);
  const path = `${file}.checkpoint`;
  const print = fingerprintOf(file);
  saveCheckpoint(path, { node: "n1", file: print, line: 7, totals: { registered: 5, known: 1, rejected: 1 } });
  expect(loadCheckpoint(path, "n1", print)).toMatchObject({
    line: 7,
    totals: { registered: 5, known: 1, rejected: 1 },
  });
  expect(loadCheckpoint(path, "n2", print)).toBeNull();
  writeFileSync(file, `${record("a")}\n${record("b")}\n`);
  expect(loadCheckpoint(path, "n1", fingerprintOf(file))).toBeNull();
  dropCheckpoint(path);
  expect(loadCheckpoint(path, "n1", print)).toBeNull();
});

test("rejects after the checkpoint are written again, those before it are kept", () => {
  const path = join(freshFolder(), "rejects");
  const first = openRejects(path, 0);
  first({ line: 2, code: "NOT_JSON", id: null });
  first({ line: 9, code: "ID_MISSING", id: null });
  openRejects(path, 5)({ line: 9, code: "ID_MISSING", id: null });
  expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(2);
});

test("progress shows a bar only when the end is known", () => {
  const totals = { registered: 40, known: 5, rejected: 5 };
  expect(progressText({ done: 50, of: 100, totals, seconds: 10 })).toContain("50 %  50 / 100 行 lines, 5.0/s");
  expect(progressText({ done: 50, of: null, totals, seconds: 0 })).toMatch(/^50 行 lines, 0\.0\/s/);
});
