import { readFileSync } from "node:fs";
import { Pool } from "pg";
import { urlOf } from "../src/storage/server/index.ts";
import type { Bench } from "./bench.ts";
import { openDesks } from "./desks.ts";
import type { Desks } from "./desk-load.ts";
import type { Pair } from "./pair.ts";
import { FIELDS, nextPhone, POLICE_ITEM } from "./sample-request.ts";
import { percentile } from "./statistics.ts";
import { judge } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const QUESTION = "linkage";
const PER_SECOND = 20;
/** What a cut link leaves behind is measured on so many messages; the limit is the pace at which 90,000 are told in 15 minutes. */
const QUEUED = 9_000;
const QUEUED_QUICK = 900;
const PACE = 90_000 / (15 * 60);
const CLIENTS = 12;
/** Twelve clients ask faster than six seats may. */
const SEATS = 24;
const WAIT_MS = 15 * 60_000;

type Counted = { readonly count: string };
type Done = { readonly requestNo: string };

/**
 * Hand-overs between the two nodes: how long one takes from its commit to the signed receipt that the other node has committed it, how
 * many a second go through, and how fast what a cut link has left behind is told while a danger overtakes all of it.
 */
export async function measureLinkage(bench: Bench): Promise<readonly Verdict[]> {
  const { pair, quick } = bench;
  const desks = await openDesks(pair, SEATS);
  const hotline = new Pool({ connectionString: urlOf(pair.superuserUrl, "liandong_hotline"), max: 2 });
  try {
    const steady = await steadyHandOvers(desks, hotline, quick ? 5_000 : 60_000);
    const burst = await burstOfHandOvers(desks, hotline, quick ? 200 : 1_500);
    return [...steady, burst, ...(await caughtUp(bench, desks, hotline))];
  } finally {
    await hotline.end();
  }
}

function register(desks: Desks): Promise<Done> {
  const fields = { ...FIELDS, requesterPhone: nextPhone() };
  return desks.hotline().send<Done>("POST", "/requests", { fields, item: POLICE_ITEM });
}

/** Work for every number of `total`, `CLIENTS` at once. */
async function each(total: number, work: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < total) await work(next++);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

async function unsent(hotline: Pool): Promise<number> {
  const { rows } = await hotline.query<Counted>("select count(*) from liandong.outbox where status = 'pending'");
  return Number(rows[0]?.count);
}

