import { expect, test } from "vitest";
import { sessionHash } from "../app/sessions/index.ts";
import { sessionCookieName } from "./cookies.ts";
import { CASE_ID, NO, openTestDesk, PASSWORD } from "./test-desk.ts";

const LOGIN = { method: "POST", url: "/api/session" } as const;

test("a log-in sets one cookie of this node, HttpOnly and SameSite=Strict, and shows the account", async () => {
  const desk = await openTestDesk();
  const answer = await desk.app.inject({
    ...LOGIN,
    payload: { login: "taker", password: PASSWORD },
    headers: { host: "localhost:8100" },
  });
  expect(answer.statusCode).toBe(200);
  const cookie = String(answer.headers["set-cookie"]);
  expect(cookie).toMatch(/^ld_hotline-150100=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const view = answer.json();
  expect(view).toMatchObject({ user: { login: "taker", roles: ["callTaker"], unitName: null }, onDuty: false });
  expect(view.csrf).toMatch(/^[\w-]{32}$/);
  expect(view.draftKeys).toHaveLength(6);
  const id = cookie.slice(cookie.indexOf("=") + 1, cookie.indexOf(";"));
  expect(desk.accounts.openHashes()).toEqual([sessionHash(id)]);
});

test("the cookie is Secure unless the call came by plain HTTP to loopback", async () => {
  const desk = await openTestDesk();
  const cookieAt = async (host: string): Promise<string> => {
    const payload = { login: "taker", password: PASSWORD };
    return String((await desk.app.inject({ ...LOGIN, payload, headers: { host } })).headers["set-cookie"]);
  };
  for (const host of ["localhost", "police.localhost:8110", "127.0.0.1:8100", "[::1]:8100"])
    expect(await cookieAt(host)).not.toContain("Secure");
  for (const host of ["desk.example", "10.1.2.3:8100", "localhost.example"])
    expect(await cookieAt(host)).toContain("; Secure");
});

test("two nodes in one browser keep their own sessions: cookies ignore ports", async () => {
  const hotline = await openTestDesk();
  const police = await openTestDesk({ nodeCode: "police-150100" });
  const a = await hotline.logIn("taker");
  const b = await police.logIn("taker");
  expect(sessionCookieName("police-150100")).not.toBe(sessionCookieName("hotline-150100"));
  const both = { cookie: `${a.cookie}; ${b.cookie}` };
  for (const desk of [hotline, police]) {
    const answer = await desk.app.inject({ url: "/api/session", headers: both });
    expect(answer.statusCode).toBe(200);
  }
  expect((await police.app.inject({ url: "/api/session", headers: { cookie: a.cookie } })).statusCode).toBe(401);
});

test("unknown login, wrong password, inactive and demonstration accounts get the very same answer", async () => {
  const desk = await openTestDesk();
  const bodies: unknown[] = [];
  for (const [login, password] of [
    ["nobody", PASSWORD],
    ["taker", "wrong"],
    ["gone", PASSWORD],
    ["demo", PASSWORD],
  ]) {
    const answer = await desk.app.inject({ ...LOGIN, payload: { login, password } });
    const { requestId, ...rest } = answer.json();
    expect(requestId).toBeTypeOf("string");
    bodies.push([answer.statusCode, rest]);
  }
  expect(new Set(bodies.map((b) => JSON.stringify(b))).size).toBe(1);
  expect(bodies[0]).toMatchObject([401, { code: "LOGIN_FAILED" }]);
});

test("five wrong passwords lock the login out, longer each time, known or not", async () => {
  for (const login of ["taker", "nobody"]) {
    const desk = await openTestDesk();
    const guess = async (password: string) => {
      const answer = await desk.app.inject({ ...LOGIN, payload: { login, password } });
      return [answer.json().code ?? "in", answer.headers["retry-after"]];
    };
    for (let i = 0; i < 5; i++) expect(await guess("wrong")).toEqual(["LOGIN_FAILED", undefined]);
    expect(await guess(PASSWORD)).toEqual(["LOCKED_OUT", "30"]);
    desk.passMs(30_000);
    expect(await guess("wrong")).toEqual(["LOGIN_FAILED", undefined]);
    expect(await guess(PASSWORD)).toEqual(["LOCKED_OUT", "60"]);
    desk.passMs(60_000);
    expect((await guess(PASSWORD))[0]).toBe(login === "taker" ? "in" : "LOGIN_FAILED");
  }
});

test("without a session every route but the open ones answers 401", async () => {
  const desk = await openTestDesk();
  for (const url of ["/api/session", "/api/units", `/api/requests/${NO}`, "/api/alarms", "/api/stream"])
    expect((await desk.app.inject({ url })).json().code).toBe("NOT_LOGGED_IN");
  const forged = { cookie: `ld_hotline-150100=${"a".repeat(43)}` };
  expect((await desk.app.inject({ url: "/api/alarms", headers: forged })).json().code).toBe("NOT_LOGGED_IN");
});

test("a change needs the session's own CSRF token", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const other = await desk.logIn("taker");
  for (const token of ["", "x", other.csrf]) {
    const answer = await seat.command(`/requests/${NO}/danger`, {}, { "x-csrf-token": token });
    expect([answer.statusCode, answer.json().code]).toEqual([403, "CSRF"]);
  }
  expect(desk.asked).toEqual([]);
});

