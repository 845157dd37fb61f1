import { request as httpRequest } from "node:http";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import type { RegionCode, UnitCode } from "../../kernel/index.ts";
import type { FeedFrame } from "../app-api.ts";
import { CASE_ID, openTestDesk } from "../test-desk.ts";
import type { Seat, TestDesk } from "../test-desk.ts";

const WATER = "water-1";
const opened: { readonly desks: TestDesk[]; readonly calls: ClientRequest[] } = { desks: [], calls: [] };

afterEach(async () => {
  for (const call of opened.calls.splice(0)) call.destroy();
  for (const desk of opened.desks.splice(0)) await desk.app.close();
});

type Stream = {
  readonly text: () => string;
  readonly cursors: () => readonly string[];
  readonly lastId: () => string;
  readonly ended: () => boolean;
  readonly response: IncomingMessage;
};

async function listeningDesk(options: Parameters<typeof openTestDesk>[0] = {}): Promise<TestDesk> {
  const desk = await openTestDesk(options);
  opened.desks.push(desk);
  await desk.app.listen({ host: "127.0.0.1", port: 0 });
  return desk;
}

function open(desk: TestDesk, seat: Seat, path = "/api/stream", headers: Record<string, string> = {}): Promise<Stream> {
  const { port } = desk.app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const call = httpRequest({ host: "127.0.0.1", port, path, headers: { cookie: seat.cookie, ...headers } });
    opened.calls.push(call);
    call.on("error", reject);
    call.on("response", (response) => resolve(reader(response)));
    call.end();
  });
}

function reader(response: IncomingMessage): Stream {
  let text = "";
  let ended = false;
  response.setEncoding("utf8");
  response.on("data", (part: string) => {
    text += part;
  });
  response.on("close", () => {
    ended = true;
  });
  response.on("error", () => {
    ended = true;
  });
  return {
    text: () => text,
    cursors: () => [...text.matchAll(/^data: \{"cursor":"(\d+)"/gm)].map((m) => m[1] ?? ""),
    lastId: () => [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? "",
    ended: () => ended,
    response,
  };
}

function nothing(): void {}

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5_000, interval: 5 });

