import { randomBytes } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deps } from "../../app/deps.ts";
import type { User } from "../../app/ports/accounts.ts";
import { isPresented } from "../../app/present-brand.ts";
import { createRequestNumbers } from "../../app/request-numbers.ts";
import { createSessions, hashPassword } from "../../app/sessions/index.ts";
import { DEFAULT_LINKAGE_POLICY } from "../../core/linkage/index.ts";
import { ACTS, COMMANDS, READS } from "../../http/contract/index.ts";
import { createHttpServer } from "../../http/index.ts";
import type { AppApi } from "../../http/index.ts";
import { instantOf, ok } from "../../kernel/index.ts";
import type { NodeCode, RegionCode, UnitCode, UserId } from "../../kernel/index.ts";
import { openPassingKeys } from "../../keys/index.ts";
import { readCatalogue } from "../../storage/catalogue-files/index.ts";
import { createMemoryStores } from "../../storage/index.ts";
import { createIds } from "../ids.ts";
import { createRules } from "../rules.ts";
import { createAppApi } from "./app-api.ts";
import { programPath } from "./program-path.ts";

const REGION = "150100" as RegionCode;
const WORKS = "x150100-works" as UnitCode;
const SAID = "路灯不亮，请回电13800001111";
const CHEAP = { n: 1024, r: 8, p: 1 };
const SECRET = "a long enough password";

/** The application as shipped over stores in memory, behind the server as shipped. */
async function aNode(side: "hotline" | "police" = "hotline") {
  let ahead = 0;
  const clock = { now: () => instantOf(Date.now() + ahead) };
  const stores = createMemoryStores(REGION, clock);
  const ids = createIds(Date.now);
  const catalogue = await readCatalogue(programPath("catalogue/nmg-2022-89"));
  if (!catalogue.ok) throw new Error("the shipped catalogue is refused");
  const works = { code: WORKS, nameZh: "市政设施", nameEn: "Works", side: "hotline", tier: "prefecture" } as const;
  const patrol = {
    code: "x-patrol" as UnitCode,
    nameZh: "巡警",
    nameEn: "Patrol",
    side: "police",
    tier: "prefecture",
  } as const;
  const units = [
    { ...works, parent: null, region: REGION, unitKind: "municipalWorks", dutyPhone: "0", invented: true },
    { ...patrol, parent: null, region: REGION, unitKind: "policeCommand", dutyPhone: "0", invented: true },
  ];
  const rules = createRules(catalogue.value, [], units, REGION, { suggest: () => [] });
  const deps: Deps = {
    node: {
      self: "hotline-150100" as NodeCode,
      side: "hotline",
      home: REGION,
      dutyPhone: "12345",
      followPolicy: "handOff",
      regime: () => "acceptingPlatform",
      callbackAttempts: 3,
      linkagePolicy: DEFAULT_LINKAGE_POLICY,
    },
    rules: () => rules,
    peers: () => [],
    store: stores.cases,
    inbox: stores.inbox,
    queries: stores.queries,
    readLog: stores.readLog,
    deadLetterDesk: stores.deadLetterDesk,
    keys: openPassingKeys(),
    clock,
    ids,
    requestNos: createRequestNumbers(stores.cases, clock, REGION, "hotline"),
    wake: { wake: () => undefined },
    phone: { ring: async () => "byHand" },
    seatOnDuty: async () => true,
  };
  const sign = { nodeCode: "hotline-150100", side, region: REGION, demo: false, version: "0" } as const;
  const feed = {
    subscribe: () => () => undefined,
    since: stores.queries.feed,
    loop: { wake() {}, stop: async () => {} },
  };
  const shipped = createAppApi({
    deps,
    rules: () => rules,
    accounts: stores.accounts,
    feed,
    onAlarms: () => () => undefined,
    links: async () => ok({ rows: [] }),
    meta: sign,
  });
  const shown: unknown[] = [];
  const server = await createHttpServer({
    nodeCode: sign.nodeCode,
    version: sign.version,
    api: watched(shipped, shown),
    sessions: createSessions({
      accounts: stores.accounts,
      clock,
      ids,
      keyedHash: (text) => text,
      allowDemoUsers: false,
      cost: CHEAP,
    }),
    clock,
    health: async () => ({ database: true, migration: "1" }),
    isUnavailable: () => false,
    exchange: {
      handleBatch: async () => ({ status: 404, body: null }),
      capability: async () => ({ status: 404, body: null }),
      catalogue: async () => ({ status: 404, body: null }),
      handleApproval: async () => ({ status: 404, body: null }),
    },
    webFolder: null,
    logger: false,
  });
  const seat = async (part: Pick<User, "login" | "roles" | "unit"> & Partial<Pick<User, "regions">>) => {
    const passwordHash = await hashPassword(SECRET, randomBytes(16), CHEAP);
    const user: User = {
      id: ids.next() as UserId,
      displayName: part.login,
      regions: [REGION],
      active: true,
      demo: false,
      ...part,
    };
    await stores.accounts.saveUser(user, passwordHash, clock.now());
    const login = await server.inject({
      method: "POST",
      url: "/api/session",
      payload: { login: part.login, password: SECRET },
    });
    const cookie = String(login.headers["set-cookie"]).split(";")[0] ?? "";
    const headers = { cookie, "x-csrf-token": String(login.json<{ csrf: string }>().csrf) };
    return {
      actor: { ...user, sessionHash: "", onDuty: false },
      read: (path: string) => server.inject({ url: `/api${path}`, headers }),
      give: (path: string, payload: object, key: string | null = ids.next()) =>
        server.inject({
          method: "POST",
          url: `/api${path}`,
          payload,
          headers: { ...headers, ...(key === null ? {} : { "idempotency-key": key }) },
        }),
    };
  };
  const pass = (ms: number): void => {
    ahead += ms;
  };
  return { server, api: shipped, reads: stores.reads, shown, seat, pass };
}

