import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type JsonObject, parseJson, parseObject, textIn } from "./json.ts";
import { PROTOCOLS, type Refusal } from "./inbox.ts";
import type { StrangerNode } from "./node.ts";

const MOST_BYTES = 16 * 1024 * 1024;

type Route = (node: StrangerNode, body: unknown) => JsonObject | Refusal | Promise<JsonObject | Refusal>;

/** What the peer calls (linkage-exchange 13). */
const EXCHANGE: { readonly [methodAndPath: string]: Route } = {
  "GET /exchange/v1/capability": (node) => node.capability(),
  "POST /exchange/v1/batches": (node, body) => node.takeBatch(body),
  "POST /exchange/v1/catalogue-requests": (node, body) => node.takeCatalogueRequest(body),
  "POST /exchange/v1/catalogue-approvals": (node, body) => node.takeApproval(body),
};

/** What this desk's own people call, in place of a screen; listens on loopback only. */
const DESK: { readonly [methodAndPath: string]: Route } = {
  "GET /desk": (node) => node.view(),
  "GET /desk/keys": (node) => node.keys,
  "POST /desk/register": (node, body) => ({ requestNo: node.register(parseObject(body) ?? {}) }),
  "POST /desk/duty": (node, body) => {
    node.setDuty(parseObject(body)?.["on"] === true);
    return {};
  },
  "POST /desk/command": (node, body) => {
    const input = parseObject(body) ?? {};
    return node.command(textIn(input, "command") ?? "", input);
  },
  "POST /desk/fetch-catalogue": (node, body) => node.fetchCatalogue(textIn(parseObject(body), "version") ?? ""),
};

export function exchangeServer(node: StrangerNode): Server {
  return serve(node, EXCHANGE);
}

export function deskServer(node: StrangerNode): Server {
  return serve(node, DESK);
}

function serve(node: StrangerNode, routes: { readonly [methodAndPath: string]: Route }): Server {
  return createServer((request, response) => {
    answer(node, routes, request, response).catch((fault: unknown) => {
      // Nothing was stored: the sender tries again by itself (errors.md).
      process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`);
      reply(response, refusalOf({ http: 503, code: "EXCHANGE_RECEIVER_FAULT" }));
    });
  });
}

async function answer(
  node: StrangerNode,
  routes: { readonly [methodAndPath: string]: Route },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = routes[`${request.method} ${request.url}`];
  if (route === undefined) return reply(response, { status: 404, body: {} });
  const text = await readBody(request);
  if (text === undefined) return reply(response, refusalOf({ http: 413, code: "EXCHANGE_BATCH_TOO_LARGE" }));
  const result = await route(node, text === "" ? undefined : parseJson(text));
  reply(response, isRefusal(result) ? refusalOf(result) : { status: 200, body: result });
}

function isRefusal(result: JsonObject | Refusal): result is Refusal {
  return typeof result["http"] === "number";
}

/** A refusal as it is written (linkage-exchange 13.4). */
function refusalOf({ http, code, path }: Refusal): { readonly status: number; readonly body: JsonObject } {
  const range = code === "EXCHANGE_PROTOCOL_UNSUPPORTED" ? { protocols: PROTOCOLS } : {};
  const place = path === undefined ? {} : { path };
  const words = { messageZh: "对方节点不接收，原因见代码", messageEn: "not taken, for the reason the code names" };
  return { status: http, body: { protocol: PROTOCOLS.max, code, ...place, ...range, ...words } };
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > MOST_BYTES) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString("utf8");
}

function reply(
  response: ServerResponse,
  { status, body }: { readonly status: number; readonly body: JsonObject },
): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}
