import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { PairFacts } from "../setup/pair.ts";
import { logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { sharedTestPair } from "../setup/shared-pair.ts";
import { orderIn, STREET_LAMP } from "./matters.ts";

let pair: PairFacts;
let agent: Seat;
let dispatcher: Seat;
let supervisor: Seat;
let unit: Seat;

beforeAll(async () => {
  pair = await sharedTestPair();
  const seat = (login: string): Promise<Seat> => logIn(pair.account("hotline", login));
  [agent, dispatcher, supervisor, unit] = await Promise.all([
    seat("agent1"),
    seat("dispatcher"),
    seat("supervisor"),
    seat("unit1"),
  ]);
});

/** Minutes from the registration until its first limit. */
async function minutesLeft(no: string): Promise<number> {
  const due = (await agent.queue("mine")).find((one) => one.requestNo === no)?.due?.at ?? "";
  return Math.round((Date.parse(due) - Date.parse((await agent.request(no)).registeredAt)) / 60_000);
}

test("a limit by item reaches what is judged only after it was registered, and no later judgement gives more time (nmg:2.2.5)", async () => {
  const { item: _unknown, ...lamp } = STREET_LAMP;
  const { requestNo } = await agent.register(lamp);
  expect(await minutesLeft(requestNo)).toBe(24 * 60);
  await agent.give("judge", requestNo, { item: "A14-05" });
  expect(await minutesLeft(requestNo)).toBe(60);
  await agent.give("judge", requestNo, { item: "A01-05" });
  expect(await minutesLeft(requestNo)).toBe(60);
  const lines = (await agent.timeline(requestNo)).filter(({ stream }) => stream === "clock");
  expect(lines.map(({ type }) => type)).toEqual(["ClockTightened"]);
});

async function atUnit() {
  const { requestNo, caseId } = await agent.register(STREET_LAMP);
  const { view } = await agent.give("dispatch", requestNo, { kind: "work", unit: "x150100-municipalWorks" });
  return { no: requestNo, caseId, order: orderIn(view, "work").id };
}

const clockOf = async (no: string) => (await supervisor.request(no)).orders[0]?.clock;

test("a unit asks for more time, the supervisor is told and gives it: who and why stands in the history (nmg:2.2.5)", async () => {
  const { no, order } = await atUnit();
  const before = await clockOf(no);
  const ask = { amount: 2, reason: "worksNeeded", note: "须开挖路面" };
  await unit.give("askExtension", order, ask);
  expect((await clockOf(no))?.asked).toMatchObject({ amount: 2, note: { value: "须开挖路面" }, own: false });
  const marks = (await supervisor.alarms()).filter((mark) => mark.requestNo === no);
  expect(marks.map(({ kind }) => kind)).toEqual(["extensionAsked"]);
  await expect(unit.give("approveExtension", order)).rejects.toMatchObject({ problem: { code: "FORBIDDEN" } });
  const approved = await supervisor.give("approveExtension", order, { note: "同意" });
  expect(approved.view.orders[0]?.clock).toMatchObject({ extended: 2, asked: null });
  expect(Date.parse(approved.view.orders[0]?.clock?.dueAt ?? "")).toBeGreaterThan(Date.parse(before?.dueAt ?? ""));
  expect((await supervisor.alarms()).some((mark) => mark.requestNo === no)).toBe(false);
  const lines = (await supervisor.timeline(no)).filter(({ stream }) => stream === "clock");
  expect(lines.map(({ type, by, texts }) => [type, by.id, texts[0]?.view.value])).toEqual([
    ["ExtensionAsked", unit.userId, "须开挖路面"],
    ["ExtensionApproved", supervisor.userId, "同意"],
  ]);
});

test("pause and resume by key and If-Match; the row of the queue says that the time stands still (nmg:2.2.5)", async () => {
  const { no, caseId, order } = await atUnit();
  const key = randomUUID();
  const body = { reason: "siteClosed" };
  const paused = await dispatcher.give("pauseClock", order, body, { key });
  expect((await dispatcher.give("pauseClock", order, body, { key })).repeated).toBe(true);
  const row = async () => (await agent.queue("mine")).find((one) => one.requestNo === no)?.due;
  expect(await row()).toMatchObject({ status: "paused" });
  await expect(dispatcher.give("resumeClock", order, {}, { ifMatch: "999" })).rejects.toMatchObject({
    problem: { code: "ETAG_STALE" },
  });
  await dispatcher.give("resumeClock", order, {}, { ifMatch: paused.etag });
  expect(await row()).toMatchObject({ status: "running", stage: "acknowledge" });
  await expect(agent.give("pauseClock", caseId, body)).rejects.toMatchObject({ status: 403 });
  await expect(unit.give("askExtension", caseId, { amount: 1, reason: "other", note: "x" })).rejects.toMatchObject({
    status: 403,
  });
  await expect(dispatcher.give("pauseClock", randomUUID(), body)).rejects.toMatchObject({
    problem: { code: "REQUEST_UNKNOWN" },
  });
});

test("waiting for the requester ends when he answers, and no danger waits for anything (nmg:2.2.1)", async () => {
  const { no, caseId, order } = await atUnit();
  await unit.give("awaitRequester", order, { days: 3, note: "请补门牌号" });
  expect(await clockOf(no)).toMatchObject({ status: "awaitingRequester", dueAt: null });
  await agent.give("amend", no, { fields: {}, note: "门牌号是 12 号" });
  expect(await clockOf(no)).toMatchObject({ status: "running", awaitUntil: null });
  await dispatcher.give("pauseClock", order, { reason: "awaitsOther" });
  await agent.give("danger", no);
  expect(await clockOf(no)).toMatchObject({ status: "running" });
  for (const subject of [order, caseId])
    await expect(dispatcher.give("pauseClock", subject, { reason: "awaitsOther" })).rejects.toMatchObject({
      problem: { code: "CLOCK_DANGER_OPEN", source: "default" },
    });
});
