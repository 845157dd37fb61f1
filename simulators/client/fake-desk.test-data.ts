import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { parseObject, parseText } from "./json.ts";
import type { Json } from "./json.ts";

/** What stands in the way of a registration, once: it is answered so, and done or not. */
export type Trouble =
  | { readonly answer: 429 | 503; readonly retryAfter: string }
  /** The desk did it, but the answer was lost. */
  | { readonly answer: "lostAfterDoing" };

export type FakeDesk = {
  readonly url: string;
  readonly node: string;
  /** Registered requests by their key. */
  readonly registered: ReadonlyMap<string, Json>;
  readonly troubles: Trouble[];
  /** When a registration came in, in ms since the epoch. */
  readonly arrivals: readonly number[];
  readonly logIns: () => number;
  readonly endSessions: () => void;
  readonly refuse: (code: string) => void;
  /** Gone from the network; requests stay registered. */
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
};

/** A desk as far as a registering program sees it: log-in, meta, idempotent registration. Real HTTP on loopback. */
export async function startFakeDesk(node = "hotline-150100"): Promise<FakeDesk> {
  const registered = new Map<string, Json>();
  const troubles: Trouble[] = [];
  const arrivals: number[] = [];
  const state = { session: "", logIns: 0, port: 0, refusal: "" };

  const register = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    arrivals.push(Date.now());
    const key = String(request.headers["idempotency-key"]);
    const body = parseObject(parseText(await textOfRequest(request)));
    const trouble = troubles.shift();
    if (trouble?.answer === 429 || trouble?.answer === 503)
      return send(response, trouble.answer, { code: "BUSY" }, { "retry-after": trouble.retryAfter });
    if (state.refusal !== "") return send(response, 422, { code: state.refusal });
    const known = registered.get(key);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(body))
      return send(response, 422, { code: "IDEMPOTENCY_KEY_REUSED" });
    registered.set(key, body);
    if (trouble?.answer === "lostAfterDoing") return void response.socket?.destroy();
    return send(response, 201, { requestNo: String(registered.size).padStart(19, "0"), repeated: known !== undefined });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === "/api/session") {
      state.logIns += 1;
      state.session = randomUUID();
      return send(response, 200, { csrf: "token" }, { "set-cookie": `ld=${state.session}; Path=/` });
    }
    if (request.headers.cookie !== `ld=${state.session}`) return send(response, 401, { code: "NOT_LOGGED_IN" });
    if (request.url === "/api/meta") return send(response, 200, { nodeCode: node });
    if (request.headers["x-csrf-token"] !== "token") return send(response, 403, { code: "CSRF" });
    return register(request, response);
  };

  let server = await listening(serve, 0);
  state.port = portOf(server);
  return {
    url: `http://127.0.0.1:${state.port}`,
    node,
    registered,
    troubles,
    arrivals,
    logIns: () => state.logIns,
    endSessions: () => {
      state.session = "";
    },
    refuse: (code) => {
      state.refusal = code;
    },
    down: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
    up: async () => {
      server = await listening(serve, state.port);
    },
  };
}

async function textOfRequest(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}

function send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

async function listening(
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  port: number,
): Promise<Server> {
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
