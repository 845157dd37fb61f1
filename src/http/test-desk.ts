import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import type { User } from "../app/ports/accounts.ts";
import { markPresented } from "../app/present-brand.ts";
import { createSessions, hashPassword } from "../app/sessions/index.ts";
import type { ActingUser } from "../app/sessions/index.ts";
import { createMemoryAccounts } from "../app/sessions/memory-accounts.ts";
import type { MemoryAccounts } from "../app/sessions/memory-accounts.ts";
import { err, instantOf, ok } from "../kernel/index.ts";
import type { Instant, RegionCode, UnitCode, UserId } from "../kernel/index.ts";
import type { AppApi, AppRefusal, CommandAnswer, FeedFrame } from "./app-api.ts";
import type { RequestView } from "./contract/index.ts";
import { groundsOfProblem } from "./problems/index.ts";
import { createHttpServer } from "./server.ts";
import type { HttpServerOptions } from "./server.ts";

/** Cheap on purpose: tests of routes do not measure scrypt. */
const CHEAP = { n: 1024, r: 8, p: 1 };
export const PASSWORD = "correct horse 电池";
export const NO = "1501002611220000017";
export const CASE_ID = "0197f3c2-6f1e-7d3a-9b1c-2f4e5a6b7c8d";
const AT = "2026-11-22T05:18:17.123Z";

export type Asked = { readonly name: string; readonly args: readonly unknown[] };

/** A desk's server over an application of a few lines: it answers, and writes down what it was asked. */
export type TestDesk = {
  readonly app: FastifyInstance;
  readonly accounts: MemoryAccounts;
  readonly asked: readonly Asked[];
  readonly now: () => Instant;
  readonly passMs: (ms: number) => void;
  /** What the next questions are refused with. */
  readonly refuseWith: (refusal: AppRefusal | null) => void;
  /** Commits a change: frames get cursors 1, 2, … */
  readonly commit: (caseId: string) => void;
  readonly logIn: (login: string, cookieName?: string) => Promise<Seat>;
};

/** A logged-in browser. */
export type Seat = {
  readonly cookie: string;
  readonly csrf: string;
  readonly send: (options: InjectOptions) => Promise<LightMyRequestResponse>;
  /** Sends a command with a fresh key. */
  readonly command: (path: string, body?: object, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
};

export async function openTestDesk(
  options: Omit<Partial<HttpServerOptions>, "api"> & { readonly api?: Partial<AppApi> } = {},
): Promise<TestDesk> {
  let nowMs = Date.parse(AT);
  const now = (): Instant => instantOf(nowMs);
  const accounts = createMemoryAccounts();
  await seed(accounts, now());
  const sessions = createSessions({
    accounts,
    clock: { now },
    ids: { next: () => randomUUID(), random: (bytes) => randomBytes(bytes) },
    keyedHash: (text) => createHash("sm3").update(text).digest("hex"),
    allowDemoUsers: false,
    cost: CHEAP,
  });
  const fake = fakeApi();
  const app = await createHttpServer({
    nodeCode: "hotline-150100",
    side: "hotline",
    version: "0.1.0",
    sessions,
    clock: { now },
    health: async () => ({ database: true, migration: "000001" }),
    exchange: {
      handleBatch: async (batch, address) => ({ status: 202, body: { batch, address } }),
      handleCatalogueRequest: async (request) => ({ status: 200, body: { request } }),
      handleApproval: async (approval) => ({ status: 200, body: { approval } }),
      capability: async () => ({ status: 200, body: { protocol: 1 } }),
    },
    webFolder: null,
    logger: false,
    ...options,
    api: { ...fake.api, ...options.api },
  });
  return {
    app,
    accounts,
    asked: fake.asked,
    now,
    passMs: (ms) => {
      nowMs += ms;
    },
    refuseWith: fake.refuseWith,
    commit: fake.commit,
    logIn: (login) => logIn(app, login),
  };
}

async function logIn(app: FastifyInstance, login: string): Promise<Seat> {
  const answer = await app.inject({ method: "POST", url: "/api/session", payload: { login, password: PASSWORD } });
  if (answer.statusCode !== 200) throw new Error(`log-in failed: ${answer.body}`);
  const cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  const csrf = String(answer.json<{ csrf: string }>().csrf);
  const send = (call: InjectOptions): Promise<LightMyRequestResponse> =>
    app.inject({ ...call, headers: { cookie, "x-csrf-token": csrf, ...call.headers } });
  return {
    cookie,
    csrf,
    send,
    command: (path, body = {}, headers = {}) =>
      send({
        method: "POST",
        url: `/api${path}`,
        payload: body,
        headers: { "idempotency-key": randomUUID(), ...headers },
      }),
  };
}

async function seed(accounts: MemoryAccounts, at: Instant): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD, randomBytes(16), CHEAP);
  const base = { regions: ["150100" as RegionCode], unit: null, active: true, demo: false };
  const user = (login: string, part: Partial<User>): User => ({
    ...base,
    id: `user-${login}` as UserId,
    login,
    displayName: login,
    roles: ["callTaker"],
    ...part,
  });
  const users = [
    user("taker", {}),
    user("supervisor", { roles: ["supervisor"] }),
    user("operator", { roles: ["operator"] }),
    user("clerk", { roles: ["unitClerk"], unit: "U-WATER" as UnitCode }),
    user("gone", { active: false }),
    user("demo", { demo: true }),
  ];
  for (const one of users) await accounts.saveUser(one, passwordHash, at);
}

