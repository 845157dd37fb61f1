import { randomUUID } from "node:crypto";
import { ACTS, COMMANDS, READS } from "../../src/http/contract/index.ts";
import type {
  AlarmView,
  CommandDone,
  CommandName,
  Problem,
  QueueRow,
  RegisterBody,
  RequestView,
  SessionView,
  TimelineEntry,
  UnitOrderRow,
} from "../../src/http/contract/index.ts";
import { openLiveStream } from "./live-stream.ts";
import type { Desk } from "../../src/main/pair/desks.ts";
import type { LiveStream } from "./live-stream.ts";
import type { PairAccount } from "./pair.ts";

/** What came back, whatever it was. */
export type Answer<T> = { readonly status: number; readonly body: T; readonly etag: string | null };

/** A refusal of the node, with its problem details. */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Problem;
  constructor(what: string, status: number, problem: Problem) {
    super(`${what}: ${status} ${problem.code} ${JSON.stringify(problem.params ?? {})}`);
    this.name = "Refused";
    this.status = status;
    this.problem = problem;
  }
}

/** How a command is sent; a fresh key when none is given. */
export type Sending = { readonly key?: string; readonly ifMatch?: string };

/** One logged-in account as a program: the same calls a screen makes. Everything throws `Refused` unless the node says yes. */
export type Seat = {
  readonly account: PairAccount<Desk["name"]>;
  readonly userId: string;
  /** One call as it is; never throws for a refusal. */
  readonly call: <T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer<T>>;
  readonly register: (body: RegisterBody, sending?: Sending) => Promise<CommandDone>;
  /** `target`: number of the request, or id of the linkage or order. */
  readonly give: (name: CommandName, target: string, body?: object, sending?: Sending) => Promise<CommandDone>;
  readonly request: (no: string) => Promise<RequestView>;
  readonly timeline: (no: string) => Promise<readonly TimelineEntry[]>;
  readonly queue: (view: string) => Promise<readonly QueueRow[]>;
  readonly orders: (open?: boolean) => Promise<readonly UnitOrderRow[]>;
  readonly alarms: () => Promise<readonly AlarmView[]>;
  readonly stream: (cursor?: string) => Promise<LiveStream>;
  readonly setDuty: (onDuty: boolean) => Promise<void>;
};

/** Called with every answer's text as it came over the wire. */
export type Hear = (path: string, text: string) => void;

/** Logs an account in. Errors: Refused. */
export async function logIn(account: PairAccount<Desk["name"]>, hear?: Hear): Promise<Seat> {
  const { login, password, url } = account;
  const response = await fetch(`${url}/api${ACTS.logIn.path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login, password }),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Refused(`log in ${login}`, response.status, JSON.parse(text));
  const session: SessionView = JSON.parse(text);
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return seatOf(account, { cookie, csrf: session.csrf, userId: session.user.id }, hear ?? (() => undefined));
}

type Ticket = { readonly cookie: string; readonly csrf: string; readonly userId: string };

function seatOf(account: PairAccount<Desk["name"]>, { cookie, csrf, userId }: Ticket, hear: Hear): Seat {
  const call: Seat["call"] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${account.url}/api${path}`, {
      method,
      headers: {
        cookie,
        ...(method === "GET" ? {} : { "x-csrf-token": csrf }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    hear(`${method} ${path}`, text);
    return { status: response.status, body: text === "" ? null : JSON.parse(text), etag: response.headers.get("etag") };
  };
  const must = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> => {
    const answer = await call<unknown>(method, path, body, headers);
    if (answer.status >= 300) throw new Refused(`${account.login} ${path}`, answer.status, answer.body as Problem);
    return answer.body as T;
  };
  const rows = async <T>(path: string): Promise<readonly T[]> =>
    (await must<{ readonly rows: readonly T[] }>("GET", path)).rows;
  return {
    account,
    userId,
    call,
    register: (body, sending) => must("POST", ACTS.register.path, body, headersOf(sending)),
    give: (name, target, body = {}, sending) => must("POST", pathOf(name, target), body, headersOf(sending)),
    request: (no) => must("GET", READS.request.path.replace(":no", no)),
    timeline: (no) => rows(READS.timeline.path.replace(":no", no)),
    queue: (view) => rows(`${READS.queue.path}?view=${view}&limit=200`),
    orders: (open = true) => rows(`${READS.unitOrders.path}?open=${open}&limit=200`),
    alarms: () => rows(READS.alarms.path),
    stream: (cursor) => openLiveStream(account.url, cookie, cursor ?? null),
    setDuty: async (onDuty) => {
      await must("PUT", ACTS.setDuty.path, { onDuty });
    },
  };
}

/** Path of a command below `/api`. */
export function pathOf(name: CommandName, target: string): string {
  return COMMANDS[name].path.replace(/:(no|id)/, target);
}

function headersOf(sending: Sending = {}): Record<string, string> {
  return {
    "idempotency-key": sending.key ?? randomUUID(),
    ...(sending.ifMatch === undefined ? {} : { "if-match": `"${sending.ifMatch}"` }),
  };
}

const POLL_MS = 20;

/** Asks again and again until there is an answer that is not null; throws with what was waited for when time is up. */
export async function eventually<T>(what: string, ask: () => Promise<T | null>, withinMs = 10_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    if (Date.now() >= until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
