import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Pool } from "pg";
import type { Calendar } from "../src/core/clock/index.ts";
import { dayNumber, dayText, shanghaiDay, instantOf } from "../src/kernel/index.ts";
import { readCalendar } from "../src/storage/catalogue-files/index.ts";
import type { Bench } from "./bench.ts";
import { fillOpen } from "./fill-open.ts";
import { FIELDS, HOTLINE_ITEM, nextPhone } from "./sample-request.ts";
import { judge } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const QUESTION = "holiday";
const FOLDER = join(import.meta.dirname, "../catalogue");
const OPEN = 100_000;
const OPEN_QUICK = 1_000;
/** All open orders of a province have their new due times before the call takers of the next morning come. */
const LIMIT_MS_EACH = 10;
/** What the pass may keep at once, whatever the number of requests. */
const LIMIT_MB = 128;
/** A reply has five working days: with one of the next days off, every open order is due later. */
const DAYS_OFF = 4;
const UNIT = "x150100-municipalWorks";

/**
 * What a holiday change costs a node: the shipped pass over all open requests, each read, counted by the new calendar and written with
 * its history in a commit of its own, one after the other as it runs in a node. The days off lie so that a due time of every order moves.
 */
export async function measureHoliday(bench: Bench): Promise<readonly Verdict[]> {
  const { scratch, quick, say } = bench;
  const open = quick ? OPEN_QUICK : OPEN;
  const sheets = await readCalendar(join(FOLDER, "calendar"));
  if (!sheets.ok) throw new Error(JSON.stringify(sheets.error));
  const body = { fields: { ...FIELDS, requesterPhone: nextPhone() }, item: HOTLINE_ITEM };
  const no = await scratch.give({ name: "register", body });
  await scratch.give({ name: "dispatch", body: { kind: "work", unit: UNIT } }, { kind: "request", no });
  await fillOpen(scratch, no, open);
  const before = await counted(scratch.bare);
  const clocks = await clocksOf(scratch.bare);
  const changed = withDaysOff(sheets.value, Date.now());
  const empty = collected();
  let highest = empty;
  let pages = 0;
  const used = process.cpuUsage();
  const begin = performance.now();
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    cursor = await scratch.node.countAnew(changed, cursor);
    if (pages++ % 50 === 0) highest = Math.max(highest, process.memoryUsage().heapUsed);
  }
  const wallMs = performance.now() - begin;
  const { user, system } = process.cpuUsage(used);
  const moved = (await counted(scratch.bare)) - before;
  if (moved < open) throw new Error(`${moved} of ${open} orders have another due time: this measures nothing`);
  const grownMb = (highest - empty) / 2 ** 20;
  const keptMb = (collected() - empty) / 2 ** 20;
  const each = wallMs / moved;
  const detail = `${moved} due times moved and written, ${clocks} open clocks; ${(wallMs / 1_000).toFixed(0)} s by the wall, ${((user + system) / 1e6).toFixed(0)} s of processor in the node`;
  say(`  a holiday: ${detail}`);
  return [
    judge({
      question: QUESTION,
      what: `all due times of ${open} open orders after a holiday change, each with its history / order`,
      measured: each,
      limit: LIMIT_MS_EACH,
      direction: "atMost",
      unit: "ms",
      detail,
    }),
    judge({
      question: QUESTION,
      what: "heap grown by it, garbage included",
      measured: grownMb,
      limit: LIMIT_MB,
      direction: "atMost",
      unit: "MB",
      detail: `looked at every fifty pages; ${keptMb.toFixed(1)} MB stay after collection`,
    }),
  ];
}

/** The calendar with the next days off that nobody has announced yet, as a version of its own. */
function withDaysOff(calendar: Calendar, nowMs: number): Calendar {
  const today = dayNumber(shanghaiDay(instantOf(nowMs)));
  const off = Array.from({ length: DAYS_OFF }, (_, n) => dayText(today + 1 + n));
  const days = [
    ...calendar.days.filter(({ day }) => !off.includes(day)),
    ...off.map((day) => ({ day, kind: "holiday", nameZh: "放假", nameEn: "day off" }) as const),
  ];
  return { ...calendar, version: `${calendar.version}0`, days: days.toSorted((a, b) => (a.day < b.day ? -1 : 1)) };
}

async function counted(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    "select count(distinct case_id)::int as n from liandong.events where stream_kind = 'clock' and type = 'ClockRecalculated'",
  );
  return rows[0]?.n ?? 0;
}

async function clocksOf(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    "select count(*)::int as n from liandong.clocks where ring_at is not null",
  );
  return rows[0]?.n ?? 0;
}

/** Bytes in use after a full collection. */
function collected(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed;
}
