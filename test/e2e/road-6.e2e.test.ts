import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { startTestPair } from "../setup/pair.ts";
import type { Side, TestPair } from "../setup/pair.ts";
import { signal } from "../setup/pair-processes.ts";
import { eventually, logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import type { AlarmView, CommandDone } from "../../src/http/contract/index.ts";
import { inState, linkageIn, orderIn, seenBy } from "./matters.ts";
import { openNodeLog } from "./node-log.ts";

const OFFICERS = "x150100-policeCommand";
/** Annex part three: somebody threatens an extreme act. */
const EXTREME = { item: "C01-01", fields: { place: "150102", text: "扬言要跳楼", address: "新城区某写字楼" } } as const;

let pair: TestPair;
let agent: Seat;

beforeAll(async () => {
  pair = await startTestPair();
  agent = await logIn(pair.account("hotline", "agent1"));
});
afterAll(() => pair?.end());

async function markOf(seat: Seat, kind: string, no: string): Promise<AlarmView | null> {
  return (await seat.alarms()).find((a) => a.kind === kind && a.requestNo === no) ?? null;
}

test("an empty form and nobody at 110: within 5 s whoever pushed is told the number to dial (nmg:2.2.1)", async () => {
  const began = Date.now();
  const { requestNo, view } = await agent.register({ fields: {}, danger: true });
  expect(view).toMatchObject({ danger: true, dangerOpen: true, responsible: true });
  expect(linkageIn(view, "urgent").state).toBe("pushed");
  const mark = await eventually("noSeatOnDuty", () => markOf(agent, "noSeatOnDuty", requestNo), 5_000);
  expect(Date.now() - began).toBeLessThan(5_000);
  expect(mark).toMatchObject({ dial: "110", acknowledgedAt: null });
  // No place, so no government yet: the missing half alarms and stops nothing.
  expect(await markOf(agent, "completionOwed", requestNo)).not.toBeNull();
  const both = [await logIn(pair.account("hotline", "supervisor")), await logIn(pair.account("police", "supervisor"))];
  for (const supervisor of both) expect(await markOf(supervisor, "noSeatOnDuty", requestNo)).not.toBeNull();

  const dialled = { kind: "noSeatOnDuty", subject: mark.subject };
  expect(await agent.call("POST", "/alarms/acknowledge", dialled)).toMatchObject({
    body: { code: "ALARM_OUTCOME_NEEDED" },
  });
  expect(
    (await agent.call("POST", "/alarms/acknowledge", { ...dialled, outcome: "reached: 已电话告知110" })).status,
  ).toBe(204);
});

test("a seat that comes on duty after an unseated push has it on screen and the sender is relieved (nmg:2.2.1)", async () => {
  const { requestNo } = await agent.register({ fields: {}, danger: true });
  await eventually("noSeatOnDuty", () => markOf(agent, "noSeatOnDuty", requestNo), 5_000);
  const taker = await logIn(pair.account("police", "taker2"));
  await taker.setDuty(true);
  const stream = await taker.stream();
  expect((await taker.queue("danger")).map((r) => r.requestNo)).toContain(requestNo);
  const { id, pushNo } = linkageIn(await taker.request(requestNo), "urgent");
  await taker.give("shown", id, { pushNo });
  await seenBy(agent, requestNo, "delivered", inState("urgent", "delivered"));
  await expect.poll(() => markOf(agent, "noSeatOnDuty", requestNo)).toBeNull();
  await taker.setDuty(false);
  stream.close();
});

test("an on-duty seat hears the push live; only when it has it on screen the sender lets go of the danger (nmg:2.2.1)", async () => {
  const taker = await logIn(pair.account("police", "taker1"));
  await taker.setDuty(true);
  const stream = await taker.stream();
  const { requestNo } = await agent.register(EXTREME);
  const heard = await stream.next("the push", (f) => f.requestNo === requestNo && f.type === "message.push");
  const at110 = await taker.request(requestNo);
  expect(at110).toMatchObject({ danger: true, dangerOpen: true, responsible: false });
  expect(at110.fields["address"]).toMatchObject({ showing: "clear", value: EXTREME.fields.address });
  expect(await markOf(taker, "urgentPush", requestNo)).toMatchObject({ level: 1 });
  expect(linkageIn(await agent.request(requestNo), "urgent").state).toBe("pushed");

  await taker.give("shown", heard.streamId, { pushNo: 1 });
  const released = await seenBy(agent, requestNo, "delivered", inState("urgent", "delivered"));
  expect(released.responsible).toBe(true);
  await taker.give("sign", heard.streamId);
  await seenBy(agent, requestNo, "signed", (v) => linkageIn(v, "urgent").signedAt !== null);
  expect(await markOf(taker, "urgentPush", requestNo)).toBeNull();
  stream.close();
});

test("push and government order are one transaction when the place is known (nmg:a3)", async () => {
  const { requestNo, caseId, view } = await agent.register(EXTREME);
  expect(orderIn(view, "work").unit).toBe("x150102-governmentDutyDesk");
  const log = await openNodeLog(pair, "hotline");
  const events = await log.rows<{ tx: string; type: string; cause: string }>(
    `select tx::text, type, coalesce(body->'cause'->>'id', body->>'cause') as cause from liandong.events
     where case_id = $1 and type in ('CaseRegistered', 'command.push', 'OrderDispatched') order by type`,
    [caseId],
  );
  const sent = await log.rows<{ cause: string }>(
    `select message->>'cause' as cause from liandong.outbox where case_id = $1 and type = 'push'`,
    [caseId],
  );
  await log.close();
  expect(events.map((e) => e.type)).toEqual(["CaseRegistered", "OrderDispatched", "command.push"]);
  expect(new Set(events.map((e) => e.tx)).size).toBe(1);
  expect(new Set([...events, ...sent].map((e) => e.cause)).size).toBe(1);
  expect(sent).toHaveLength(1);
  expect(requestNo).toMatch(/^\d{19}$/);
});

test("a government order follows as soon as the place is known, and the mark of the missing half goes (nmg:a3)", async () => {
  const { requestNo } = await agent.register({ fields: {}, danger: true });
  expect(await markOf(agent, "completionOwed", requestNo)).not.toBeNull();
  await agent.give("amend", requestNo, { fields: { place: "150103" } });
  const again = await agent.give("danger", requestNo, { note: "地点已问清" });
  expect(orderIn(again.view, "work").unit).toBe("x150103-governmentDutyDesk");
  expect(await markOf(agent, "completionOwed", requestNo)).toBeNull();
});

test("officers end the danger; their result reaches 12345 and its own part stays open (nmg:a3)", async () => {
  const dispatcher = await logIn(pair.account("police", "dispatcher"));
  const patrol = await logIn(pair.account("police", "patrol"));
  const { requestNo } = await agent.register(EXTREME);
  const { id } = linkageIn(await seenBy(dispatcher, requestNo, "the push", (v) => v.dangerOpen), "urgent");
  await dispatcher.setDuty(true);
  await dispatcher.give("sign", id, { pushNo: linkageIn(await dispatcher.request(requestNo), "urgent").pushNo });
  await dispatcher.setDuty(false);
  const { view } = await dispatcher.give("dispatch", requestNo, { kind: "police", unit: OFFICERS });
  await patrol.give("arrive", orderIn(view, "police").id);
  await patrol.give("reply", orderIn(view, "police").id, { resolution: "handled", reply: "人已劝下" });
  await dispatcher.give("endDanger", id, { outcome: "handled", result: "险情解除，人员安全" });
  const ended = await seenBy(agent, requestNo, "the end", inState("urgent", "ended"));
  expect(ended).toMatchObject({ dangerOpen: false, responsible: true, status: "handling" });
  expect(Object.values(ended.fields).map((f) => f.value)).toContain("险情解除，人员安全");
  await seenBy(dispatcher, requestNo, "110's copy ends", (v) => v.status === "closed" && v.closedAs === "dangerEnded");
});

/** Two desks agree otherwise: the side's configuration is changed and its node started again, as an operator does it. */
async function agree(side: Side, policy: Readonly<Record<string, number>>): Promise<void> {
  const { file } = pair.config(side);
  writeFileSync(file, stringify({ ...parse(readFileSync(file, "utf8")), policy }));
  const before = pair.pids()[side];
  signal(before ?? 0, "SIGKILL");
  await eventually(`${side} is back`, async () => {
    const now = pair.pids()[side];
    if (now === null || now === before) return null;
    return (await fetch(`${pair.urls[side]}/api/health`).catch(() => null))?.ok === true ? true : null;
  });
}

test("unsigned it rings: level 1 after half the agreed time, level 2 after all of it, signing stops it (nmg:2.2.1)", async () => {
  for (const side of ["hotline", "police"] as const) await agree(side, { urgentSignSeconds: 6 });
  const taker = await logIn(pair.account("police", "taker1"));
  const supervisor = await logIn(pair.account("police", "supervisor"));
  await taker.setDuty(true);
  const stream = await taker.stream();
  const began = Date.now();
  const { requestNo }: CommandDone = await agent.register(EXTREME);
  const { id } = linkageIn(await seenBy(taker, requestNo, "the push", (v) => v.dangerOpen), "urgent");
  await taker.give("shown", id, { pushNo: 1 });
  const levelAt = async (seat: Seat, level: number): Promise<number> => {
    const look = async (): Promise<true | null> => {
      const mark = await markOf(seat, "urgentUnsigned", requestNo);
      return mark !== null && mark.level >= level && mark.dial !== null ? true : null;
    };
    await eventually(`urgentUnsigned ${level}`, look, 12_000);
    return Date.now() - began;
  };
  const first = await levelAt(taker, 1);
  expect(first).toBeGreaterThan(2_900);
  expect(first).toBeLessThan(5_900);
  const second = await levelAt(supervisor, 2);
  expect(second).toBeGreaterThan(5_900);
  expect(second).toBeLessThan(9_900);
  const pushedFrom = await logIn(pair.account("hotline", "supervisor"));
  const there = await eventually(
    "the sender is called too",
    () => markOf(pushedFrom, "peerUnsigned", requestNo),
    12_000,
  );
  expect(there).toMatchObject({ dial: expect.stringMatching(/\d/) });
  await taker.give("sign", id);
  await eventually("the sender's mark ends", async () =>
    (await markOf(pushedFrom, "peerUnsigned", requestNo)) === null ? true : null,
  );
  for (const kind of ["urgentUnsigned", "urgentPush"]) expect(await markOf(supervisor, kind, requestNo)).toBeNull();
  stream.close();
});

test("ordinary load that holds every connection of 12345 delays no push: it is committed and on 110's list at once (nmg:2.2.1)", async () => {
  const [supervisor, taker] = await Promise.all([
    logIn(pair.account("hotline", "supervisor")),
    logIn(pair.account("police", "taker1")),
  ]);
  const log = await openNodeLog(pair, "hotline");
  const answered: number[] = [];
  // Whoever reads the dead letters now waits with a connection in hand.
  await log.rows("begin");
  await log.rows("lock table liandong.inbox_kept in access exclusive mode");
  const load = Array.from({ length: 24 }, async () => {
    answered.push((await supervisor.call("GET", "/dead-letters")).status);
  });
  const waits = agent.call("GET", "/requests/counts").then(({ status }) => answered.push(status));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const began = Date.now();
  const { requestNo } = await agent.register({ ...EXTREME, danger: true });
  await eventually("the push at 110", () => markOf(taker, "urgentPush", requestNo), 3_000);
  expect(Date.now() - began).toBeLessThan(3_000);
  expect(answered).toEqual([]);
  await log.rows("rollback");
  await Promise.all([...load, waits]);
  await log.close();
});
