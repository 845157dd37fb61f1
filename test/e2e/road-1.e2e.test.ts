import { beforeAll, expect, test } from "vitest";
import type { PairFacts } from "../setup/pair.ts";
import { logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { sharedTestPair } from "../setup/shared-pair.ts";
import { checkCodeSent, STREET_LAMP } from "./matters.ts";

let pair: PairFacts;
let agent: Seat;

beforeAll(async () => {
  pair = await sharedTestPair();
  agent = await logIn(pair.account("hotline", "agent1"));
});

test("12345 answers on the spot and closes; 110 never hears of it (nmg:3.3)", async () => {
  const { requestNo, view } = await agent.register({
    ...STREET_LAMP,
    fields: { ...STREET_LAMP.fields, requestKind: "inquiry", text: "社保卡丢了去哪里补办" },
  });
  expect(view).toMatchObject({ status: "registered", responsible: true, holder: "hotline-150100", missing: [] });
  expect(requestNo).toMatch(/^1501001\d{12}$/);

  const answered = await agent.give("answer", requestNo, { answer: "带身份证到就近的社保网点补办" });
  expect(answered.view).toMatchObject({
    status: "concluded",
    conclusion: { resolution: "answeredAtOnce", by: "self" },
  });
  const closed = await agent.give("close", requestNo);
  expect(closed.view).toMatchObject({ status: "closed", closedAs: "answered", responsible: false, holder: null });

  const taker = await logIn(pair.account("police", "taker1"));
  expect(await taker.call("GET", `/requests/${requestNo}`)).toMatchObject({
    status: 404,
    body: { code: "REQUEST_UNKNOWN" },
  });
});

test("every step of the answer names who did it and the clause behind it (nmg:2.3.1)", async () => {
  const { requestNo } = await agent.register(STREET_LAMP);
  await agent.give("answer", requestNo, { answer: "已报修，今晚恢复" });
  await agent.give("close", requestNo);
  const rows = await agent.timeline(requestNo);
  expect(rows.map((r) => r.type)).toEqual(["CaseRegistered", "CaseJudged", "CaseAnswered", "CaseClosed"]);
  for (const row of rows) {
    expect(row.source).toMatch(/^nmg:/);
    expect(row.by).toMatchObject({ kind: "user", id: agent.userId, name: "12345话务席01" });
  }
});

test("nothing is concluded while its kind, field or requester type is unknown (nmg:2.1)", async () => {
  const { requestNo, view } = await agent.register({ item: "A01-05", fields: { text: "路灯坏了" } });
  expect(view.missing).toEqual(["requestKind", "field", "requesterType"]);
  await expect(agent.give("answer", requestNo, { answer: "已报修" })).rejects.toMatchObject({
    status: 422,
    problem: { code: "FACTS_MISSING" },
  });
});

test("the public reads the status by number and check code, and by nothing less (nmg:2.3.1)", async () => {
  const { requestNo } = await agent.register({
    ...STREET_LAMP,
    fields: { ...STREET_LAMP.fields, requesterPhone: "13847100001" },
  });
  const code = await checkCodeSent(pair, "hotline", requestNo);
  const ask = (no: string, secret: string): Promise<Response> =>
    fetch(`${pair.urls.hotline}/api/public/status?no=${no}&code=${secret}`);
  const found = await ask(requestNo, code.toLowerCase());
  expect(await found.json()).toMatchObject({ requestNo, stage: "received" });
  const wrongCode = await ask(requestNo, code === "333333" ? "444444" : "333333");
  const wrongNo = await ask("1501001201122999990", code);
  for (const refused of [wrongCode, wrongNo]) {
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ code: "STATUS_UNKNOWN" });
  }
  await agent.give("answer", requestNo, { answer: "今晚恢复" });
  expect(await (await ask(requestNo, code)).json()).toMatchObject({ stage: "concluded" });
});