test("a change from another site is refused, whatever token it carries; log-in too", async () => {
  const desk = await openTestDesk({ allowedOrigins: ["http://localhost:5173"] });
  const seat = await desk.logIn("taker");
  const post = async (headers: Record<string, string>) =>
    (await seat.command(`/requests/${NO}/accept`, {}, { host: "localhost:80", ...headers })).statusCode;
  expect(await post({ origin: "http://evil.example" })).toBe(403);
  expect(await post({ origin: "null" })).toBe(403);
  expect(await post({ origin: "http://localhost:81" })).toBe(403);
  expect(await post({ "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await post({ "sec-fetch-site": "same-site" })).toBe(403);
  expect(await post({ "sec-fetch-site": "same-origin" })).toBe(200);
  expect(await post({ origin: "http://localhost:80", "sec-fetch-site": "same-origin" })).toBe(200);
  expect(await post({ origin: "http://localhost:5173" })).toBe(200);
  const logIn = await desk.app.inject({
    ...LOGIN,
    payload: { login: "taker", password: PASSWORD },
    headers: { origin: "http://evil.example" },
  });
  expect(logIn.json().code).toBe("CSRF");
});

test("a role without the permission is refused before the application is asked (nmg:2.3.2)", async () => {
  const desk = await openTestDesk();
  const clerk = await desk.logIn("clerk");
  expect((await clerk.send({ url: "/api/requests?view=all" })).json()).toMatchObject({
    code: "FORBIDDEN",
    source: "nmg:2.3.2",
  });
  expect((await clerk.command("/requests", { fields: {} })).json().code).toBe("FORBIDDEN");
  expect(desk.asked).toEqual([]);
  expect((await clerk.send({ url: "/api/orders" })).statusCode).toBe(200);
});

test("a session ends after a shift without use, and after two shifts however busy", async () => {
  const hour = 3_600_000;
  const idle = await openTestDesk();
  const sleeper = await idle.logIn("taker");
  idle.passMs(12 * hour - 1);
  expect((await sleeper.send({ url: "/api/session" })).statusCode).toBe(200);
  idle.passMs(12 * hour);
  expect((await sleeper.send({ url: "/api/session" })).statusCode).toBe(401);

  const busy = await openTestDesk();
  const worker = await busy.logIn("taker");
  for (let h = 0; h < 23; h++) {
    busy.passMs(hour);
    expect((await worker.send({ url: "/api/session" })).statusCode).toBe(200);
  }
  busy.passMs(hour);
  expect((await worker.send({ url: "/api/session" })).statusCode).toBe(401);
});

test("a burst of requests looks the session up once, and a log-out holds at once", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const before = desk.accounts.reads();
  for (let i = 0; i < 10; i++) await seat.send({ url: "/api/session" });
  expect(desk.accounts.reads() - before).toBe(1);
  const out = await seat.send({ method: "DELETE", url: "/api/session" });
  expect([out.statusCode, out.headers["set-cookie"]]).toEqual([204, expect.stringContaining("Max-Age=0")]);
  expect((await seat.send({ url: "/api/session" })).statusCode).toBe(401);
});

test("a log-out elsewhere holds here within two seconds", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  await seat.send({ url: "/api/session" });
  for (const hash of desk.accounts.openHashes()) await desk.accounts.closeSession(hash);
  desk.passMs(2_000);
  expect((await seat.send({ url: "/api/session" })).statusCode).toBe(401);
});

test("a seat says that it is on duty, and a new log-in ends the old session of the same browser", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const duty = await seat.send({ method: "PUT", url: "/api/session/duty", payload: { onDuty: true } });
  expect(duty.json()).toMatchObject({ onDuty: true });
  expect((await seat.send({ url: "/api/session" })).json().onDuty).toBe(true);
  const again = await desk.app.inject({
    ...LOGIN,
    payload: { login: "taker", password: PASSWORD },
    headers: { cookie: seat.cookie },
  });
  expect(again.json().onDuty).toBe(false);
  expect((await seat.send({ url: "/api/session" })).statusCode).toBe(401);
});