/** Notes what the application handed to a door route. */
function watched(api: AppApi, shown: unknown[]): AppApi {
  return {
    ...api,
    register: async (...args) => noted(await api.register(...args), (answer) => answer.view),
    request: async (...args) => noted(await api.request(...args), (answer) => answer),
    timeline: async (...args) => noted(await api.timeline(...args), (answer) => answer),
    queue: async (...args) => noted(await api.queue(...args), (answer) => answer),
    unitOrders: async (...args) => noted(await api.unitOrders(...args), (answer) => answer),
    reveal: async (...args) => noted(await api.reveal(...args), (answer) => answer),
  };
  function noted<T, E>(answer: { ok: true; value: T } | { ok: false; error: E }, viewOf: (value: T) => unknown) {
    if (answer.ok) shown.push(viewOf(answer.value));
    return answer;
  }
}

/** A step that the tests stand on; without it nothing below means anything. */
function done(answer: LightMyRequestResponse, status: number): void {
  if (answer.statusCode !== status) throw new Error(`${answer.statusCode} ${answer.body}`);
}

type Node = Awaited<ReturnType<typeof aNode>>;

describe("the application as shipped, behind the server as shipped (nmg:2.3.2)", () => {
  let node: Node;
  let taker: Awaited<ReturnType<Node["seat"]>>;
  let clerk: Awaited<ReturnType<Node["seat"]>>;
  let no = "";

  beforeAll(async () => {
    node = await aNode();
    taker = await node.seat({ login: "taker", roles: ["callTaker", "dispatcher"], unit: null });
    clerk = await node.seat({ login: "clerk", roles: ["unitClerk"], unit: WORKS });
    const fields = { channel: "phone", text: SAID, requesterPhone: "13800001111", requesterName: "诉求人甲" };
    const registered = await taker.give("/requests", { fields, item: "A01-01" });
    no = registered.json<{ requestNo: string }>().requestNo;
    done(registered, 201);
    done(await taker.give(`/requests/${no}/accept`, {}), 200);
    done(await taker.give(`/requests/${no}/dispatch`, { kind: "work", unit: WORKS }), 200);
  });

  afterAll(() => node.server.close());

  const good = (answer: LightMyRequestResponse) => {
    expect([answer.statusCode, answer.json().code]).toEqual([200, undefined]);
    return answer.body;
  };

  test("every read of the contract that shows a request passes the door and leaves a row in the read log", async () => {
    const paths: Record<string, () => Promise<LightMyRequestResponse>> = {
      queue: () => taker.read("/requests?view=all"),
      request: () => taker.read(`/requests/${no}`),
      timeline: () => taker.read(`/requests/${no}/timeline`),
      unitOrders: () => clerk.read("/orders"),
    };
    const doors = Object.entries(READS).filter(([, row]) => row.door);
    expect(doors.map(([name]) => name).sort()).toEqual(Object.keys(paths).sort());
    for (const read of Object.values(paths)) {
      const [before, seen] = [node.reads.length, node.shown.length];
      expect(good(await read())).toContain(no);
      expect(node.reads.length).toBe(before + 1);
      expect(node.shown.slice(seen).map(isPresented)).toEqual([true]);
    }
  });

  test("a reveal passes the door with its reason in the read log, and only it shows the number to the desk", async () => {
    expect(good(await taker.read(`/requests/${no}`))).toContain("138****1111");
    const revealed = good(await taker.give(`/requests/${no}/reveal`, { field: "requester.phone", reason: "回访" }));
    expect(revealed).toContain("13800001111");
    expect(node.reads.at(-1)).toMatchObject({ purpose: "reveal: 回访", fields: ["requester.phone"] });
  });

  test("an answer to a command is read through the door as well", async () => {
    const before = node.reads.length;
    expect(good(await taker.give(`/requests/${no}/amend`, { fields: {}, note: "又来电" }))).toContain("又来电");
    expect(node.reads.length).toBe(before + 1);
    expect(
      Object.values(ACTS)
        .filter((row) => row.door)
        .map((row) => row.path),
    ).toEqual(["/requests", "/requests/:no/reveal", "/requests/search"]);
    expect(Object.keys(COMMANDS).length).toBeGreaterThan(20);
  });

  test("a search by number goes through the door and is on record, also one that finds nothing (nmg:2.3.2)", async () => {
    const found = good(await taker.give("/requests/search", { phone: "138-0000-1111" }));
    expect(found).toContain(no);
    expect(found).not.toMatch(/1380000|诉求人甲/);
    const before = node.reads.length;
    expect(good(await taker.give("/requests/search", { phone: "13700003333" }))).toBe('{"rows":[],"next":null}');
    expect(node.reads.length).toBe(before + 1);
  });

  test("no route that is not behind the door tells what was said or who called", async () => {
    const open = Object.values(READS).filter((row) => !row.door && row.path !== "/stream");
    const answers = await Promise.all(open.map((row) => taker.read(row.path)));
    const status = await node.server.inject({ url: `/api/public/status?no=${no}&code=AAAAAA` });
    for (const answer of [...answers, status])
      for (const secret of ["路灯不亮", "13800001111", "诉求人甲", "138****1111"])
        expect(answer.body).not.toContain(secret);
    expect(answers.length).toBeGreaterThan(5);
  });

  test("red marks and frames of a matter reach only desks of its divisions, one without a place everybody (nmg:2.3.2)", async () => {
    const [there, elsewhere] = await Promise.all(
      ["150102", "150103"].map((code) =>
        node.seat({ login: `d${code}`, roles: ["callTaker"], unit: null, regions: [code as RegionCode] }),
      ),
    );
    if (there === undefined || elsewhere === undefined) throw new Error("two seats");
    const register = async (fields: object): Promise<{ requestNo: string; caseId: string }> =>
      (await taker.give("/requests", { fields: { channel: "phone", ...fields }, danger: true })).json();
    const before = await node.api.feed.since(null, 1);
    const placed = await register({ place: "150102" });
    const unplaced = await register({});
    const marked = async (seat: typeof there): Promise<readonly boolean[]> => {
      const { rows } = (await seat.read("/alarms")).json<{ rows: { requestNo: string }[] }>();
      return [placed, unplaced].map(({ requestNo }) => rows.some((row) => row.requestNo === requestNo));
    };
    const frames = (await node.api.feed.since(before?.cursor ?? null, 100))?.rows ?? [];
    const heard = async (seat: typeof there): Promise<readonly boolean[]> =>
      [placed, unplaced].map(({ caseId }) =>
        frames.some((frame) => frame.caseId === caseId && node.api.mayHear(seat.actor, frame)),
      );
    for (const look of [marked, heard]) {
      expect(await look(taker)).toEqual([true, true]);
      expect(await look(there)).toEqual([true, true]);
      expect(await look(elsewhere)).toEqual([false, true]);
    }
    const mark = (await there.read("/alarms"))
      .json<{ rows: { kind: string; subject: string; requestNo: string }[] }>()
      .rows.find((row) => row.requestNo === placed.requestNo);
    const answer = { kind: mark?.kind, subject: mark?.subject, outcome: "reached" };
    expect((await elsewhere.give("/alarms/acknowledge", answer)).json()).toMatchObject({ code: "ALARM_UNKNOWN" });
    expect((await there.give("/alarms/acknowledge", answer)).statusCode).toBe(204);
  });
});

