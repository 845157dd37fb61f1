import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTestDesk } from "./test-desk.ts";
import type { TestDesk } from "./test-desk.ts";

const BODY = { version: "city-1501@1", digest: "ab".repeat(32), peer: "police-150100" };

let desk: TestDesk;
beforeEach(async () => {
  desk = await openTestDesk();
});
afterEach(() => desk.app.close());

describe("the routes by which the catalogue is agreed (nmg:2.2.5, REQ-20)", () => {
  const calls = [
    { method: "GET", url: "/api/catalogue/agreement" },
    { method: "GET", url: "/api/catalogue/agreement/changes?version=city-1501@1" },
    { method: "POST", url: "/api/catalogue/agreement/approve", payload: BODY },
  ] as const;

  test("answer a supervisor and an operator, and nobody else (nmg:2.3.2)", async () => {
    for (const login of ["supervisor", "operator"]) {
      const seat = await desk.logIn(login);
      const answers = await Promise.all(calls.map((call) => seat.send(call)));
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 204]);
    }
    expect(desk.asked).toHaveLength(6);
    for (const login of ["taker", "clerk"]) {
      const seat = await desk.logIn(login);
      for (const call of calls) {
        const answer = await seat.send(call);
        expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, "FORBIDDEN"]);
      }
    }
    for (const call of calls) expect((await desk.app.inject(call)).statusCode).toBe(401);
    expect(desk.asked).toHaveLength(6);
  });

  test("sign nothing without the page's token, nor what is no version and digest", async () => {
    const seat = await desk.logIn("supervisor");
    const sign = (payload: object, headers: Record<string, string> = {}) =>
      seat.send({ method: "POST", url: "/api/catalogue/agreement/approve", payload, headers });
    expect((await sign(BODY, { "x-csrf-token": "" })).json<{ code: string }>().code).toBe("CSRF");
    for (const wrong of [{ version: "city" }, { digest: "AB" }, { peer: "" }, { more: 1 }])
      expect((await sign({ ...BODY, ...wrong })).statusCode).toBe(400);
    expect(desk.asked).toEqual([]);
    desk.refuseWith({ code: "VERSION_DIFFERS", params: { version: BODY.version } });
    const refused = await sign(BODY);
    expect([refused.statusCode, refused.json<{ title: string }>().title]).toEqual([
      409,
      "city-1501@1 与您看到的文本不同，请重新读取后再签",
    ]);
  });
});