test("only a desk's account can be a seat on duty, and only a seat on duty has a push on its screen (nmg:2.2.1)", async () => {
  const desk = await openTestDesk();
  const duty = { method: "PUT", url: "/api/session/duty", payload: { onDuty: true } } as const;
  for (const login of ["clerk", "operator"]) {
    const answer = await (await desk.logIn(login)).send(duty);
    expect([login, answer.statusCode, answer.json().code]).toEqual([login, 403, "FORBIDDEN"]);
  }
  const seat = await desk.logIn("taker");
  const shown = `/linkages/${CASE_ID}/shown`;
  expect((await seat.command(shown)).json()).toMatchObject({ code: "SCHEMA_INVALID", status: 400 });
  await seat.send(duty);
  expect((await seat.command(shown, { pushNo: 2 })).statusCode).toBe(200);
  expect(desk.asked.at(-1)?.args.at(-1)).toEqual({ pushNo: 2 });
});

test("an off-duty signature goes in as one of no seat on duty: it does not release the sender (nmg:2.2.1)", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const sign = async (): Promise<unknown> => {
    expect((await seat.command(`/linkages/${CASE_ID}/sign`, { pushNo: 1 })).statusCode).toBe(200);
    return desk.asked.at(-1)?.args[0];
  };
  expect(await sign()).toMatchObject({ onDuty: false });
  await seat.send({ method: "PUT", url: "/api/session/duty", payload: { onDuty: true } });
  expect(await sign()).toMatchObject({ onDuty: true });
});

test("callers without a session are slowed down by address", async () => {
  const desk = await openTestDesk({ addressAllowance: { burst: 2, perSecond: 1 } });
  const codes: number[] = [];
  for (let i = 0; i < 4; i++) codes.push((await desk.app.inject({ url: "/api/health" })).statusCode);
  expect(codes).toEqual([200, 200, 429, 429]);
});

test("an account gets its draft key again after an expired log-in, and nobody gets one without a log-in (P5)", async () => {
  const desk = await openTestDesk();
  const keysOf = async (login: string): Promise<readonly unknown[]> => {
    const seat = await desk.logIn(login);
    const answer = await seat.send({ url: "/api/session" });
    expect(answer.headers["cache-control"]).toContain("no-store");
    return answer.json().draftKeys;
  };
  const before = await keysOf("taker");
  desk.passMs(12 * 3_600_000);
  const after = await keysOf("taker");
  expect(after).toContainEqual(before[0]);
  expect(await keysOf("supervisor")).not.toContainEqual(after[0]);
  const nobody = await desk.app.inject({ url: "/api/session" });
  expect([nobody.statusCode, nobody.body.includes("draftKeys")]).toEqual([401, false]);
});