describe("a number to dial (nmg:2.2.1)", () => {
  type Mark = { kind: string; subject: string; requestNo: string; dial: string | null; acknowledgedAt: string | null };
  type Entry = { type: string; by: { name: string }; details: object; texts: { view: { value: string } }[] };

  async function toDial() {
    const node = await aNode();
    const taker = await node.seat({ login: "taker", roles: ["callTaker"], unit: null });
    const { requestNo } = (await taker.give("/requests", { fields: { channel: "phone" }, danger: true })).json<Mark>();
    const mark = async () =>
      (await taker.read("/alarms")).json<{ rows: Mark[] }>().rows.find((row) => row.dial !== null && row.requestNo);
    const { kind, subject } = { kind: "", subject: "", ...(await mark()) };
    const call = async (outcome: string, key?: string | null) =>
      (await taker.give("/alarms/acknowledge", { kind, subject, outcome }, key)).statusCode;
    const calls = async () =>
      (await taker.read(`/requests/${requestNo}/timeline`))
        .json<{ rows: Entry[] }>()
        .rows.filter(({ type }) => type === "CallMade");
    return { node, taker, requestNo, mark, call, calls, kind };
  }

  test("what was dialled, by whom and what came of it stands in the request's timeline, words sealed until they are shown", async () => {
    const { mark, call, calls, kind } = await toDial();
    expect(await mark()).toMatchObject({ dial: "110", acknowledgedAt: null });
    expect(await call("handedOverByVoice: 110 值班长 13800001111 已接")).toBe(204);
    const [entry, ...more] = await calls();
    expect(entry).toMatchObject({
      by: { name: "taker" },
      details: { dial: "110", about: [kind], result: "handedOverByVoice" },
      texts: [{ view: { showing: "clear", value: expect.stringContaining("值班长") } }],
    });
    expect(more).toEqual([]);
    expect(JSON.stringify(await mark())).not.toContain("值班长");
    expect(await call("reached")).toBe(404);
  });

  test("one key is one call, however often it is sent; without a key the call is taken all the same (P3)", async () => {
    const { call, calls } = await toDial();
    const key = "3f0c6b52-6a52-4f0b-9d4e-0f6f4a1f7a11";
    expect([await call("noAnswer", key), await call("noAnswer", key), await call("busy", key)]).toEqual([
      204, 204, 422,
    ]);
    expect(await calls()).toHaveLength(1);
    expect([await call("busy", null), await call("reached", "no key")]).toEqual([204, 204]);
    expect(await calls()).toHaveLength(3);
  });

  test("that nobody answered is asked for again within 30 seconds, as often as it takes; reached once it is not", async () => {
    const { node, mark, call, calls } = await toDial();
    for (const outcome of ["noAnswer", "busy"]) {
      expect(await call(outcome)).toBe(204);
      expect((await mark())?.acknowledgedAt).not.toBeNull();
      node.pass(25_000);
      expect((await mark())?.acknowledgedAt).toBeNull();
    }
    expect(await call("reached")).toBe(204);
    node.pass(3_600_000);
    expect((await mark())?.acknowledgedAt).not.toBeNull();
    expect((await calls()).map(({ details }) => details)).toMatchObject(
      ["noAnswer", "busy", "reached"].map((result) => ({ result })),
    );
  });
});

test("each desk is offered the units it orders itself, 110 the police ones (nmg:2.2.1)", async () => {
  for (const [side, unit] of [
    ["hotline", WORKS],
    ["police", "x-patrol"],
  ] as const) {
    const node = await aNode(side);
    const taker = await node.seat({ login: "taker", roles: ["callTaker", "dispatcher"], unit: null });
    const codes = async (query: string) =>
      (await taker.read(`/units${query}`)).json<{ rows: { code: string }[] }>().rows.map(({ code }) => code);
    expect(await codes("")).toEqual([unit]);
    expect(await codes("?kind=police")).toEqual(["x-patrol"]);
  }
});
