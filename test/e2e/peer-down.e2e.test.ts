import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SIDES, startTestNodes } from "../setup/pair.ts";
import type { TestNodes } from "../setup/pair.ts";
import { eventually, logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { auditOwnership, auditPairs } from "./causal-order.ts";
import { STREET_LAMP, THEFT } from "./matters.ts";
import { openNodeLog } from "./node-log.ts";
import { readRecord, untilAtRest } from "./node-record.ts";
import { auditCarriage, auditStreams } from "./record-audit.ts";

/** An hour of a busy city's hand-overs as a backlog; every fourth of the pushes after a quarter of it. */
const REQUESTS = 50;
const ADDITIONS = 40;
const PUSHES = 20;
const SEATS = ["agent1", "agent2", "dispatcher", "supervisor"] as const;

let nodes: TestNodes;
let seats: readonly Seat[];

beforeAll(async () => {
  nodes = await startTestNodes();
  // A session may ask 50 times a second: the backlog takes several.
  const logins = [...SEATS, ...SEATS, ...SEATS];
  seats = await Promise.all(logins.map((login) => logIn(nodes.account("hotline", login))));
});
afterAll(() => nodes?.end());

function seatNo(n: number): Seat {
  const seat = seats[n % seats.length];
  if (seat === undefined) throw new Error("no seat");
  return seat;
}

async function amendMany(no: string, worker: number): Promise<void> {
  for (let i = 0; i < ADDITIONS; i++) {
    await seatNo(worker).give("amend", no, { fields: {}, note: `补充${i}` });
    // Leaves every session below its allowance however fast the machine is.
    await delay(10);
  }
}

type Linked = { readonly up: boolean; readonly backlogUrgent: number; readonly backlogOrdinary: number };

async function linkOf(seat: Seat): Promise<Linked> {
  const { body } = await seat.call<{ readonly rows: readonly Linked[] }>("GET", "/links");
  const [link] = body.rows;
  if (link === undefined) throw new Error("no link");
  return link;
}

test("while 110's node is down whoever pushes is told within seconds which number to dial (nmg:2.2.1)", async () => {
  await nodes.stop("police", "SIGKILL");
  const began = Date.now();
  const { requestNo } = await seatNo(0).register({ fields: {}, danger: true });
  const mark = await eventually("linkSilent", async () => {
    const marks = await seatNo(0).alarms();
    return marks.find((a) => a.kind === "linkSilent" && a.requestNo === requestNo) ?? null;
  });
  expect(mark.dial).toBe("110");
  expect(Date.now() - began).toBeLessThan(5_000);
  expect(await linkOf(seatNo(0))).toMatchObject({ up: false, backlogUrgent: 1, dutyPhone: "110" });
});

test("the desk works on without its peer: hand-overs, additions and pushes queue up (nmg:2.2.1)", async () => {
  const offered = await Promise.all(
    Array.from({ length: REQUESTS }, async (_, i) => {
      const { requestNo } = await seatNo(i).register(THEFT);
      await seatNo(i).give("handOver", requestNo);
      return requestNo;
    }),
  );
  const quarter = Math.ceil(REQUESTS / 4);
  for (let from = 0; from < REQUESTS; from += quarter) {
    await Promise.all(offered.slice(from, from + quarter).map((no, i) => amendMany(no, i)));
    for (let i = 0; i < PUSHES / 4; i++) await seatNo(i).register({ ...STREET_LAMP, danger: true });
  }
  const link = await linkOf(seatNo(0));
  expect(link.backlogOrdinary).toBeGreaterThanOrEqual(2_000);
  expect(link.backlogUrgent).toBeGreaterThanOrEqual(PUSHES);
}, 300_000);

test("back again it catches up with the dangers first and in order within each conversation; nothing is lost (nmg:2.2.1)", async () => {
  const began = Date.now();
  await nodes.start("police");
  const restMs = await untilAtRest(nodes, SIDES, 240_000);
  process.stdout.write(
    `  peer down: caught up ${Date.now() - began} ms after its start, at rest ${restMs} ms after ready\n`,
  );

  const log = await openNodeLog(nodes, "police");
  const [urgent] = await log.rows<{ pushes: string; before: string; ordinary: string }>(
    `with pushed as (select max(received_at) as last, count(*) as n from liandong.inbox where message->'body'->>'type' = 'push')
     select n::text as pushes,
       (select count(*) from liandong.inbox i where i.message->>'lane' = 'ordinary' and i.received_at < last)::text as before,
       (select count(*) from liandong.inbox i where i.message->>'lane' = 'ordinary')::text as ordinary from pushed`,
  );
  await log.close();
  expect(Number(urgent?.pushes)).toBe(PUSHES + 1);
  expect(Number(urgent?.ordinary)).toBeGreaterThanOrEqual(2_000);
  // The lanes run side by side: at most the first batch of the backlog may be in before the last danger.
  expect(Number(urgent?.before)).toBeLessThanOrEqual(256);

  const [hotline, police] = [await readRecord(nodes, "hotline"), await readRecord(nodes, "police")];
  expect([...auditCarriage(hotline, police), ...auditCarriage(police, hotline)]).toEqual([]);
  expect([...auditStreams(hotline), ...auditStreams(police)]).toEqual([]);
  expect(auditPairs(hotline, police).problems).toEqual([]);
  expect(auditOwnership(hotline, police)).toMatchObject({ shared: REQUESTS + PUSHES + 1, problems: [] });
}, 300_000);

test("the link is up again and the red marks of the silence are gone (nmg:2.2.1)", async () => {
  expect(await linkOf(seatNo(0))).toMatchObject({ up: true, backlogUrgent: 0, backlogOrdinary: 0 });
  expect((await seatNo(0).alarms()).filter((a) => a.kind === "linkSilent")).toEqual([]);
});
