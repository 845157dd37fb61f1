import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { parseRequestNo } from "../core/request-number/index.ts";
import { instantOf } from "../kernel/index.ts";
import { REGION } from "./desk.test-data.ts";
import type { CaseStore } from "./ports/store.ts";
import { createRequestNumbers } from "./request-numbers.ts";

const BEFORE_MIDNIGHT = Date.UTC(2026, 10, 22, 15, 59, 59, 0);

/** A series over a store in memory; `taken` notes each block, `slow` holds the next ones back until it is called. */
function aSeries(store = createMemoryStores(REGION, { now: () => instantOf(BEFORE_MIDNIGHT) }).cases) {
  let nowMs = BEFORE_MIDNIGHT;
  const taken: string[] = [];
  const noting: CaseStore = {
    ...store,
    takeSerials: (region, day, size) => {
      taken.push(`${day}/${size}`);
      return store.takeSerials(region, day, size);
    },
  };
  const clock = { now: () => instantOf(nowMs) };
  return {
    store,
    taken,
    passMs: (ms: number) => {
      nowMs += ms;
    },
    numbers: createRequestNumbers(noting, clock, REGION, "hotline"),
  };
}

async function take(numbers: ReturnType<typeof createRequestNumbers>, count: number): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: count }, () => numbers.next()));
}

test("numbers of a day follow one another, each with its check digit", async () => {
  const { numbers } = aSeries();
  const taken = await take(numbers, 3);
  const parsed = taken.map((no) => parseRequestNo(no));
  expect(parsed.every((p) => p.ok)).toBe(true);
  expect(new Set(taken.map((no) => no.slice(0, 13))).size).toBe(1);
});

test("a block serves many registrations: the store is asked once for fifty", async () => {
  const { numbers, taken } = aSeries();
  expect(new Set(await take(numbers, 50)).size).toBe(50);
  expect(taken).toEqual(["261122/50"]);
  await numbers.next();
  expect(taken).toEqual(["261122/50", "261122/50"]);
});

test("callers at once get numbers of their own, never the same twice", async () => {
  const { numbers, taken } = aSeries();
  const all = (await Promise.all([take(numbers, 70), take(numbers, 70), take(numbers, 70)])).flat();
  expect(new Set(all).size).toBe(210);
  expect(taken).toHaveLength(5);
});

test("two processes on one database never give the same number", async () => {
  const one = aSeries();
  const other = aSeries(one.store);
  const all = (await Promise.all([take(one.numbers, 120), take(other.numbers, 120)])).flat();
  expect(new Set(all).size).toBe(240);
});

test("a restart leaves a gap and no double", async () => {
  const first = aSeries();
  const before = await take(first.numbers, 10);
  const after = await take(aSeries(first.store).numbers, 10);
  expect(new Set([...before, ...after]).size).toBe(20);
});

test("at midnight in Asia/Shanghai the next day begins, whatever is left of the block", async () => {
  const { numbers, taken, passMs } = aSeries();
  const before = await numbers.next();
  passMs(1_000);
  const after = await numbers.next();
  expect([before, after].map((no) => no.slice(7, 13))).toEqual(["261122", "261123"]);
  expect(taken).toEqual(["261122/50", "261123/50"]);
});

test("a block that arrives after midnight gives no number of the day before", async () => {
  const { numbers, passMs } = aSeries();
  const waiting = take(numbers, 5);
  passMs(1_000);
  const all = await waiting;
  expect(new Set(all).size).toBe(5);
  expect(new Set(all.map((no) => no.slice(7, 13)))).toEqual(new Set(["261123"]));
});

test("when the store fails the caller is told, and the next one is served", async () => {
  const { store } = aSeries();
  let broken = true;
  const failing: CaseStore = {
    ...store,
    takeSerials: (...args) => (broken ? Promise.reject(new Error("away")) : store.takeSerials(...args)),
  };
  const numbers = createRequestNumbers(failing, { now: () => instantOf(BEFORE_MIDNIGHT) }, REGION, "hotline");
  await expect(numbers.next()).rejects.toThrow("away");
  broken = false;
  expect(await numbers.next()).toMatch(/^\d{19}$/);
});
