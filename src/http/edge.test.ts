import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NO, openTestDesk } from "./test-desk.ts";

const folder = mkdtempSync(join(tmpdir(), "liandong-web-"));

beforeAll(() => {
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>联动</title>");
  writeFileSync(join(folder, "assets", "seat-a1b2c3.js"), "export {};");
});
afterAll(() => rmSync(folder, { recursive: true }));

const html = { accept: "text/html,*/*" };

test("screens get a policy without inline script or style, and no frame may hold them", async () => {
  const desk = await openTestDesk({ webFolder: folder });
  const page = await desk.app.inject({ url: "/", headers: html });
  expect(page.statusCode).toBe(200);
  const policy = String(page.headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(page.headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
  });
});

test("hashed files never change; any other page address is the start page; a missing file is not", async () => {
  const desk = await openTestDesk({ webFolder: folder });
  const asset = await desk.app.inject({ url: "/assets/seat-a1b2c3.js" });
  expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  const screen = await desk.app.inject({ url: `/requests/${NO}`, headers: html });
  expect([screen.statusCode, screen.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  expect(screen.headers["cache-control"]).toBe("no-cache");
  expect(screen.body).toContain("联动");
  expect((await desk.app.inject({ url: "/assets/old.js" })).json().code).toBe("ROUTE_UNKNOWN");
  expect((await desk.app.inject({ url: "/api/none", headers: html })).json().code).toBe("ROUTE_UNKNOWN");
  expect((await desk.app.inject({ url: "/../package.json" })).statusCode).toBe(404);
});

test("without a built web the node serves its API alone", async () => {
  const desk = await openTestDesk({ webFolder: join(folder, "none") });
  expect((await desk.app.inject({ url: "/", headers: html })).json().code).toBe("ROUTE_UNKNOWN");
});

test("answers of the API are never kept by anybody", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const answer = await seat.send({ url: `/api/requests/${NO}` });
  expect(answer.headers).toMatchObject({ "cache-control": "no-store", etag: '"7"' });
});

test("health says without a log-in whether the database answers, 503 when it does not", async () => {
  const good = await openTestDesk();
  expect((await good.app.inject({ url: "/api/health" })).json()).toEqual({
    up: true,
    database: true,
    migration: "000001",
    at: good.now(),
  });
  const bad = await openTestDesk({
    health: async () => {
      throw new Error("connection refused");
    },
  });
  const answer = await bad.app.inject({ url: "/api/health" });
  expect([answer.statusCode, answer.json()]).toMatchObject([503, { up: true, database: false, migration: null }]);
});

test("a wrong number and a wrong code get the same answer, and guessing gets slow for both", async () => {
  const desk = await openTestDesk();
  const ask = async (no: string, code: string, remoteAddress: string) => {
    const answer = await desk.app.inject({ url: `/api/public/status?no=${no}&code=${code}`, remoteAddress });
    const { requestId: _id, ...body } = answer.json();
    return [answer.statusCode, body, answer.headers["retry-after"]];
  };
  expect(await ask(NO, "482913", "10.0.0.1")).toMatchObject([200, { requestNo: NO, stage: "handling" }, undefined]);
  const other = "1501002611220000025";
  for (let i = 0; i < 5; i++)
    expect(await ask(NO, "000000", `10.0.1.${i}`)).toEqual(await ask(other, "000000", `10.0.2.${i}`));
  for (const no of [NO, other])
    expect(await ask(no, "482913", "10.0.3.1")).toMatchObject([429, { code: "RATE_LIMITED" }, "60"]);
  desk.passMs(60_000);
  expect((await ask(NO, "482913", "10.0.3.1"))[0]).toBe(200);
});

test("one address that tries many numbers is slowed down", async () => {
  const desk = await openTestDesk();
  const codes: number[] = [];
  for (let i = 0; i < 22; i++) {
    const url = `/api/public/status?no=15010026112200${String(i).padStart(5, "0")}&code=000000`;
    codes.push((await desk.app.inject({ url, remoteAddress: "10.0.0.1" })).statusCode);
  }
  expect(codes.filter((c) => c === 404)).toHaveLength(20);
  expect(codes.slice(20)).toEqual([429, 429]);
});

test("batches of other nodes pass without cookie, token and rate limit, up to 16 MiB", async () => {
  const desk = await openTestDesk({ addressAllowance: { burst: 1, perSecond: 1 } });
  const post = (payload: object) =>
    desk.app.inject({
      method: "POST",
      url: "/exchange/v1/batches",
      payload,
      headers: { origin: "http://peer.example" },
    });
  for (let i = 0; i < 3; i++) expect((await post({ n: i })).json()).toEqual({ batch: { n: i }, address: "127.0.0.1" });
  expect((await post({ text: "x".repeat(16 * 1024 * 1024 - 20) })).statusCode).toBe(202);
  expect((await post({ text: "x".repeat(16 * 1024 * 1024) })).json().code).toBe("BODY_TOO_LARGE");
  expect((await desk.app.inject({ url: "/exchange/v1/capability" })).json()).toEqual({ protocol: 1 });
});

test("an error nobody foresaw is INTERNAL, tells nothing and is logged without the address called", async () => {
  const log: string[] = [];
  const desk = await openTestDesk({
    logger: { level: "info", stream: { write: (line: string) => log.push(line) } },
    api: {
      publicStatus: async () => {
        throw new Error("relation does not exist");
      },
    },
  });
  const answer = await desk.app.inject({ url: `/api/public/status?no=${NO}&code=482913` });
  expect([answer.statusCode, answer.json().code]).toEqual([500, "INTERNAL"]);
  expect(answer.body).not.toContain("relation");
  expect(log.join("")).toContain("relation does not exist");
  expect(log.join("")).not.toContain(NO);
  expect(log.join("")).not.toContain("482913");
});

test("a log line about a request holds the route's pattern, not the address as called", async () => {
  const log: string[] = [];
  const desk = await openTestDesk({ logger: { level: "info", stream: { write: (line: string) => log.push(line) } } });
  desk.app.addHook("onResponse", async (request) => request.log.info({ req: request }, "seen"));
  await (await desk.logIn("taker")).send({ url: `/api/requests/${NO}` });
  expect(log.join("")).toContain("/api/requests/:no");
  expect(log.join("")).not.toContain(NO);
});

test("a database that is away for the moment is UNAVAILABLE, so that the same command is sent again", async () => {
  const desk = await openTestDesk({
    isUnavailable: (error) => error instanceof Error && error.message === "gone away",
    api: {
      command: async () => {
        throw new Error("gone away");
      },
    },
  });
  const seat = await desk.logIn("taker");
  const answer = await seat.command(`/requests/${NO}/accept`);
  expect([answer.statusCode, answer.json().code]).toEqual([503, "UNAVAILABLE"]);
});

test("the place a problem's type leads to lists every code", async () => {
  const desk = await openTestDesk();
  const answer = await desk.app.inject({ url: "/api/problems" });
  expect(answer.json().rows).toContainEqual({
    code: "BOUND",
    status: 409,
    zh: "已有裁定，只能由新的裁定改变",
    en: "A ruling binds it; only a newer ruling can change that",
    source: "nmg:2.2.4",
  });
});
