import { randomUUID } from "node:crypto";
import { request } from "node:http";
import type { Account } from "./pair.ts";
import { callOver } from "./wire.ts";
import type { Answer } from "./wire.ts";

/** One logged-in seat over plain HTTP, as a browser's page would call. */
export type Seat = {
  readonly get: <T>(path: string) => Promise<T>;
  /** Throws on any refusal. */
  readonly send: <T>(method: "POST" | "PUT", path: string, body: object) => Promise<T>;
  /** As `send`, but a refusal gives null: a second seat that says the same is refused. */
  readonly trySend: (path: string, body: object) => Promise<boolean>;
  /** Opens the live stream; `onFrame` gets the request number of every frame. Ends with `close`. */
  readonly listen: (onFrame: (requestNo: string | null) => void) => Promise<() => void>;
};

/** Logs in. */
export async function openSeat({ url, login, password }: Account): Promise<Seat> {
  const first = await callOver(url, { method: "POST", path: "/session", headers: {}, body: { login, password } });
  if (first.status !== 200 || first.cookie === undefined)
    throw new Error(`log-in ${login}: ${first.status} ${first.text}`);
  const { csrf } = JSON.parse(first.text) as { readonly csrf: string };
  const cookie = { cookie: first.cookie };
  const change = (method: string, path: string, body: object): Promise<Answer> =>
    callOver(url, {
      method,
      path,
      headers: { ...cookie, "x-csrf-token": csrf, "idempotency-key": randomUUID() },
      body,
    });
  return {
    get: async <T>(path: string) => parsed<T>(await callOver(url, { method: "GET", path, headers: cookie }), path),
    send: async <T>(method: "POST" | "PUT", path: string, body: object) =>
      parsed<T>(await change(method, path, body), path),
    trySend: async (path, body) => (await change("POST", path, body)).status < 300,
    listen: (onFrame) => openStream(url, cookie, onFrame),
  };
}

function parsed<T>({ status, text }: Answer, path: string): T {
  if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}

function openStream(
  url: string,
  headers: Record<string, string>,
  onFrame: (requestNo: string | null) => void,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/api/stream`, { headers: { ...headers, accept: "text/event-stream" } }, (answer) => {
      let rest = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        const events = (rest + part).split("\n\n");
        rest = events.pop() ?? "";
        for (const event of events) {
          if (event.includes("event: ready")) resolve(() => sent.destroy());
          const data = /^data: (\{.+\})$/m.exec(event)?.[1];
          if (data === undefined || event.includes("event: ")) continue;
          onFrame((JSON.parse(data) as { readonly requestNo: string | null }).requestNo);
        }
      });
      answer.on("error", () => undefined);
    });
    sent.once("error", reject);
    sent.end();
  });
}
