import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Body, parseBody, Refused } from "./body.ts";
import type { Faults } from "./faults.ts";
import { decodeText, type Encoding, encodeText } from "./gb18030.ts";

/** Path -> what it does; the result is `data` of an answer to the other system, and the whole answer to a test. */
export type Routes = { readonly [path: string]: (body: Body) => Body | undefined };

const MOST_BYTES = 4 * 1024 * 1024;

/** What the other system calls: every answer is HTTP 200 and says in `code` how it went. */
export function exchangeServer(
  routes: Routes,
  how: { readonly faults: Faults; readonly lateMs: number; readonly encoding: Encoding },
): Server {
  return serve(async (request, response) => {
    const answer = await answerOf(routes, request, how.encoding);
    // The message was taken; only its answer suffers.
    if (how.faults.strikes("lost")) return void request.socket.destroy();
    if (how.faults.strikes("late")) await sleep(how.lateMs);
    const charset = how.encoding === "gb18030" ? "GB18030" : "UTF-8";
    response.writeHead(200, { "content-type": `application/json;charset=${charset}` });
    response.end(encodeText(JSON.stringify(answer), how.encoding));
  });
}

/** Where a test plays the people. */
export function controlServer(routes: Routes): Server {
  return serve(async (request, response) => {
    const [status, answer] = await controlAnswer(routes, request);
    response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
    response.end(JSON.stringify(answer));
  });
}

function serve(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Server {
  return createServer((request, response) => {
    answer(request, response).catch((fault: unknown) => {
      process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`);
      request.socket.destroy();
    });
  });
}

async function answerOf(routes: Routes, request: IncomingMessage, encoding: Encoding): Promise<Body> {
  try {
    const data = await take(routes, request, encoding);
    return { code: 200, msg: "操作成功", ...(data === undefined ? {} : { data }) };
  } catch (fault) {
    if (fault instanceof Refused) return { code: fault.code, msg: fault.message };
    throw fault;
  }
}

async function controlAnswer(routes: Routes, request: IncomingMessage): Promise<[number, Body]> {
  try {
    return [200, (await take(routes, request, "utf8")) ?? {}];
  } catch (fault) {
    if (fault instanceof Refused) return [400, { error: fault.message }];
    throw fault;
  }
}

async function take(routes: Routes, request: IncomingMessage, encoding: Encoding): Promise<Body | undefined> {
  const route = routes[`${request.method} ${request.url}`];
  const bytes = await readBytes(request);
  if (route === undefined) throw new Refused(404, `接口不存在: ${request.method} ${request.url}`);
  return route(parseBody(decodeText(bytes, encoding)));
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > MOST_BYTES) throw new Refused(400, "参数错误: too large");
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
