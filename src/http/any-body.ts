import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { RefusedError } from "./refuse.ts";

/** The longest body of anything that is no danger, in bytes. */
export const BODY_BYTES: number = 256 * 1024;
/** Of the body of a danger so much is kept from its beginning, and of what follows so much from its end. */
const HEAD_BYTES = 1024 * 1024;
const TAIL_BYTES = 256 * 1024;

type Bytes = { readonly head: Buffer; readonly tail: Buffer; readonly left: number };

/** How a body came: how many bytes, and whether it called itself JSON. */
export type Arrived = { readonly bytes: number; readonly json: boolean };

/**
 * Reads bodies of the routes of a danger: of any content type and any length, with bounded memory. What is JSON or a form comes
 * out as such, anything else as its text. `judge` may refuse what came, by throwing, once it is known what it says. @source nmg:2.2.1
 */
export function readAnyBody(
  app: FastifyInstance,
  judge: (request: FastifyRequest, body: unknown, arrived: Arrived) => unknown,
): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addHook("onRequest", async (request) => {
    // A type that is none would be refused before any reader sees it.
    const { headers } = request.raw;
    if (headers["content-type"] !== undefined && !MEDIA.test(headers["content-type"]))
      headers["content-type"] = "application/octet-stream";
  });
  app.addContentTypeParser("*", async (request: FastifyRequest, payload: Readable) => {
    const bytes = await readBounded(payload);
    const type = request.headers["content-type"] ?? "";
    const arrived = {
      bytes: bytes.head.length + bytes.left + bytes.tail.length,
      json: type === "" || type.toLowerCase().startsWith("application/json"),
    };
    return judge(
      request,
      bodyOf(bytes, type, (text) => jsonOf(request, text, parse)),
      arrived,
    );
  });
}

/** No body is an empty one. */
export function readNoBodyAsEmpty(app: FastifyInstance): void {
  app.addHook("preValidation", async (request) => {
    if (request.body === undefined || request.body === null) request.body = {};
  });
}

/** Refuses what came on a danger's route and says no danger, for its form. Errors: BODY_TOO_LARGE, MEDIA_TYPE, JSON_INVALID. */
export function checkForm(body: unknown, arrived: Arrived): unknown {
  if (arrived.bytes > BODY_BYTES) throw new RefusedError({ code: "BODY_TOO_LARGE" });
  if (arrived.bytes > 0 && !arrived.json) throw new RefusedError({ code: "MEDIA_TYPE" });
  if (typeof body === "string") throw new RefusedError({ code: "JSON_INVALID" });
  return body;
}

const MEDIA = /^[\w!#$&^.+-]+\/[\w!#$&^.+*-]+[ \t]*(?:;.*)?$/;

function readBounded(payload: Readable): Promise<Bytes> {
  const head: Buffer[] = [];
  let tail = Buffer.alloc(0);
  let [kept, left] = [0, 0];
  return new Promise((resolve, reject) => {
    const cutOff = (): void => reject(payload.errored ?? new Error("the connection ended before the body did"));
    // It may have ended while the session was looked up: then nothing more is told to who listens only now.
    if (payload.destroyed && !payload.readableEnded) return cutOff();
    payload.on("data", (chunk: Buffer) => {
      const first = chunk.subarray(0, HEAD_BYTES - kept);
      if (first.length > 0) head.push(first);
      kept += first.length;
      if (first.length === chunk.length) return;
      const end = Buffer.concat([tail, chunk.subarray(first.length)]);
      tail = end.subarray(Math.max(0, end.length - TAIL_BYTES));
      left += end.length - tail.length;
    });
    payload.once("end", () => resolve({ head: Buffer.concat(head), tail, left }));
    payload.once("error", reject);
    payload.once("close", () => {
      if (!payload.readableEnded) cutOff();
    });
  });
}

type JsonParser = ReturnType<FastifyInstance["getDefaultJsonParser"]>;

function bodyOf({ head, tail, left }: Bytes, type: string, readJson: (text: string) => unknown): unknown {
  if (left > 0) {
    const gap = `\n……〔此处略去 ${left} 字节 / ${left} bytes left out here〕……\n`;
    return head.toString("utf8") + gap + tail.toString("utf8");
  }
  const text = textOf(Buffer.concat([head, tail]));
  if (["", "null"].includes(text.trim())) return {};
  return readJson(text) ?? formOf(text, type) ?? text;
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true });
const GB_18030 = new TextDecoder("gb18030");

/** Chinese programs write UTF-8 or GB 18030. */
function textOf(bytes: Buffer): string {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return GB_18030.decode(bytes);
  }
}

/** Null when it is no JSON, or one that would poison an object. */
function jsonOf(request: FastifyRequest, text: string, parse: JsonParser): unknown {
  let read: unknown = null;
  void parse(request, text, (error, body) => {
    if (error === null) read = body;
  });
  return read;
}

function formOf(text: string, type: string): Readonly<Record<string, string>> | null {
  if (!type.toLowerCase().startsWith("application/x-www-form-urlencoded") || !text.includes("=")) return null;
  const said = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    const before = said.get(name);
    said.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  return Object.fromEntries(said);
}
