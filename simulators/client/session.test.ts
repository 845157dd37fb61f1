import { afterEach, expect, test } from "vitest";
import { startFakeDesk } from "./fake-desk.test-data.ts";
import type { FakeDesk } from "./fake-desk.test-data.ts";
import { backOffMs, GaveUpError, isNotNow, retryAfterMs, StoppedError } from "./retry.ts";
import { createSession } from "./session.ts";

const QUICK = { firstMs: 5, mostMs: 20, giveUpAfterMs: 5_000 };
const desks: FakeDesk[] = [];

async function desk(): Promise<FakeDesk> {
  const started = await startFakeDesk();
  desks.push(started);
  return started;
}

afterEach(async () => {
  for (const one of desks.splice(0)) await one.down().catch(() => undefined);
});

function at(one: FakeDesk, patience = QUICK, signal: AbortSignal | null = null) {
  return createSession({ url: one.url, login: "w1", password: "p" }, signal, patience);
}

function registration(key: string) {
  return { method: "POST", path: "/requests", body: { fields: { text: "路灯不亮" } }, key } as const;
}

test("a busy desk is asked again after the time it names, with the same key", async () => {
  const one = await desk();
  one.troubles.push({ answer: 503, retryAfter: "0.2" }, { answer: 429, retryAfter: "0" });
  const answer = await at(one).call(registration("k1"));
  expect([answer.status, answer.code, one.registered.size]).toEqual([201, null, 1]);
  const [first = 0, second = 0] = one.arrivals;
  expect(second - first).toBeGreaterThanOrEqual(190);
});

test("an answer that was lost is asked for again and comes back as a repeat", async () => {
  const one = await desk();
  one.troubles.push({ answer: "lostAfterDoing" });
  const session = at(one);
  const answer = await session.call(registration("k1"));
  expect([answer.body["repeated"], one.registered.size]).toEqual([true, 1]);
  expect([...session.repeats]).toEqual([["NO_ANSWER", 1]]);
});

test("a desk that restarts is waited for", async () => {
  const one = await desk();
  const session = at(one);
  await session.call(registration("k1"));
  await one.down();
  one.endSessions();
  const waiting = session.call(registration("k2"));
  await expect.poll(() => session.repeats.get("NO_ANSWER") ?? 0).toBeGreaterThan(1);
  await one.up();
  expect((await waiting).status).toBe(201);
  expect([one.registered.size, one.logIns()]).toEqual([2, 2]);
});

test("calls whose session ended log in once, together", async () => {
  const one = await desk();
  const session = at(one);
  await session.call(registration("k0"));
  one.endSessions();
  const answers = await Promise.all(["k1", "k2", "k3"].map((key) => session.call(registration(key))));
  expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201]);
  expect(one.logIns()).toBe(2);
});

test("a refusal is an answer, not a reason to ask again", async () => {
  const one = await desk();
  one.refuse("UNKNOWN_CODE");
  const answer = await at(one).call(registration("k1"));
  expect([answer.code, one.arrivals.length]).toEqual(["UNKNOWN_CODE", 1]);
});

test("patience ends with GaveUpError", async () => {
  const one = await desk();
  await one.down();
  await expect(at(one, { ...QUICK, giveUpAfterMs: 50 }).call(registration("k1"))).rejects.toThrow(GaveUpError);
});

test("who waits for a silent desk can be stopped at once", async () => {
  const one = await desk();
  await one.down();
  const stop = new AbortController();
  const session = at(one, { firstMs: 60_000, mostMs: 60_000, giveUpAfterMs: 600_000 }, stop.signal);
  const ended = session.call(registration("k1")).catch((fault: unknown) => fault);
  await expect.poll(() => session.repeats.size).toBe(1);
  stop.abort();
  expect(await ended).toBeInstanceOf(StoppedError);
});

test("the wait named by Retry-After is read in seconds and as a date, and capped", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  expect(retryAfterMs("2", now)).toBe(2_000);
  expect(retryAfterMs("Thu, 01 Jan 2026 00:00:05 GMT", now)).toBe(5_000);
  expect(retryAfterMs("86400", now)).toBe(60_000);
  expect([retryAfterMs(null, now), retryAfterMs("soon", now)]).toEqual([null, null]);
});

test("waits double up to the cap", () => {
  const waits = [1, 2, 3, 4, 50].map((tries) => backOffMs(tries, { firstMs: 100, mostMs: 500, giveUpAfterMs: 1 }));
  expect(waits).toEqual([100, 200, 400, 500, 500]);
  expect([200, 409, 412, 422, 429, 500, 503].filter(isNotNow)).toEqual([429, 503]);
});