test("a seat hears every committed change in order, as it happens", async () => {
  const desk = await listeningDesk();
  const stream = await open(desk, await desk.logIn("taker"));
  expect(stream.response.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
  expect(stream.response.headers["x-content-type-options"]).toBe("nosniff");
  await until(() => expect(stream.text()).toContain("event: ready"));
  expect(stream.text()).toMatch(/^retry: 1000\n\n/);
  for (let i = 0; i < 50; i++) desk.commit(CASE_ID);
  await until(() => expect(stream.cursors()).toHaveLength(50));
  expect(stream.cursors()).toEqual(Array.from({ length: 50 }, (_, i) => String(i + 1)));
  const line = stream
    .text()
    .split("\n")
    .find((l) => l.startsWith('data: {"cursor":"7"'));
  expect(JSON.parse(line?.slice(6) ?? "")).toMatchObject({ caseId: CASE_ID, stream: "case", type: "CaseAmended" });
});

test("red marks that change apart from any request are told to who may read them, without a frame to resume from", async () => {
  const listeners: (() => void)[] = [];
  const desk = await listeningDesk({
    api: {
      onAlarms: (listener) => {
        listeners.push(listener);
        return nothing;
      },
    },
  });
  const [operator, clerk] = [
    await open(desk, await desk.logIn("operator")),
    await open(desk, await desk.logIn("clerk")),
  ];
  for (const stream of [operator, clerk]) await until(() => expect(stream.text()).toContain("event: ready"));
  const before = operator.lastId();
  for (const tell of listeners) tell();
  desk.commit(WATER);
  for (const stream of [operator, clerk]) await until(() => expect(stream.cursors()).toEqual(["1"]));
  expect(operator.text()).toContain("event: alarms\ndata: {}\n\n");
  expect(operator.text().split("event: alarms")[1]?.split("id: ")[1]?.trim()).toMatch(/^1\n/);
  expect(before).toBe("0");
  expect(clerk.text()).not.toContain("event: alarms");
});

test("a stream cut off goes on after the last frame it had, by Last-Event-ID or by cursor", async () => {
  const desk = await listeningDesk();
  const seat = await desk.logIn("taker");
  const first = await open(desk, seat);
  await until(() => expect(first.text()).toContain("event: ready"));
  desk.commit(CASE_ID);
  await until(() => expect(first.cursors()).toEqual(["1"]));
  first.response.destroy();
  for (let i = 0; i < 700; i++) desk.commit(CASE_ID);
  const missed = Array.from({ length: 700 }, (_, i) => String(i + 2));
  const byHeader = await open(desk, seat, "/api/stream", { "last-event-id": first.lastId() });
  const byQuery = await open(desk, seat, `/api/stream?cursor=${first.lastId()}`);
  for (const stream of [byHeader, byQuery]) {
    await until(() => expect(stream.text()).toContain("event: ready"));
    expect(stream.cursors()).toEqual(missed);
  }
  desk.commit(CASE_ID);
  await until(() => expect(byHeader.cursors()).toEqual([...missed, "702"]));
});

const FRAME = { caseId: CASE_ID, requestNo: null, stream: "case", streamId: CASE_ID, type: "CaseAmended" } as const;

function numbered(n: number): FeedFrame {
  return { cursor: String(n), ...FRAME, at: "2026-11-22T05:18:17.123Z", place: null, units: [] };
}

test("changes committed while a stream catches up come once and in order", async () => {
  const gate: { open: () => void } = { open: nothing };
  const held = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  const told = [1, 2, 3].map(numbered);
  const tell: { now: (n: number) => void } = { now: nothing };
  let asked = 0;
  const desk = await listeningDesk({
    api: {
      feed: {
        subscribe: (listener) => {
          tell.now = (n) => {
            told.push(numbered(n));
            listener(numbered(n));
          };
          return nothing;
        },
        since: async (cursor) => {
          const rows = told.slice(Number(cursor));
          asked += 1;
          await held;
          return { rows, cursor: String(Number(cursor) + rows.length) };
        },
      },
    },
  });
  const stream = await open(desk, await desk.logIn("taker"), "/api/stream?cursor=0");
  await until(() => expect(asked).toBe(1));
  for (const n of [4, 5, 6]) tell.now(n);
  gate.open();
  await until(() => expect(stream.cursors().length).toBeGreaterThanOrEqual(6));
  tell.now(7);
  await until(() => expect(stream.cursors()).toEqual(["1", "2", "3", "4", "5", "6", "7"]));
});

test("by what is judged who hears a frame does not go out with it (nmg:2.3.2)", async () => {
  const tell: { now: (n: number) => void } = { now: nothing };
  const subscribe = (listener: (frame: FeedFrame) => void) => {
    tell.now = (n) => listener({ ...numbered(n), place: "150102" as RegionCode, units: [WATER as UnitCode] });
    return nothing;
  };
  const desk = await listeningDesk({ api: { feed: { subscribe, since: async () => ({ rows: [], cursor: "0" }) } } });
  const stream = await open(desk, await desk.logIn("taker"));
  await until(() => expect(stream.text()).toContain("event: ready"));
  tell.now(1);
  await until(() => expect(stream.cursors()).toEqual(["1"]));
  for (const secret of ["place", "units", WATER, "150102"]) expect(stream.text()).not.toContain(secret);
});

test("a change that is both missed and live comes once", async () => {
  const tell: { now: (n: number) => void } = { now: nothing };
  const desk = await listeningDesk({
    api: {
      feed: {
        subscribe: (listener) => {
          tell.now = (n) => listener(numbered(n));
          return nothing;
        },
        since: async () => {
          tell.now(1);
          tell.now(2);
          // The hub has its live copies before this answer is read.
          await new Promise((resolve) => setImmediate(resolve));
          return { rows: [numbered(1)], cursor: "1" };
        },
      },
    },
  });
  const stream = await open(desk, await desk.logIn("taker"), "/api/stream?cursor=0");
  await until(() => expect(stream.text()).toContain("event: ready"));
  expect(stream.cursors()).toEqual(["1", "2"]);
});

test("a unit clerk hears only of requests with an order of the unit, and of a new one at once (nmg:2.3.2)", async () => {
  const given = new Set([WATER]);
  const desk = await listeningDesk({ api: { mayHear: (a, { caseId }) => a.unit === null || given.has(caseId) } });
  const clerk = await open(desk, await desk.logIn("clerk"));
  const taker = await open(desk, await desk.logIn("taker"));
  for (const s of [clerk, taker]) await until(() => expect(s.text()).toContain("event: ready"));
  desk.commit(CASE_ID);
  desk.commit(CASE_ID);
  desk.commit(WATER);
  await until(() => expect(taker.cursors()).toEqual(["1", "2", "3"]));
  given.add(CASE_ID);
  desk.commit(CASE_ID);
  await until(() => expect(clerk.cursors()).toEqual(["3", "4"]));
});

test("seats of the same scope cost one question a frame", async () => {
  let asked = 0;
  const desk = await listeningDesk({
    api: {
      mayHear: () => {
        asked += 1;
        return true;
      },
    },
  });
  const seats = await Promise.all(Array.from({ length: 5 }, () => desk.logIn("taker")));
  const streams = await Promise.all(seats.map((seat) => open(desk, seat)));
  for (const s of streams) await until(() => expect(s.text()).toContain("event: ready"));
  desk.commit(CASE_ID);
  for (const s of streams) await until(() => expect(s.cursors()).toEqual(["1"]));
  expect(asked).toBe(1);
});

test("a cursor nobody knows, or one too far behind, gets reset and goes on from now", async () => {
  const desk = await listeningDesk();
  const seat = await desk.logIn("taker");
  for (let i = 0; i < 2_600; i++) desk.commit(CASE_ID);
  for (const path of ["/api/stream?cursor=unknown", "/api/stream?cursor=1"]) {
    const stream = await open(desk, seat, path);
    await until(() => expect(stream.text()).toContain("event: ready"));
    expect(stream.text()).toContain("event: reset");
    expect(stream.lastId()).toBe("2600");
  }
});

test("the heartbeat marks the seat's stream alive and moves the cursor of who heard nothing", async () => {
  const desk = await listeningDesk({ heartbeatMs: 10 });
  const clerk = await open(desk, await desk.logIn("clerk"));
  await until(() => expect(clerk.text()).toContain("event: ready"));
  const before = desk.accounts.marks().length;
  expect(before).toBeGreaterThanOrEqual(1);
  desk.commit(CASE_ID);
  await until(() => expect(clerk.lastId()).toBe("1"));
  expect(clerk.cursors()).toEqual([]);
  await until(() => expect(desk.accounts.marks().length).toBeGreaterThan(before));
});

test("a stream ends at once when its session is logged out", async () => {
  const desk = await listeningDesk();
  const seat = await desk.logIn("taker");
  const stream = await open(desk, seat);
  await until(() => expect(stream.text()).toContain("event: ready"));
  await seat.send({ method: "DELETE", url: "/api/session" });
  await until(() => expect(stream.text()).toContain("event: gone"));
  await until(() => expect(stream.ended()).toBe(true));
});

test("a stream ends when its session has run out", async () => {
  const desk = await listeningDesk({ heartbeatMs: 10 });
  const stream = await open(desk, await desk.logIn("taker"));
  await until(() => expect(stream.text()).toContain("event: ready"));
  desk.passMs(13 * 3_600_000);
  await until(() => expect(stream.text()).toContain("event: gone"));
});

test("a client that does not read is dropped and can resume; the others are not held up", async () => {
  const desk = await listeningDesk();
  const seat = await desk.logIn("taker");
  const deaf = await open(desk, seat);
  await until(() => expect(deaf.text()).toContain("event: ready"));
  const good = await open(desk, await desk.logIn("supervisor"));
  await until(() => expect(good.text()).toContain("event: ready"));
  deaf.response.pause();
  const sent = 60_000;
  for (let i = 0; i < sent; i++) {
    desk.commit(CASE_ID);
    if (i % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await vi.waitFor(() => expect(good.lastId()).toBe(String(sent)), { timeout: 20_000, interval: 50 });
  deaf.response.resume();
  await until(() => expect(deaf.ended()).toBe(true));
  expect(Number(deaf.cursors().at(-1))).toBeLessThan(sent);
}, 30_000);

test("a failing question drops the client, so that no frame is skipped", async () => {
  let fails = true;
  const desk = await listeningDesk({
    api: {
      mayHear: () => {
        if (fails) throw new Error("no answer");
        return true;
      },
    },
  });
  const seat = await desk.logIn("taker");
  const first = await open(desk, seat);
  await until(() => expect(first.text()).toContain("event: ready"));
  desk.commit(CASE_ID);
  await until(() => expect(first.ended()).toBe(true));
  expect(first.lastId()).toBe("0");
  fails = false;
  const second = await open(desk, seat, "/api/stream", { "last-event-id": first.lastId() });
  await until(() => expect(second.cursors()).toEqual(["1"]));
});

test("one session may hold eight streams, not more", async () => {
  const desk = await listeningDesk();
  const seat = await desk.logIn("taker");
  for (let i = 0; i < 8; i++) {
    const stream = await open(desk, seat);
    await until(() => expect(stream.text()).toContain("event: ready"));
  }
  expect((await open(desk, seat)).response.statusCode).toBe(429);
});
