import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ok } from "../kernel/index.ts";
import { NO, openTestDesk } from "./test-desk.ts";
import type { TestDesk } from "./test-desk.ts";

const AT = "2026-11-22T05:18:17.123Z";
const LINE = {
  requestNo: NO,
  linkageId: "0197f3c2-6f1e-7d3a-9b1c-2f4e5a6b7c8d",
  peer: "police-150100",
  kind: "clear",
  role: "S",
  part: "ordinary",
  state: "offered",
  since: AT,
  dueAt: AT,
  who: "operator",
  act: "mendLink",
  level: 1,
  source: "nmg:2.3.1",
} as const;

let desk: TestDesk;
beforeEach(async () => {
  desk = await openTestDesk();
});
afterEach(() => desk.app.close());

const CALLS = ["/api/standing", "/api/links/figures"] as const;

describe("the routes that show what stands still (nmg:2.2.1, nmg:2.3.1)", () => {
  test("answer a supervisor and an operator, and nobody else (nmg:2.3.2)", async () => {
    for (const login of ["supervisor", "operator"]) {
      const seat = await desk.logIn(login);
      const answers = await Promise.all(CALLS.map((url) => seat.send({ method: "GET", url })));
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    }
    for (const login of ["taker", "clerk"]) {
      const seat = await desk.logIn(login);
      for (const url of CALLS) expect((await seat.send({ method: "GET", url })).statusCode).toBe(403);
    }
    for (const url of CALLS) expect((await desk.app.inject({ method: "GET", url })).statusCode).toBe(401);
    expect(desk.asked.map(({ name }) => name)).toEqual(["standing", "peerFigures", "standing", "peerFigures"]);
  });

  test("ask for the page that the reader named, and refuse what is no page", async () => {
    const seat = await desk.logIn("supervisor");
    await seat.send({ method: "GET", url: "/api/standing?cursor=abc&limit=7" });
    expect(desk.asked[0]?.args[1]).toEqual({ cursor: "abc", limit: 7 });
    for (const wrong of ["limit=0", "limit=x", "cursor=%00", "more=1"])
      expect((await seat.send({ method: "GET", url: `/api/standing?${wrong}` })).statusCode).toBe(400);
  });

  test("give the line as the contract says, and no field that it does not name (P5)", async () => {
    const rows = [{ ...LINE, text: "路灯不亮" }];
    const shown = await openTestDesk({ api: { standing: async () => ok({ rows, next: null }) } });
    const answer = await (await shown.logIn("supervisor")).send({ method: "GET", url: "/api/standing" });
    expect([answer.statusCode, answer.json()]).toEqual([200, { rows: [LINE], next: null }]);
    await shown.app.close();
  });
});
