import { randomBytes } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import type { Deps } from "../../app/deps.ts";
import type { User } from "../../app/ports/accounts.ts";
import { createRequestNumbers } from "../../app/request-numbers.ts";
import { createSessions, hashPassword } from "../../app/sessions/index.ts";
import { DEFAULT_LINKAGE_POLICY } from "../../core/linkage/index.ts";
import { createHttpServer } from "../../http/index.ts";
import type { AppApi } from "../../http/index.ts";
import { err, instantOf, ok } from "../../kernel/index.ts";
import type { NodeCode, RegionCode, UnitCode, UserId } from "../../kernel/index.ts";
import { openPassingKeys } from "../../keys/index.ts";
import { readCatalogue } from "../../storage/catalogue-files/index.ts";
import { createMemoryStores } from "../../storage/index.ts";
import { createIds } from "../ids.ts";
import { createRules } from "../rules.ts";
import type { RuleBook } from "../rules.ts";
import { createAppApi } from "./app-api.ts";
import { programPath } from "./program-path.ts";

const REGION = "150100" as RegionCode;
/** A unit of this side that takes work orders. */
export const WORKS: UnitCode = "x150100-works" as UnitCode;
/** What the caller said; no answer outside the door may hold it. */
export const SAID = "路灯不亮，请回电13800001111";
const CHEAP = { n: 1024, r: 8, p: 1 };
const SECRET = "a long enough password";

type Server = Awaited<ReturnType<typeof createHttpServer>>;

/** A logged-in account with its ways to ask; `key` null = none is sent. */
export type Seat = {
  readonly actor: User & { readonly sessionHash: string; readonly onDuty: boolean };
  readonly read: (path: string) => Promise<LightMyRequestResponse>;
  readonly give: (path: string, payload: object, key?: string | null) => Promise<LightMyRequestResponse>;
};

type SeatPart = Pick<User, "login" | "roles" | "unit"> & Partial<Pick<User, "regions">>;

/** `shown` = what went to door routes; `pass` lets time go by. */
export type TestNode = {
  readonly server: Server;
  readonly api: AppApi;
  readonly reads: Stores["reads"];
  readonly shown: readonly unknown[];
  readonly seat: (part: SeatPart) => Promise<Seat>;
  readonly pass: (ms: number) => void;
};

/** The application as shipped over stores in memory, behind the server as shipped. */
export async function aNode(side: "hotline" | "police" = "hotline"): Promise<TestNode> {
  let ahead = 0;
  const clock = { now: () => instantOf(Date.now() + ahead) };
  const stores = createMemoryStores(REGION, clock);
  const ids = createIds(Date.now);
  const rules = await shippedRules();
  const deps = depsOver(stores, rules, clock, ids);
  const sign = { nodeCode: "hotline-150100", side, region: REGION, demo: false, version: "0" } as const;
  const feed = {
    subscribe: () => () => undefined,
    since: stores.queries.feed,
    loop: { wake() {}, stop: async () => {} },
  };
  const shipped = createAppApi({
    consultations: {
      consultations: async () => err({ code: "UNAVAILABLE" }),
      recordConsultation: async () => err({ code: "UNAVAILABLE" }),
    },
    agreement: {
      agreement: async () => err({ code: "UNAVAILABLE" }),
      versionChanges: async () => err({ code: "UNAVAILABLE" }),
      approveVersion: async () => err({ code: "UNAVAILABLE" }),
    },
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
    side,
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
      handleCatalogueRequest: async () => ({ status: 404, body: null }),
      handleApproval: async () => ({ status: 404, body: null }),
    },
    webFolder: null,
    logger: false,
  });
  const seat = seatsOf(server, stores, clock, ids);
  const pass = (ms: number): void => {
    ahead += ms;
  };
  return { server, api: shipped, reads: stores.reads, shown, seat, pass };
}

async function shippedRules(): Promise<RuleBook> {
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
  return createRules(catalogue.value, [], units, REGION, { suggest: () => [] });
}

type Stores = ReturnType<typeof createMemoryStores>;
type Ids = ReturnType<typeof createIds>;

function depsOver(stores: Stores, rules: RuleBook, clock: Deps["clock"], ids: Ids): Deps {
  return {
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
}

function seatsOf(server: Server, stores: Stores, clock: Deps["clock"], ids: Ids): TestNode["seat"] {
  return async (part) => {
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
      read: async (path) => server.inject({ url: `/api${path}`, headers }),
      give: async (path, payload, key = ids.next()) =>
        server.inject({
          method: "POST",
          url: `/api${path}`,
          payload,
          headers: { ...headers, ...(key === null ? {} : { "idempotency-key": key }) },
        }),
    };
  };
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