/** A request view that fits the contract. */
export function aView(part: Partial<RequestView> = {}): RequestView {
  return {
    requestNo: NO,
    caseId: CASE_ID,
    etag: "7",
    status: "registered",
    responsible: true,
    holder: "hotline-150100",
    origin: "intake",
    firstReceiver: { registeredAt: AT, nodeCode: "hotline-150100", requestNo: NO },
    registeredAt: AT,
    receivedAt: AT,
    changedAt: AT,
    channel: "phone",
    place: "150102",
    placeName: null,
    requestKind: null,
    field: null,
    requesterType: null,
    confidential: false,
    danger: false,
    dangerOpen: false,
    verdict: null,
    missing: ["requestKind"],
    fields: { text: { showing: "clear", value: "路灯不亮", revealable: false } },
    initialResponse: null,
    conclusion: null,
    callbacks: [],
    rating: null,
    closedAs: null,
    orders: [],
    linkages: [],
    allowed: ["accept"],
    notYet: [],
    forOthers: [],
    ...part,
  };
}

type FakeApi = {
  readonly api: AppApi;
  readonly asked: Asked[];
  readonly refuseWith: (refusal: AppRefusal | null) => void;
  readonly commit: (caseId: string) => void;
};

function done(): CommandAnswer {
  return { requestNo: NO, caseId: CASE_ID, etag: "8", view: markPresented(aView()), repeated: false };
}

function hearsOwnUnit(actor: ActingUser, { caseId }: FeedFrame): boolean {
  return actor.unit === null || caseId.startsWith("water");
}

function fakeApi(): FakeApi {
  const asked: Asked[] = [];
  let refusal: AppRefusal | null = null;
  const answers = async <T>(name: string, args: readonly unknown[], value: T) => {
    asked.push({ name, args });
    return refusal === null ? ok(value) : err(refusal);
  };
  const feed = fakeFeed();
  const counts = { mine: 1, incoming: 0, returned: 0, theirs: 0, danger: 0, closed: 0, all: 1 };
  const api: AppApi = {
    refusalSource: (code) => groundsOfProblem(code)?.nmg.clause ?? null,
    register: (...args) => answers("register", args, done()),
    command: (...args) => answers("command", args, done()),
    request: (...args) => answers("request", args, markPresented(aView())),
    timeline: (...args) => answers("timeline", args, markPresented({ rows: [] })),
    queue: (...args) => answers("queue", args, markPresented({ rows: [], next: null })),
    queueCounts: (...args) => answers("queueCounts", args, counts),
    unitOrders: (...args) => answers("unitOrders", args, markPresented({ rows: [], next: null })),
    searchByPhone: (...args) => answers("searchByPhone", args, markPresented({ rows: [], next: null })),
    reveal: (...args) =>
      answers(
        "reveal",
        args,
        markPresented({ field: args[2], value: { showing: "clear", value: "x", revealable: false } }),
      ),
    ownPushes: (...args) => answers("ownPushes", args, { rows: [] }),
    alarms: (...args) => answers("alarms", args, { rows: [] }),
    acknowledgeAlarm: (...args) => answers("acknowledgeAlarm", args, null),
    standing: (...args) => answers("standing", args, { rows: [], next: null }),
    peerFigures: (...args) => answers("peerFigures", args, { at: AT, rows: [] }),
    links: (...args) => answers("links", args, { rows: [] }),
    deadLetters: (...args) => answers("deadLetters", args, { rows: [] }),
    retryDeadLetter: (...args) => answers("retryDeadLetter", args, null),
    agreement: (...args) =>
      answers("agreement", args, { self: "hotline-150100", inForce: null, versions: [], elsewhere: [], wanted: [] }),
    versionChanges: (...args) => answers("versionChanges", args, { from: "a@1", to: args[1], rows: [], more: 0 }),
    approveVersion: (...args) => answers("approveVersion", args, null),
    items: (...args) => answers("items", args, { rows: [] }),
    explanation: (...args) => answers("explanation", args, { explanation: null }),
    advise: (...args) => answers("advise", args, { version: "test@1", about: null, groups: [] }),
    duty: (...args) => answers("duty", args, { at: AT, rows: [], more: 0 }),
    units: (...args) => answers("units", args, { rows: [] }),
    meta: async () => err({ code: "UNAVAILABLE" }),
    publicStatus: async (no, code) =>
      no === NO && code === "482913"
        ? ok({ requestNo: no, stage: "handling", changedAt: AT })
        : err({ code: "STATUS_UNKNOWN" }),
    unitName: async () => null,
    mayHear: hearsOwnUnit,
    feed: feed.feed,
    onAlarms: () => () => undefined,
  };
  return {
    api,
    asked,
    commit: feed.commit,
    refuseWith: (next) => {
      refusal = next;
    },
  };
}

function fakeFeed(): { readonly feed: AppApi["feed"]; readonly commit: (caseId: string) => void } {
  const frames: FeedFrame[] = [];
  const listeners = new Set<(frame: FeedFrame) => void>();
  return {
    commit: (caseId) => {
      const cursor = String(frames.length + 1);
      const frame: FeedFrame = {
        cursor,
        caseId,
        requestNo: NO,
        stream: "case",
        streamId: caseId,
        type: "CaseAmended",
        at: AT,
        place: null,
        units: [],
      };
      frames.push(frame);
      for (const listener of listeners) listener(frame);
    },
    feed: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      since: async (cursor, limit) => {
        if (cursor === null) return { rows: [], cursor: String(frames.length) };
        const from = Number(cursor);
        if (Number.isNaN(from)) return null;
        const rows = frames.slice(from, from + limit);
        return { rows, cursor: String(from + rows.length) };
      },
    },
  };
}
