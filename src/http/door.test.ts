import type { RouteOptions } from "fastify";
import { expect, test } from "vitest";
import { isPresented, markPresented } from "../app/present-brand.ts";
import type { Presented } from "../app/present-brand.ts";
import { ok } from "../kernel/index.ts";
import { ACTS, COMMANDS, READS } from "./contract/index.ts";
import type { RequestView } from "./contract/index.ts";
import { OTHER_ROUTES } from "./other-routes.ts";
import { aView, CASE_ID, NO, openTestDesk } from "./test-desk.ts";

test("every route stands in a table of the contract or in the list of exceptions with its reason", async () => {
  const routes = await declaredRoutes();
  const known = new Set([
    ...Object.values(COMMANDS).map((row) => `POST /api${row.path}`),
    ...Object.values(READS).map((row) => `GET /api${row.path}`),
    ...Object.values(ACTS).map((row) => `${row.method} /api${row.path}`),
    ...OTHER_ROUTES.map((row) => `${row.method} ${row.path}`),
  ]);
  const served = routes.map((r) => `${String(r.method)} ${r.url}`);
  expect(served.filter((r) => !known.has(r))).toEqual([]);
  expect([...known].filter((r) => !served.includes(r) && r !== "GET /*")).toEqual([]);
  for (const row of OTHER_ROUTES) expect(row.reason.length).toBeGreaterThan(10);
});

test("a route asks the permission and the door that its table row says", async () => {
  const routes = await declaredRoutes();
  const ruleAt = (method: string, path: string) =>
    routes.find((r) => r.method === method && r.url === `/api${path}`)?.config?.rule;
  for (const [name, row] of Object.entries(COMMANDS))
    expect(ruleAt("POST", row.path)).toMatchObject({ name, action: row.action, door: "view", access: "session" });
  for (const [name, row] of Object.entries(READS))
    expect(ruleAt("GET", row.path)).toMatchObject({
      name,
      action: row.action,
      door: row.door ? "body" : null,
      access: name === "meta" ? "open" : "session",
    });
  for (const [name, row] of Object.entries(ACTS)) {
    const rule = ruleAt(row.method, row.path);
    expect([rule?.name, rule?.action, rule?.door !== null]).toEqual([name, row.action, row.door]);
  }
});

test("an undeclared route does not come up", async () => {
  const desk = await openTestDesk();
  expect(() => desk.app.get("/api/export", async () => "everything")).toThrow("declared nowhere");
});

test("an answer that did not come out of the door is held back on every door route (nmg:2.3.2)", async () => {
  const forged = { ...markPresented(aView()), fields: { text: { showing: "clear", value: "13800001111" } } };
  expect(isPresented(forged)).toBe(false);
  const unmarked = async () => ok(forged as unknown as Presented<RequestView>);
  const done = { requestNo: NO, caseId: CASE_ID, etag: "1", repeated: false, view: forged };
  const log: string[] = [];
  const desk = await openTestDesk({
    logger: { level: "error", stream: { write: (line: string) => log.push(line) } },
    api: {
      request: unmarked,
      timeline: unmarked as never,
      queue: unmarked as never,
      unitOrders: unmarked as never,
      reveal: unmarked as never,
      searchByPhone: unmarked as never,
      command: async () => ok(done as never),
      register: async () => ok(done as never),
    },
  });
  const taker = await desk.logIn("taker");
  const clerk = await desk.logIn("clerk");
  const answers = [
    await taker.send({ url: `/api/requests/${NO}` }),
    await taker.send({ url: `/api/requests/${NO}/timeline` }),
    await taker.send({ url: "/api/requests?view=all" }),
    await clerk.send({ url: "/api/orders" }),
    await taker.command(`/requests/${NO}/reveal`, { field: "requester.phone", reason: "callback" }),
    await taker.command("/requests/search", { phone: "13800001111" }),
    await taker.command(`/requests/${NO}/accept`),
    await taker.command("/requests", { fields: {} }),
  ];
  for (const answer of answers) {
    expect([answer.statusCode, answer.json().code]).toEqual([500, "PRESENT_BYPASSED"]);
    expect(answer.body).not.toContain("13800001111");
  }
  expect(log.filter((line) => line.includes("PRESENT_BYPASSED"))).toHaveLength(answers.length);
  expect(log.join("")).not.toContain("13800001111");
});

test("text sent by hand from a door route is held back as well", async () => {
  const desk = await openTestDesk();
  desk.app.get(
    "/api/planted",
    { config: { rule: { table: "READS", name: "x", access: "open", action: null, door: "body", limit: "never" } } },
    async (_request, reply) => reply.type("application/json").send(JSON.stringify({ phone: "13800001111" })),
  );
  const answer = await desk.app.inject({ url: "/api/planted" });
  expect([answer.statusCode, answer.json().code]).toEqual([500, "PRESENT_BYPASSED"]);
  expect(answer.body).not.toContain("13800001111");
});

test("a property that the contract does not name never leaves, even through the door (nmg:2.3.2)", async () => {
  const extra = { ...aView({ verdict: null }), secret: "13800001111" };
  const desk = await openTestDesk({ api: { request: async () => ok(markPresented(extra)) } });
  const answer = await (await desk.logIn("taker")).send({ url: `/api/requests/${NO}` });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual(aView());
});

async function declaredRoutes(): Promise<readonly RouteOptions[]> {
  return (await openTestDesk()).app.declaredRoutes;
}
