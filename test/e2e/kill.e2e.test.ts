import { afterAll, beforeAll, expect, test } from "vitest";
import { createSealer, openStore } from "../../src/storage/index.ts";
import type { CommandDone } from "../../src/http/contract/index.ts";
import type { RegionCode } from "../../src/kernel/index.ts";
import { SIDES, startTestPair } from "../setup/pair.ts";
import type { Side, TestPair } from "../setup/pair.ts";
import { logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { auditOwnership, auditPairs } from "./causal-order.ts";
import { newLedger, workAll } from "./chaos-clients.ts";
import type { Acknowledged, Ledger } from "./chaos-clients.ts";
import { killAtRandom, untilBothAnswer } from "./chaos-kills.ts";
import { auditCarriage, auditCommands, auditStreams } from "./record-audit.ts";
import { readRecord, untilAtRest } from "./node-record.ts";
import type { NodeRecord } from "./node-record.ts";
import { seeded } from "./seeded.ts";

/** Length of the load; `LIANDONG_CHAOS_SECONDS=600` for a long run, `LIANDONG_CHAOS_SEED` to choose the same kills again. */
const SECONDS = Number(process.env["LIANDONG_CHAOS_SECONDS"] ?? 40);
const SEED = Number(process.env["LIANDONG_CHAOS_SEED"] ?? Date.now() % 2 ** 31);
const TEST_MS = (2 * SECONDS + 300) * 1_000;

/** Kinds of work without which a run says little. */
const MEANT = ["register", "handOver", "acceptOffer", "return", "danger", "dispatch", "reply"] as const;

const ledger: Ledger = newLedger();
let pair: TestPair;
let records: Readonly<Record<Side, NodeRecord>>;

beforeAll(async () => {
  pair = await startTestPair();
  const random = seeded(SEED);
  const began = Date.now();
  const until = began + SECONDS * 1_000;
  // The draw decides what is done how often: what has not come up yet gets as long again, without kills.
  const enough = () => MEANT.every((name) => ledger.done.has(name));
  const ended = () => Date.now() >= until && (enough() || Date.now() >= until + SECONDS * 1_000);
  const working = workAll(pair, ledger, random.fork(), ended);
  const kills = await killAtRandom(pair, random.fork(), began, until);
  await working;
  await untilBothAnswer(pair);
  const restMs = await untilAtRest(pair, SIDES, 150_000).catch((fault: unknown) => {
    process.stdout.write(`${pair.printed().split("\n").slice(-60).join("\n")}\n`);
    throw fault;
  });
  records = { hotline: await readRecord(pair, "hotline"), police: await readRecord(pair, "police") };
  report(kills, restMs);
}, TEST_MS);
afterAll(() => pair?.end(), 60_000);

function report(kills: Awaited<ReturnType<typeof killAtRandom>>, restMs: number): void {
  const tally: Record<string, number> = {};
  for (const { victims } of kills) tally[victims.join("+")] = (tally[victims.join("+")] ?? 0) + 1;
  const back = kills.map((k) => k.backAfterMs).sort((x, y) => x - y);
  const lines = [
    `seed ${SEED}, ${SECONDS} s of load, ${kills.length} kills ${JSON.stringify(tally)}`,
    `back after ${back[Math.floor(back.length / 2)] ?? 0} ms (median), ${back.at(-1) ?? 0} ms (longest); at rest after ${restMs} ms`,
    `${ledger.acknowledged.length} commands acknowledged, ${ledger.retried.done} of them after a lost answer`,
    `carried out ${JSON.stringify(Object.fromEntries(ledger.done))}`,
    `refused ${JSON.stringify(Object.fromEntries(ledger.refused))}`,
    ...SIDES.map((side) => {
      const { events, sent, received, cases } = records[side];
      return `${side}: ${cases.size} requests, ${events.length} events, ${sent.length} sent, ${received.length} consumed`;
    }),
    `pairs ${JSON.stringify(auditPairs(records.hotline, records.police).pairs)}`,
  ];
  process.stdout.write(`${lines.map((l) => `  chaos: ${l}`).join("\n")}\n`);
}

test("the run meant something: all victims' kinds of work went on between the kills", () => {
  expect(ledger.acknowledged.length).toBeGreaterThan(SECONDS * 2);
  for (const name of MEANT) expect(ledger.done.get(name) ?? 0, name).toBeGreaterThan(0);
});

test("no client got an answer that blames itself for a crash, and every command came to an end", () => {
  expect(ledger.faults).toEqual([]);
});

test("0 lost, 0 doubled: every acknowledged command is on record once at its node (P1)", () => {
  for (const side of SIDES) expect(auditCommands(records[side], ledger.acknowledged)).toEqual([]);
});

test("every stream of events is whole and folds to the stored row (P1)", () => {
  for (const side of SIDES) expect(auditStreams(records[side])).toEqual([]);
});

test("every message was consumed once and in order, without holes, in both directions (P1)", () => {
  const { hotline, police } = records;
  expect(auditCarriage(hotline, police)).toEqual([]);
  expect(auditCarriage(police, hotline)).toEqual([]);
});

test("0 ownerless: at every causal cut somebody holds every open part (P2)", () => {
  const verdict = auditOwnership(records.hotline, records.police);
  process.stdout.write(
    `  chaos: ${verdict.cuts} cuts of ${verdict.requests} requests, ${verdict.shared} of them shared\n`,
  );
  expect(verdict.shared).toBeGreaterThan(0);
  expect(verdict.problems).toEqual([]);
});

test("both copies of every linkage have come to a pair that may rest (linkage 5.4)", () => {
  expect(auditPairs(records.hotline, records.police).problems).toEqual([]);
});

test("a command sent again with its key is answered as the first time, after all the crashes (P1)", async () => {
  const step = Math.max(1, Math.floor(ledger.acknowledged.length / 60));
  for (const [i, done] of ledger.acknowledged.entries()) {
    if (i % step !== 0) continue;
    const answer = await sendAgain(done);
    expect(answer, `${done.name} ${done.key}`).toMatchObject({ requestNo: done.requestNo, repeated: true });
  }
});

test("these checks can fail: a message, an event, a command or a whole acceptance taken away is found", () => {
  const { hotline, police } = records;
  expect(auditCarriage(hotline, { ...police, received: police.received.slice(1) })).not.toEqual([]);
  expect(auditStreams({ ...hotline, events: hotline.events.slice(0, -1) })).not.toEqual([]);
  const [first, ...others] = ledger.acknowledged.filter((a) => a.side === "hotline");
  expect(others.length).toBeGreaterThan(0);
  const forgotten = new Map([...hotline.commands].filter(([key]) => key !== first?.key));
  expect(auditCommands({ ...hotline, commands: forgotten }, ledger.acknowledged)).toHaveLength(1);
  const gone = [...hotline.linkages.values()].find((l) => l.role === "S" && l.state === "accepted")?.caseId;
  const without = { ...police, events: police.events.filter((e) => e.caseId !== gone) };
  expect(auditOwnership(hotline, without).problems.join()).toContain("nobody holds the ordinary part");
});

const seats = new Map<string, Seat>();

async function sendAgain({ side, login, path, body, key }: Acknowledged): Promise<CommandDone> {
  const known = seats.get(`${side}/${login}`);
  const seat = known ?? (await logIn(pair.account(side, login)));
  seats.set(`${side}/${login}`, seat);
  return (await seat.call<CommandDone>("POST", path, body, { "idempotency-key": key })).body;
}

test("the chain of seals holds from the first event to the last at both nodes (nmg:2.3.1)", async () => {
  for (const side of SIDES) {
    const { database, node } = pair.config(side);
    const store = openStore(database.migratorUrl, { home: node.region as RegionCode, max: 1 });
    const sealer = createSealer(store);
    // Sealing follows the events within seconds, and timers go on after the record was read: in the end the chain is as long or longer.
    await expect
      .poll(async () => Number((await sealer.head())?.no), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(records[side].events.length);
    const head = await sealer.head();
    expect(await sealer.verifyChain("1", head?.no ?? "0")).toMatchObject({ ok: true });
    await store.close();
  }
});
