import type { Problem } from "../../../src/http/contract/index.ts";

/** A refusal or failure of one call. `network` = no answer came; what was sent may or may not have arrived. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Problem | null;
  readonly network: boolean;

  constructor(status: number, code: string, problem: Problem | null) {
    super(code);
    this.name = "ApiFailure";
    this.status = status;
    this.code = code;
    this.problem = problem;
    this.network = status === 0;
  }
}

export type CallOptions = {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  /** Version the person looked at; the server refuses with 412 when it has changed since. */
  readonly etag?: string | null;
  /** Same key = same command: a repeated press is answered again and not done twice. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds after which a silent server counts as not reached. */
  readonly patienceMs?: number;
  /** It reaches the server also when the page is left before the answer; for small bodies only. */
  readonly outlivesPage?: boolean;
};

let csrf: string | null = null;
let onExpired: () => void = () => undefined;

/** The token of the session, to be sent with every change. */
export function setCsrf(token: string | null): void {
  csrf = token;
}

/** Called when the server says that nobody is logged in any more. */
export function whenExpired(listener: () => void): void {
  onExpired = listener;
}

/** UUID v4 without `crypto.randomUUID`, which browsers refuse on plain-http office networks. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function quoted(etag: string): string {
  return etag.startsWith('"') ? etag : `"${etag}"`;
}

function headersOf(options: CallOptions): Headers {
  const headers = new Headers({ accept: "application/json" });
  const method = options.method ?? "GET";
  if (options.body !== undefined) headers.set("content-type", "application/json");
  if (method !== "GET" && csrf !== null) headers.set("x-csrf-token", csrf);
  if (options.idempotencyKey !== undefined) headers.set("idempotency-key", options.idempotencyKey);
  if (options.etag !== undefined && options.etag !== null) headers.set("if-match", quoted(options.etag));
  return headers;
}

/** Problem details when the body is one, else null: a proxy's HTML page is nobody's explanation. */
function parseProblem(body: unknown): Problem | null {
  return typeof body === "object" && body !== null && "code" in body && "title" in body ? (body as Problem) : null;
}

/** An answer that began and broke off is no answer: what was sent may or may not have arrived. */
async function wholeText(response: Response, signal: AbortSignal | undefined): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    throw new ApiFailure(0, "NETWORK", null);
  }
}

async function parseBody(response: Response, signal?: AbortSignal): Promise<unknown> {
  const text = await wholeText(response, signal);
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function send(path: string, options: CallOptions): Promise<Response> {
  const timeout = AbortSignal.timeout(options.patienceMs ?? 15_000);
  const relay = new AbortController();
  const abort = () => relay.abort();
  timeout.addEventListener("abort", abort);
  options.signal?.addEventListener("abort", abort);
  try {
    return await fetch(`/api${path}`, {
      method: options.method ?? "GET",
      headers: headersOf(options),
      credentials: "same-origin",
      cache: "no-store",
      signal: relay.signal,
      keepalive: options.outlivesPage === true,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
  } catch (cause) {
    if (options.signal?.aborted === true) throw cause;
    throw new ApiFailure(0, "NETWORK", null);
  }
}

/** A token that another tab's log-in replaced is fetched once; the refused call changed nothing. */
async function refreshCsrf(): Promise<void> {
  const session = await parseBody(await send("/session", {}));
  if (typeof session === "object" && session !== null && "csrf" in session) csrf = String(session.csrf);
}

/** One call of the API. Errors: ApiFailure; 401 also tells the session that it has ended. */
export async function callApi<T>(path: string, options: CallOptions = {}): Promise<T> {
  let response = await send(path, options);
  let body = await parseBody(response, options.signal);
  if (response.status === 403 && parseProblem(body)?.code === "CSRF") {
    await refreshCsrf();
    response = await send(path, options);
    body = await parseBody(response, options.signal);
  }
  if (!response.ok) {
    const problem = parseProblem(body);
    if (response.status === 401 && path !== "/session") onExpired();
    throw new ApiFailure(response.status, problem?.code ?? `HTTP_${response.status}`, problem);
  }
  return parseAnswer<T>(body);
}

/** The answer's type is promised by the contract that server and screens share; it is not checked twice. */
function parseAnswer<T>(body: unknown): T {
  return body as T;
}
