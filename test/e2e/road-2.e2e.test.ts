import { beforeAll, expect, test } from "vitest";
import type { PairFacts } from "../setup/pair.ts";
import { eventually, logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { sharedTestPair } from "../setup/shared-pair.ts";
import { linkageIn, noticesOf, orderIn, seenBy, STREET_LAMP } from "./matters.ts";

const UNIT = "x150100-municipalWorks";

let pair: PairFacts;
let agent: Seat;
let dispatcher: Seat;
let clerk: Seat;

beforeAll(async () => {
  pair = await sharedTestPair();
  agent = await logIn(pair.account("hotline", "agent1"));
  dispatcher = await logIn(pair.account("hotline", "dispatcher"));
  clerk = await logIn(pair.account("hotline", "unit1"));
});

test("12345 dispatches to a unit, the unit replies, 12345 calls back and the person rates (nmg:2.2.1)", async () => {
  const heard = await clerk.stream();
  const { requestNo } = await agent.register(STREET_LAMP);
  const dispatched = await agent.give("dispatch", requestNo, { kind: "work", unit: UNIT, instruction: "今晚修复" });
  expect(dispatched.view.status).toBe("handling");
  const order = orderIn(dispatched.view, "work");
  await heard.next("the new order", (f) => f.requestNo === requestNo && f.type === "OrderDispatched");

  const listed = (await clerk.orders()).find((row) => row.requestNo === requestNo);
  expect(listed).toMatchObject({
    order: { id: order.id, status: "dispatched", instruction: { showing: "clear", value: "今晚修复" } },
    fields: { address: { showing: "clear", value: STREET_LAMP.fields.address } },
  });
  await clerk.give("acknowledgeOrder", order.id);
  await expect(
    dispatcher.give("conclude", requestNo, { resolution: "resolved", result: "早了" }),
  ).rejects.toMatchObject({
    problem: { code: "ORDERS_OPEN" },
  });
  await clerk.give("reply", order.id, { resolution: "resolved", reply: "已更换灯头" });

  const replied = await agent.request(requestNo);
  expect(orderIn(replied, "work")).toMatchObject({ status: "replied", reply: { value: "已更换灯头" } });
  await dispatcher.give("conclude", requestNo, { resolution: "resolved", result: "路灯已修复" });
  await expect(agent.give("close", requestNo)).rejects.toMatchObject({ problem: { code: "NOT_CALLED_BACK" } });
  await agent.give("callBack", requestNo, { outcome: "reached", satisfaction: 5, solved: true });
  const closed = await agent.give("close", requestNo);
  expect(closed.view).toMatchObject({
    status: "closed",
    closedAs: "calledBack",
    rating: { satisfaction: 5, solved: true },
    callbacks: [{ no: 1, outcome: "reached" }],
  });
  expect((await clerk.orders(false)).map((row) => row.requestNo)).toContain(requestNo);
  await eventually("the unit's duty phone was told", async () =>
    noticesOf(pair, "hotline").some((n) => n.template === "orderDispatched" && n.text.includes(requestNo))
      ? true
      : null,
  );
  heard.close();
});

test("a bad call-back sends the matter back to work (nmg:2.2.5)", async () => {
  const { requestNo } = await agent.register(STREET_LAMP);
  const { view } = await agent.give("dispatch", requestNo, { kind: "work", unit: UNIT });
  await clerk.give("reply", orderIn(view, "work").id, { resolution: "resolved", reply: "已修" });
  await dispatcher.give("conclude", requestNo, { resolution: "resolved", result: "已修" });
  await agent.give("callBack", requestNo, { outcome: "reached", satisfaction: 1, solved: false });
  const reopened = await agent.give("reopen", requestNo, { reason: "notSolved", note: "灯仍不亮" });
  expect(reopened.view).toMatchObject({ status: "accepted", responsible: true });
});

test("who cannot be reached is tried before the request is closed, and again after a rehandling (nmg:2.2.1)", async () => {
  const { requestNo } = await agent.register(STREET_LAMP);
  await agent.give("accept", requestNo);
  for (const handling of [1, 2]) {
    await dispatcher.give("conclude", requestNo, { resolution: "explained", result: "已说明" });
    await expect(agent.give("close", requestNo)).rejects.toMatchObject({ problem: { code: "NOT_CALLED_BACK" } });
    const { view } = await agent.give("callBack", requestNo, { outcome: "notReached" });
    expect(view.callbacks).toHaveLength(handling);
    if (handling === 1) await agent.give("reopen", requestNo, { reason: "notSolved" });
  }
  expect((await agent.give("close", requestNo)).view.closedAs).toBe("unreachable");
});

test("a clerk sees and acts on the orders of the own unit alone (nmg:2.3.2)", async () => {
  const other = await logIn(pair.account("hotline", "unit2"));
  const { requestNo } = await agent.register(STREET_LAMP);
  const { view } = await agent.give("dispatch", requestNo, { kind: "work", unit: UNIT });
  const order = orderIn(view, "work").id;
  await expect(other.request(requestNo)).rejects.toMatchObject({ status: 403 });
  await expect(other.give("acknowledgeOrder", order)).rejects.toMatchObject({ problem: { code: "FORBIDDEN" } });
  await expect(other.give("orderDanger", order)).rejects.toMatchObject({ problem: { code: "FORBIDDEN" } });
  expect((await other.orders()).map((row) => row.requestNo)).not.toContain(requestNo);
});

test("a unit that meets danger while handling has one button to 110; its order stays open (nmg:2.2.2)", async () => {
  const { requestNo } = await agent.register(STREET_LAMP);
  const { view } = await agent.give("dispatch", requestNo, { kind: "work", unit: UNIT });
  const order = orderIn(view, "work");
  const row = (await clerk.orders()).find((r) => r.requestNo === requestNo);
  expect(row?.allowed).toContain("orderDanger");

  await clerk.give("orderDanger", order.id, { note: "现场有人持刀阻拦" });
  const at12345 = await agent.request(requestNo);
  expect(at12345).toMatchObject({ danger: true, dangerOpen: true, responsible: true, status: "handling" });
  expect(at12345.orders.find((o) => o.id === order.id)?.status).toBe("dispatched");

  const taker = await logIn(pair.account("police", "taker1"));
  const at110 = await seenBy(taker, requestNo, "the push", (v) => v.dangerOpen);
  expect(linkageIn(at110, "urgent")).toMatchObject({ role: "R", state: "active" });
  // Who is in danger stands before what it says.
  const said = Object.values(at110.fields).map((f) => f.value ?? "");
  expect(said.find((text) => text.includes("现场有人持刀阻拦"))).toMatch(/^承办单位报警：.+，值班电话 /);
  expect(at110.responsible).toBe(false);
});
