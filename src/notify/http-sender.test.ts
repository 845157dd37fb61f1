import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { aNotice, checkNotify } from "./conformance.ts";
import type { Received } from "./conformance.ts";
import { createHttpSender } from "./http-sender.ts";
import { NotifyError } from "./notify-error.ts";

const SECRET = "shared-with-the-gateway";
const servers: Server[] = [];

type Call = { readonly request: IncomingMessage; readonly body: Buffer };

/** A gateway on loopback: `answer` writes the reply, or leaves the caller waiting. */
async function startGateway(
  answer: (call: Call, response: ServerResponse) => void,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => answer({ request, body: Buffer.concat(parts) }, response));
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${portOf(server)}/notices`, server };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the gateway does not listen");
  return address.port;
}

function senderTo(url: string, timeoutMs = 5000): ReturnType<typeof createHttpSender> {
  return createHttpSender({ url, secret: SECRET, fetch, timeoutMs });
}

function parseReceived(body: Buffer): Received {
  const { id, address, text } = JSON.parse(body.toString("utf8")) as Received;
  return { id, address, text };
}

async function faultOf(work: Promise<void>): Promise<NotifyError> {
  const fault: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(fault instanceof NotifyError)) throw new Error(`not a NotifyError: ${String(fault)}`);
  return fault;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

checkNotify("an HTTP gateway that checks the signature and drops repeated ids", async () => {
  const received = new Map<string, Received>();
  let broken = false;
  const { url } = await startGateway(({ request, body }, response) => {
    const signature = `hmac-sm3=${createHmac("sm3", SECRET).update(body).digest("hex")}`;
    const notice = parseReceived(body);
    if (broken) response.writeHead(503);
    else if (request.headers["x-liandong-signature"] !== signature) response.writeHead(401);
    else if (request.headers["idempotency-key"] !== notice.id) response.writeHead(400);
    else {
      response.writeHead(202);
      if (!received.has(notice.id)) received.set(notice.id, notice);
    }
    response.end('{"answer":"13000000000 registered"}');
  });
  return {
    notify: senderTo(url),
    received: async () => [...received.values()],
    breakDown: async () => {
      broken = true;
    },
    mend: async () => {
      broken = false;
    },
    close: async () => undefined,
  };
});

test("posts JSON and nothing of the notice but what the gateway needs", async () => {
  const calls: Call[] = [];
  const { url } = await startGateway((call, response) => {
    calls.push(call);
    response.writeHead(200).end();
  });
  await senderTo(url).send(aNotice("n-1", "文"));
  expect(calls[0]?.request.method).toBe("POST");
  expect(calls[0]?.request.headers["content-type"]).toBe("application/json; charset=utf-8");
  expect(JSON.parse(String(calls[0]?.body))).toEqual({
    id: "n-1",
    to: "requester",
    unit: null,
    template: "requestRegistered",
    address: "13000000000",
    text: "文",
  });
});

test.each([400, 401, 409, 429, 500, 503])("an answer %i throws with its status", async (status) => {
  const { url } = await startGateway((_call, response) => response.writeHead(status).end());
  const fault = await faultOf(senderTo(url).send(aNotice("n-1")));
  expect([fault.code, fault.status, fault.message]).toEqual([
    "NOTICE_GATEWAY_REFUSED",
    status,
    `NOTICE_GATEWAY_REFUSED: ${status}`,
  ]);
});

test("a redirection is refused and a person's address goes nowhere else", async () => {
  let elsewhere = 0;
  const other = await startGateway((_call, response) => {
    elsewhere += 1;
    response.writeHead(200).end();
  });
  const { url } = await startGateway((_call, response) => response.writeHead(307, { location: other.url }).end());
  expect((await faultOf(senderTo(url).send(aNotice("n-1")))).status).toBe(307);
  expect(elsewhere).toBe(0);
});

test("a gateway that never answers is given up after the limit", async () => {
  const { url } = await startGateway(() => undefined);
  expect((await faultOf(senderTo(url, 60).send(aNotice("n-1")))).code).toBe("NOTICE_GATEWAY_TIMEOUT");
});

test("a gateway that is not there is named by the system's own word, without its address", async () => {
  const { url, server } = await startGateway(() => undefined);
  server.close();
  await once(server, "close");
  const fault = await faultOf(senderTo(url).send(aNotice("n-1")));
  expect(fault.message).toBe("NOTICE_GATEWAY_UNREACHABLE: ECONNREFUSED");
});
