import { parseArgs } from "node:util";
import { Pool } from "pg";
import { buildScreens } from "../src/main/pair/screens.ts";
import { urlOf } from "../src/storage/server/index.ts";
import type { Bench } from "./bench.ts";
import { fillPast } from "./fill.ts";
import { findChromium, measureBrowser } from "./browser.ts";
import { measureClocks } from "./clocks.ts";
import { measureHoliday } from "./holiday.ts";
import { measureLinkage } from "./linkage.ts";
import { measureLive } from "./live.ts";
import { measureCatalogue } from "./catalogue.ts";
import { describeMachine, loadNow } from "./machine.ts";
import type { Machine } from "./machine.ts";
import { startBenchPair } from "./pair.ts";
import type { Pair } from "./pair.ts";
import { measureReading } from "./reading.ts";
import { measureRegistration } from "./registration.ts";
import { FIELDS, HOTLINE_ITEM, nextPhone } from "./sample-request.ts";
import { openScratchNode } from "./scratch-node.ts";
import type { ScratchNode } from "./scratch-node.ts";
import { openSeat } from "./seat.ts";
import type { Seat } from "./seat.ts";
import { verdictLine } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";
import { writeDocument } from "./document.ts";

const say = (line: string): void => console.log(line);

const QUESTIONS: Readonly<Record<string, (bench: Bench) => Promise<readonly Verdict[]>>> = {
  catalogue: measureCatalogue,
  registration: measureRegistration,
  reading: measureReading,
  live: measureLive,
  linkage: measureLinkage,
  browser: measureBrowser,
  clocks: measureClocks,
  holiday: measureHoliday,
};

const HTTP_CLIENTS = 8;
/** Requests of the past in each database. */
const PAST = 50_000;
const PAST_QUICK = 5_000;

/** Seats of the hotline for the closed-loop clients, several each. */
async function openSeats(pair: Pair, each: number): Promise<Bench["seatFor"]> {
  const seats: Seat[] = [];
  for (let n = 0; n < HTTP_CLIENTS * each; n++) seats.push(await openSeat(pair.account("hotline", "agent1")));
  const turns = new Map<number, number>();
  return (client) => {
    const turn = turns.get(client) ?? 0;
    turns.set(client, turn + 1);
    const seat = seats[(client % HTTP_CLIENTS) * each + (turn % each)];
    if (seat === undefined) throw new Error("no seat");
    return seat;
  };
}

/** All three databases get a past: the scratch one and those of both desks. */
async function fillAll(pair: Pair, scratch: ScratchNode, files: number): Promise<void> {
  const body = { fields: { ...FIELDS, requesterPhone: nextPhone() }, item: HOTLINE_ITEM };
  await fillPast(scratch.bare, await scratch.give({ name: "register", body }), files);
  for (const [desk, login] of [
    ["hotline", "agent1"],
    ["police", "taker1"],
  ] as const) {
    const seat = await openSeat(pair.account(desk, login));
    const { requestNo } = await seat.send<{ readonly requestNo: string }>("POST", "/requests", body);
    const pool = new Pool({ connectionString: urlOf(pair.superuserUrl, `liandong_${desk}`), max: 1 });
    await fillPast(pool, requestNo, files);
    await pool.end();
  }
}

type Options = { readonly quick: boolean; readonly names: readonly string[]; readonly seed: number };

async function askAll(pair: Pair, scratch: ScratchNode, { quick, names, seed }: Options): Promise<readonly Verdict[]> {
  const bench: Bench = {
    pair,
    scratch,
    quick,
    say,
    seed,
    plan: quick ? { rounds: 3, ms: 600 } : { rounds: 10, ms: 2_000 },
    seatFor: await openSeats(pair, quick ? 4 : 8),
  };
  const verdicts: Verdict[] = [];
  for (const name of names) {
    const question = QUESTIONS[name];
    if (question === undefined) throw new Error(`no question ${name}; there are ${Object.keys(QUESTIONS).join(", ")}`);
    say(`${name} (load of the machine before: ${loadNow().toFixed(1)})`);
    const found = await question(bench);
    for (const verdict of found) say(`  ${verdictLine(verdict)}`);
    verdicts.push(...found);
  }
  return verdicts;
}

function machineLine(m: Machine): string {
  return `${m.cores} cores (${m.processor}), ${m.memoryGb} GB, ${m.system}, flush of 8 KiB p50 ${m.flushP50Ms.toFixed(2)} ms p99 ${m.flushP99Ms.toFixed(1)} ms, Node ${m.node}, PostgreSQL ${m.postgres}`;
}

function canBrowse(): boolean {
  if (findChromium() !== null) return true;
  say("no Chromium on this machine: the question with a real browser is left out");
  return false;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string" },
      seed: { type: "string", default: "42" },
      document: { type: "boolean", default: false },
    },
  });
  const names = values.only?.split(",") ?? Object.keys(QUESTIONS).filter((n) => n !== "browser" || canBrowse());
  if (names.includes("browser")) await buildScreens();
  const begin = performance.now();
  const pair = await startBenchPair();
  try {
    const scratch = await openScratchNode(pair);
    try {
      const { rows } = await scratch.bare.query<{ server_version: string }>("show server_version");
      const machine = describeMachine(pair.folder, rows[0]?.server_version ?? "unknown");
      say(machineLine(machine));
      await fillAll(pair, scratch, values.quick ? PAST_QUICK : PAST);
      const verdicts = await askAll(pair, scratch, { quick: values.quick, names, seed: Number(values.seed) });
      const failed = verdicts.filter((v) => !v.passed).length;
      say(
        `${verdicts.length - failed} of ${verdicts.length} within their limits, ${((performance.now() - begin) / 1_000).toFixed(0)} s, load ${loadNow().toFixed(1)}`,
      );
      if (values.document)
        writeDocument({ machine: machineLine(machine), verdicts, quick: values.quick, asked: names, load: loadNow() });
      return failed === 0 ? 0 : 1;
    } finally {
      await scratch.close();
    }
  } finally {
    await pair.stop();
  }
}

try {
  process.exitCode = await main();
} catch (fault) {
  console.error(fault);
  process.exitCode = 2;
}
// Keep-alive sockets and key threads must not hold the process.
process.exit();
