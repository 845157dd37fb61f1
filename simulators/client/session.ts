import { parseObject, parseText, textOf } from "./json.ts";
import type { Json } from "./json.ts";
import { backOffMs, GaveUpError, isNotNow, PATIENCE, pause, retryAfterMs, StoppedError } from "./retry.ts";
import type { Patience } from "./retry.ts";

export type Credentials = { readonly url: string; readonly login: string; readonly password: string };

/** What a desk answered. `code` is the refusal's code, null when it was done. */
export type Answer = { readonly status: number; readonly code: string | null; readonly body: Json };

export type Call = {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly body?: object;
  readonly key?: string;
  /** ETag the call was decided on, without quotes. */
  readonly ifMatch?: string;
};

/** One logged-in person at one desk. */
export type Session = {
  readonly login: string;
  readonly url: string;
  /**
   * Calls until there is an answer: through a restart of the desk, a full server and an ended session, always with the same
   * key, so that what was done once is not done twice. Throws GaveUpError, StoppedError, LoginError.
   */
  readonly call: (call: Call) => Promise<Answer>;
  /** Headers of a logged-in call that is no JSON (the live stream). */
  readonly cookie: () => Promise<string>;
  /** Repeats so far, by reason. */
  readonly repeats: ReadonlyMap<string, number>;
};

/** The desk knows neither this log-in nor this password, or the account is locked. */
export class LoginError extends Error {
  constructor(url: string, login: string, code: string) {
    super(`${login} 无法登录 cannot log in at ${url}: ${code}`);
    this.name = "LoginError";
  }
}

type Token = { readonly cookie: string; readonly csrf: string };

const CALL_MS = 40_000;

export function createSession(
  who: Credentials,
  signal: AbortSignal | null = null,
  patience: Patience = PATIENCE,
): Session {
  const repeats = new Map<string, number>();
  let token: Promise<Token> | null = null;
  // One "not now" slows all calls of this session: that is the back-pressure.
  let quietUntil = 0;

  async function patiently<T>(once: () => Promise<T | Again>): Promise<T> {
    const since = Date.now();
    for (let tries = 1; ; tries++) {
      if (quietUntil > Date.now()) await pause(quietUntil - Date.now(), signal);
      const got = await once();
      if (!(got instanceof Again)) return got;
      repeats.set(got.reason, (repeats.get(got.reason) ?? 0) + 1);
      if (Date.now() - since > patience.giveUpAfterMs) throw new GaveUpError(got.reason);
      if (signal?.aborted === true) throw new StoppedError();
      if (got.afterMs !== null) quietUntil = Math.max(quietUntil, Date.now() + got.afterMs);
      await pause(got.afterMs ?? backOffMs(tries, patience), signal);
    }
  }

  function logIn(): Promise<Token> {
    const made = patiently(() => logInOnce(who));
    made.catch(() => {
      token = null;
    });
    return made;
  }

  async function callOnce(call: Call): Promise<Answer | Again> {
    const used = (token ??= logIn());
    const answer = await exchange(who.url, call, await used);
    if (answer instanceof Again) return answer;
    if (answer.code === "NOT_LOGGED_IN" || answer.code === "CSRF") {
      if (token === used) token = null;
      return new Again(answer.code, 0);
    }
    return answer;
  }

  return {
    login: who.login,
    url: who.url,
    call: (call) => patiently(() => callOnce(call)),
    cookie: async () => (await (token ??= logIn())).cookie,
    repeats,
  };
}

/** Not done, and worth another try. */
class Again {
  readonly reason: string;
  readonly afterMs: number | null;
  constructor(reason: string, afterMs: number | null) {
    this.reason = reason;
    this.afterMs = afterMs;
  }
}

async function logInOnce({ url, login, password }: Credentials): Promise<Token | Again> {
  const got = await fetchOnce(`${url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login, password }),
  });
  if (got instanceof Again) return got;
  const csrf = textOf(got.body["csrf"]);
  if (got.status !== 200 || csrf === null || got.cookie === null)
    throw new LoginError(url, login, textOf(got.body["code"]) ?? String(got.status));
  return { cookie: got.cookie, csrf };
}

async function exchange(url: string, call: Call, token: Token): Promise<Answer | Again> {
  const headers: Record<string, string> = { cookie: token.cookie, "x-csrf-token": token.csrf };
  if (call.body !== undefined) headers["content-type"] = "application/json";
  if (call.key !== undefined) headers["idempotency-key"] = call.key;
  if (call.ifMatch !== undefined) headers["if-match"] = `"${call.ifMatch}"`;
  const got = await fetchOnce(`${url}/api${call.path}`, {
    method: call.method,
    headers,
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  if (got instanceof Again) return got;
  const { status, body } = got;
  return { status, body, code: status < 400 ? null : (textOf(body["code"]) ?? `HTTP_${status}`) };
}

type Got = { readonly status: number; readonly body: Json; readonly cookie: string | null };

async function fetchOnce(url: string, init: RequestInit): Promise<Got | Again> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(CALL_MS) });
    const text = await response.text();
    if (isNotNow(response.status)) {
      const reason = textOf(parseObject(parseText(text))["code"]) ?? `HTTP_${response.status}`;
      return new Again(reason, retryAfterMs(response.headers.get("retry-after"), Date.now()));
    }
    const cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? null;
    return { status: response.status, body: parseObject(parseText(text)), cookie };
  } catch {
    // No connection, a broken one, or no answer in time: nobody knows whether it was done, so the same key asks again.
    return new Again("NO_ANSWER", null);
  }
}
