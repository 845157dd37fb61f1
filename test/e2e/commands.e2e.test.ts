import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { PairFacts } from "../setup/pair.ts";
import { logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { sharedTestPair } from "../setup/shared-pair.ts";
import { linkageIn, orderIn, STREET_LAMP } from "./matters.ts";

let pair: PairFacts;
let agent: Seat;

beforeAll(async () => {
  pair = await sharedTestPair();
  agent = await logIn(pair.account("hotline", "agent1"));
});

test("the same key twice is the same request, also when both come at once (nmg:2.2.1)", async () => {
  const key = randomUUID();
  const first = await agent.register(STREET_LAMP, { key });
  const again = await agent.register(STREET_LAMP, { key });
  expect(first.repeated).toBe(false);
  expect(again).toMatchObject({ requestNo: first.requestNo, caseId: first.caseId, repeated: true });

  const other = randomUUID();
  const many = await Promise.all(Array.from({ length: 8 }, () => agent.register(STREET_LAMP, { key: other })));
  expect(new Set(many.map((m) => m.requestNo)).size).toBe(1);
  expect(many.filter((m) => !m.repeated)).toHaveLength(1);
});

test("a command repeated with its key is carried out once (nmg:2.2.1)", async () => {
  const { requestNo } = await agent.register(STREET_LAMP);
  const key = randomUUID();
  const body = { kind: "work", unit: "x150100-municipalWorks" };
  await agent.give("dispatch", requestNo, body, { key });
  const again = await agent.give("dispatch", requestNo, body, { key });
  expect(again.repeated).toBe(true);
  expect(again.view.orders).toHaveLength(1);
});

test("a used key with another body, or from somebody else, is refused (nmg:2.2.1)", async () => {
  const key = randomUUID();
  await agent.register(STREET_LAMP, { key });
  await expect(agent.register({ ...STREET_LAMP, item: "A01-09" }, { key })).rejects.toMatchObject({
    status: 422,
    problem: { code: "IDEMPOTENCY_KEY_REUSED" },
  });
  const other = await logIn(pair.account("hotline", "agent2"));
  await expect(other.register(STREET_LAMP, { key })).rejects.toMatchObject({
    problem: { code: "IDEMPOTENCY_KEY_REUSED" },
  });
  expect(await agent.call("POST", "/requests", STREET_LAMP)).toMatchObject({
    status: 400,
    body: { code: "IDEMPOTENCY_KEY_MISSING" },
  });
});

test("what was decided on an old picture is refused; danger never is (nmg:2.2.1)", async () => {
  const { requestNo, etag } = await agent.register(STREET_LAMP);
  await agent.give("amend", requestNo, { fields: {}, note: "补充" }, { ifMatch: etag });
  await expect(agent.give("accept", requestNo, {}, { ifMatch: etag })).rejects.toMatchObject({
    status: 412,
    problem: { code: "ETAG_STALE" },
  });
  const pushed = await agent.give("danger", requestNo, { note: "有人受伤" }, { ifMatch: etag });
  expect(linkageIn(pushed.view, "urgent").state).toBe("pushed");
});

test("nothing about a danger's form is refused: no key, no JSON, wrong fields, unknown item (nmg:2.2.1)", async () => {
  const { requestNo } = await agent.register(STREET_LAMP);
  const bare = await agent.call<{ readonly view: { readonly danger: boolean } }>(
    "POST",
    `/requests/${requestNo}/danger`,
  );
  expect(bare).toMatchObject({ status: 200, body: { view: { danger: true } } });
  const odd = { danger: true, item: "Z99-99", fields: { place: "999999", requesterPhone: "没听清", text: "救命" } };
  const born = await agent.call("POST", "/requests", odd);
  expect(born).toMatchObject({ status: 201, body: { view: { danger: true, dangerOpen: true } } });
  expect(JSON.stringify(born.body)).toContain("没听清");
});

test("a place outside the node's region hides a request from nobody here, and no saved change is told as refused (nmg:2.2.1)", async () => {
  const { requestNo } = await agent.register({ ...STREET_LAMP, fields: { ...STREET_LAMP.fields, place: "150203" } });
  expect(await agent.request(requestNo)).toMatchObject({ place: "150203", placeName: "昆都仑区" });
  expect((await agent.queue("mine")).find((r) => r.requestNo === requestNo)).toMatchObject({ place: "150203" });
  const moved = await agent.give("amend", requestNo, { fields: { place: "150204" } });
  expect(moved.view.place).toBe("150204");
});

test("danger gets through while everybody writes the same request (nmg:2.2.1)", async () => {
  const { requestNo } = await agent.register(STREET_LAMP);
  const writers = Array.from({ length: 12 }, (_, i) =>
    agent.give("amend", requestNo, { fields: {}, note: `补充${i}` }).catch(() => null),
  );
  const dangers = Array.from({ length: 4 }, () => agent.give("danger", requestNo, { note: "快" }));
  for (const done of await Promise.all(dangers)) expect(done.view.danger).toBe(true);
  await Promise.all(writers);
  const view = await agent.request(requestNo);
  expect(view.linkages.filter((l) => l.kind === "urgent")).toHaveLength(1);
  expect(view.orders.filter((o) => o.unit === "x150102-governmentDutyDesk")).toHaveLength(1);
  expect(orderIn(view, "work").status).toBe("dispatched");
});

test("a live stream resumes where it was cut, without hole and without double (nmg:2.3.2)", async () => {
  const first = await agent.stream();
  const { requestNo } = await agent.register(STREET_LAMP);
  const seen = await first.next("the registration", (f) => f.requestNo === requestNo);
  first.close();
  for (const note of ["一", "二", "三"]) await agent.give("amend", requestNo, { fields: {}, note });
  const second = await agent.stream(seen.cursor);
  await agent.give("accept", requestNo);
  await second.next("the acceptance", (f) => f.requestNo === requestNo && f.type === "CaseAccepted");
  // What follows from a command by itself, the judgement and the clocks, comes along.
  const given = /^Case(Amended|Accepted)$/;
  const types = second.frames().filter((f) => f.requestNo === requestNo && given.test(f.type));
  expect(types.map((f) => f.type)).toEqual(["CaseAmended", "CaseAmended", "CaseAmended", "CaseAccepted"]);
  second.close();
});