/** Until the other node holds all that was said. */
async function allHeard(hotline: Pool): Promise<void> {
  const until = performance.now() + WAIT_MS;
  while ((await unsent(hotline)) > 0) {
    if (performance.now() > until) throw new Error(`${await unsent(hotline)} messages were not heard`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function steadyHandOvers(desks: Desks, hotline: Pool, ms: number): Promise<readonly Verdict[]> {
  const total = Math.round((ms / 1_000) * PER_SECOND);
  const numbers: string[] = [];
  await each(total, async () => numbers.push((await register(desks)).requestNo));
  const from = await databaseNow(hotline);
  const begin = performance.now();
  const pending: Promise<unknown>[] = [];
  for (const [n, no] of numbers.entries()) {
    const wait = begin + (n * 1_000) / PER_SECOND - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    pending.push(desks.hotline().send("POST", `/requests/${no}/hand-over`, {}));
  }
  await Promise.all(pending);
  await allHeard(hotline);
  const { rows } = await hotline.query<{ readonly ms: number }>(
    `select extract(epoch from ended_at - inserted_at)::float8 * 1000 as ms from liandong.outbox
     where type = 'offer' and inserted_at >= $1 and status = 'receipted'`,
    [from],
  );
  const took = rows.map((row) => row.ms);
  const all = judge({
    question: QUESTION,
    what: `hand-overs heard at ${PER_SECOND} a second`,
    measured: took.length,
    limit: total,
    direction: "atLeast",
    unit: "",
    detail: "",
  });
  const delay = judge({
    question: QUESTION,
    what: `hand-over at ${PER_SECOND} a second, committed here → signed receipt of the other node here, p99`,
    measured: percentile(took, 0.99),
    limit: 150,
    direction: "atMost",
    unit: "ms",
    detail: `p50 ${percentile(took, 0.5).toFixed(0)}, p90 ${percentile(took, 0.9).toFixed(0)}, max ${percentile(took, 1).toFixed(0)} ms of ${took.length}`,
  });
  return [all, delay];
}

async function databaseNow(pool: Pool): Promise<Date> {
  const { rows } = await pool.query<{ readonly now: Date }>("select clock_timestamp() as now");
  return rows[0]?.now ?? new Date(0);
}

async function burstOfHandOvers(desks: Desks, hotline: Pool, total: number): Promise<Verdict> {
  const numbers: string[] = [];
  await each(total, async () => numbers.push((await register(desks)).requestNo));
  const begin = performance.now();
  await each(total, (n) => desks.hotline().send("POST", `/requests/${numbers[n]}/hand-over`, {}));
  const said = performance.now();
  await allHeard(hotline);
  const seconds = (performance.now() - begin) / 1_000;
  return judge({
    question: QUESTION,
    what: "hand-overs a second end to end, as fast as twelve clients ask",
    measured: total / seconds,
    limit: PER_SECOND,
    direction: "atLeast",
    unit: "",
    detail: `${total} in ${seconds.toFixed(1)} s; the last receipt ${(performance.now() - said).toFixed(0)} ms after the last click was answered`,
  });
}

/** The process of the police node, by the port it listens on. */
function policeProcess(pair: Pair): number {
  const found = pair.processes().nodes.find((pid) => {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return words.includes("police");
  });
  if (found === undefined) throw new Error("no process of the police node");
  return found;
}

async function caughtUp({ pair, quick, say }: Bench, desks: Desks, hotline: Pool): Promise<readonly Verdict[]> {
  const queued = quick ? QUEUED_QUICK : QUEUED;
  const numbers: string[] = [];
  await each(queued / 10, async () => numbers.push((await register(desks)).requestNo));
  const police = policeProcess(pair);
  process.kill(police, "SIGSTOP");
  let waiting = 0;
  try {
    // One request after the other, so that no two writes meet at one.
    await each(numbers.length, async (n) => {
      for (let k = 0; k < 10; k += 1)
        await desks.hotline().send("POST", `/requests/${numbers[n]}/notify`, { text: `道路封闭通报 ${k}` });
    });
    waiting = await unsent(hotline);
  } finally {
    process.kill(police, "SIGCONT");
  }
  say(`  ${waiting} messages waited while the police node stood still`);
  const begin = performance.now();
  const from = await databaseNow(hotline);
  const fields = { ...FIELDS, requesterPhone: nextPhone() };
  await desks.hotline().send("POST", "/requests", { fields, danger: true });
  await allHeard(hotline);
  const seconds = (performance.now() - begin) / 1_000;
  const { rows } = await hotline.query<{ readonly ms: number }>(
    `select extract(epoch from ended_at - inserted_at)::float8 * 1000 as ms from liandong.outbox
     where type = 'push' and inserted_at >= $1`,
    [from],
  );
  return [
    judge({
      question: QUESTION,
      what: "messages a second told after a cut link (90,000 in 15 minutes are 100)",
      measured: waiting / seconds,
      limit: PACE,
      direction: "atLeast",
      unit: "",
      detail: `${waiting} in ${seconds.toFixed(1)} s, signed and logged`,
    }),
    judge({
      question: QUESTION,
      what: "an urgent push meanwhile, committed here → signed receipt of the other node here",
      measured: rows[0]?.ms ?? Number.POSITIVE_INFINITY,
      limit: 5_000,
      direction: "atMost",
      unit: "ms",
      detail: `behind ${waiting} messages`,
    }),
  ];
}
