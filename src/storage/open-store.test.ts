import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { urgently } from "../app/ports/urgency.ts";
import type { RegionCode } from "../kernel/index.ts";
import { openStore, RESERVED_CONNECTIONS } from "./open-store.ts";
import type { Store } from "./open-store.ts";

const QUERY = 0x51;

function frame(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const READY = Buffer.concat([frame("R", Buffer.alloc(4)), frame("Z", Buffer.from("I"))]);
const DONE = Buffer.concat([frame("C", Buffer.from("SELECT 0\0")), frame("Z", Buffer.from("I"))]);
const FULL = frame("E", Buffer.from("SFATAL\0VFATAL\0C53300\0Mtoo many connections for role\0\0"));

/** A database server that speaks just enough: it takes `limit.now` connections and answers every query with nothing. */
type FakeServer = { readonly url: string; readonly limit: { now: number }; readonly sockets: Set<Socket> };

const opened: { readonly servers: Server[]; readonly stores: Store[] } = { servers: [], stores: [] };

afterEach(async () => {
  for (const store of opened.stores.splice(0)) await store.close();
  for (const server of opened.servers.splice(0)) server.close();
});

async function aServer(most: number): Promise<FakeServer> {
  const limit = { now: most };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    let started = false;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      if (started) {
        if (data[0] === QUERY) socket.write(DONE);
        return;
      }
      started = true;
      if (sockets.size > limit.now) socket.end(FULL);
      else socket.write(READY);
    });
  });
  opened.servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `postgres://u:p@127.0.0.1:${address.port}/d`, limit, sockets };
}

function aStore(url: string): Store {
  const store = openStore(url, { home: "150100" as RegionCode, max: 10 });
  opened.stores.push(store);
  return store;
}

const outcomeOf = (work: () => Promise<unknown>): Promise<string> =>
  work().then(
    () => "served",
    (fault: unknown) => String(fault),
  );

test("a server that takes nobody any more still serves a danger, over the reserve, long before our own pool is full (nmg:2.2.1)", async () => {
  const server = await aServer(RESERVED_CONNECTIONS + 1);
  const store = aStore(server.url);
  await store.warmReserve();
  const busy = await store.pool.connect();
  expect(await outcomeOf(() => store.pool.query("select"))).toContain("too many connections");
  const wave = Array.from({ length: 20 }, () => urgently(() => outcomeOf(() => store.pool.query("select"))));
  expect(new Set(await Promise.all(wave))).toEqual(new Set(["served"]));
  busy.release();
});

test("dangers that come together share the free ordinary connections and the reserve: none opens a new one", async () => {
  const server = await aServer(RESERVED_CONNECTIONS + 1);
  const store = aStore(server.url);
  await store.warmReserve();
  (await store.pool.connect()).release();
  const wave = Array.from({ length: 20 }, () => urgently(() => outcomeOf(() => store.pool.query("select"))));
  expect(new Set(await Promise.all(wave))).toEqual(new Set(["served"]));
  expect(server.sockets.size).toBe(RESERVED_CONNECTIONS + 1);
});

test("a reserve that broke with the server is warm again by itself, before anybody needs it", async () => {
  const server = await aServer(20);
  const store = aStore(server.url);
  await store.warmReserve();
  server.limit.now = 0;
  for (const socket of server.sockets) socket.destroy();
  await vi.waitFor(() => expect(server.sockets.size).toBe(0));
  server.limit.now = RESERVED_CONNECTIONS;
  await vi.waitFor(() => expect(server.sockets.size).toBe(RESERVED_CONNECTIONS), { timeout: 5_000 });
  expect(await urgently(() => outcomeOf(() => store.pool.query("select")))).toBe("served");
});
