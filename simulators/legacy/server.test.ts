import { once } from "node:events";
import type { Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { Refused } from "./body.ts";
import { post } from "./caller.ts";
import { Faults } from "./faults.ts";
import { type Encoding } from "./gb18030.ts";
import { exchangeServer } from "./server.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server that keeps what it took; `/refusing` refuses. */
async function aServer(how: {
  readonly bugs?: readonly string[];
  readonly lateMs?: number;
  readonly encoding?: Encoding;
}) {
  const taken: unknown[] = [];
  const faults = new Faults(["late", "lost"], how.bugs ?? [], 1, 1);
  const routes = {
    "POST /taking": (body: object) => void taken.push(body),
    "POST /refusing": () => {
      throw new Refused(409, "no");
    },
  };
  const server = exchangeServer(routes, { faults, lateMs: how.lateMs ?? 0, encoding: how.encoding ?? "utf8" });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { taken, url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}` };
}

test("GB18030 goes both ways: the bytes of the call and of the answer", async () => {
  const { taken, url } = await aServer({ encoding: "gb18030" });
  const body = { BJNR: "路灯不亮，漏电𠮷" };
  expect(await post(`${url}/taking`, body, "gb18030")).toBe(true);
  expect(taken).toEqual([body]);
  const response = await fetch(`${url}/taking`, { method: "POST", body: "{}" });
  expect(response.headers.get("content-type")).toBe("application/json;charset=GB18030");
  const bytes = Buffer.from(await response.arrayBuffer()).toString("latin1");
  expect(bytes).toContain(Buffer.from("b2d9d7f7b3c9b9a6", "hex").toString("latin1")); // 操作成功
});

test("a refusal is HTTP 200 with another code, and a failure for who called", async () => {
  const { url } = await aServer({});
  const response = await fetch(`${url}/refusing`, { method: "POST", body: "{}" });
  expect([response.status, await response.json()]).toEqual([200, { code: 409, msg: "no" }]);
  expect(await post(`${url}/refusing`, {}, "utf8")).toBe(false);
});

test("what is no JSON object is refused with code 400", async () => {
  const { url, taken } = await aServer({});
  for (const body of ["[]", "{", "1"]) {
    const response = await fetch(`${url}/taking`, { method: "POST", body });
    expect(await response.json()).toMatchObject({ code: 400 });
  }
  expect(taken).toEqual([]);
});

test("fault lost: the message is taken and who called hears nothing", async () => {
  const { taken, url } = await aServer({ bugs: ["lost"] });
  expect(await post(`${url}/taking`, { JJDBH: "1" }, "utf8")).toBe(false);
  expect(taken).toEqual([{ JJDBH: "1" }]);
});

test("fault late: the message is taken, and after three seconds who called has given up", async () => {
  const { taken, url } = await aServer({ bugs: ["late"], lateMs: 3_200 });
  const started = performance.now();
  expect(await post(`${url}/taking`, { JJDBH: "1" }, "utf8")).toBe(false);
  expect(Math.round((performance.now() - started) / 1000)).toBe(3);
  expect(taken).toEqual([{ JJDBH: "1" }]);
});
