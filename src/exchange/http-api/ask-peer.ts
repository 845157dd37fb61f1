import { err, ok, type Result } from "../../kernel/index.ts";
import type { CarrierFailure } from "../carrier.ts";
import { blameOf, type CodeBlame, type ExchangeCode, parseRefusal } from "../contract/index.ts";
import type { ExchangeFetch } from "./exchange-fetch.ts";

/** A peer's answer; `body` undefined when it was not JSON. */
export type Answer = { readonly status: number; readonly body: unknown };

/** Longer waits than this are not believed: a peer must not be able to silence a lane. */
const RETRY_AFTER_MAX_MS = 30_000;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTimeout(fault: unknown): boolean {
  return fault instanceof Error && (fault.name === "TimeoutError" || fault.name === "AbortError");
}

/** `cause` carries the reason (refused, reset, unknown host, certificate); a body or an address never is in it. */
function causeOf(fault: unknown): string {
  const cause = fault instanceof Error ? (fault.cause ?? fault) : fault;
  const code = typeof cause === "object" && cause !== null ? Reflect.get(cause, "code") : null;
  return typeof code === "string" ? code : "no connection";
}

/** Asks a peer once: POST when there is a body, else GET. Errors: EXCHANGE_LINK_TIMEOUT, EXCHANGE_LINK_DOWN. */
export async function askPeer(
  fetchOver: ExchangeFetch,
  url: string,
  ask: { readonly body: string | null; readonly timeoutMs: number },
): Promise<Result<Answer, CarrierFailure>> {
  const headers = { accept: "application/json", "content-type": "application/json; charset=utf-8" };
  const signal = AbortSignal.timeout(ask.timeoutMs);
  try {
    const answer = await (ask.body === null
      ? fetchOver(url, { method: "GET", headers, signal })
      : fetchOver(url, { method: "POST", headers, body: ask.body, signal }));
    return ok({ status: answer.status, body: parseJson(await answer.text()) });
  } catch (fault) {
    const code: ExchangeCode = isTimeout(fault) ? "EXCHANGE_LINK_TIMEOUT" : "EXCHANGE_LINK_DOWN";
    const detail = isTimeout(fault) ? `${ask.timeoutMs} ms` : causeOf(fault);
    return err({ code, blame: "link", answered: false, retryAfterMs: null, detail });
  }
}

/** Proxies on the way answer without our body: their status is all there is. */
function codeOfStatus(status: number): ExchangeCode {
  if (status === 413) return "EXCHANGE_BATCH_TOO_LARGE";
  if (status === 429) return "EXCHANGE_BUSY";
  return status >= 500 ? "EXCHANGE_RECEIVER_FAULT" : "EXCHANGE_ANSWER_UNREADABLE";
}

/** A fault in a batch's head is the two programs' matter: no message of it may be given up for that. */
function blameOfRefusal(code: string, path: string | undefined): CodeBlame {
  const blame = blameOf(code);
  const inHead = code === "EXCHANGE_SCHEMA_INVALID" && path?.startsWith("/entries/") !== true;
  return blame === "none" || inHead ? "peer" : blame;
}

/** What a status other than 200 means for the sender. A code of a later version keeps its name and blames the peer. */
export function refusalOf(answer: Answer): CarrierFailure {
  const refusal = parseRefusal(answer.body);
  if (!refusal.ok) {
    const code = codeOfStatus(answer.status);
    return { code, blame: blameOf(code), answered: true, retryAfterMs: null, detail: `HTTP ${answer.status}` };
  }
  const { code, path, retryAfterMs } = refusal.value;
  return {
    code,
    blame: blameOfRefusal(code, path),
    answered: true,
    retryAfterMs: retryAfterMs === undefined ? null : Math.min(retryAfterMs, RETRY_AFTER_MAX_MS),
    detail: path ?? `HTTP ${answer.status}`,
  };
}
