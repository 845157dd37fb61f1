import { createHmac } from "node:crypto";
import type { Notify, OutgoingNotice } from "../app/ports/notify.ts";
import { NotifyError, systemCodeOf } from "./notify-error.ts";

/** Where the city's message gateway answers and how it knows us. */
export type HttpSenderOptions = {
  /** Full address of the gateway's entry, `https://…`. */
  readonly url: string;
  /** Shared with the gateway; signs every body. */
  readonly secret: string;
  readonly fetch: typeof globalThis.fetch;
  /** How long one attempt may take, answer included; milliseconds. */
  readonly timeoutMs: number;
};

/**
 * Hands notices to a gateway (SMS platform, adapter of a city) by POST of JSON: `id`, `to`, `unit`, `template`, `address`,
 * `text`, UTF-8. Headers: `idempotency-key` = the notice's id (the gateway sends a repeated id once), and
 * `x-liandong-signature: hmac-sm3=<64 hex digits>` over the very bytes of the body with the shared secret. Any answer from
 * 200 to 299 means taken; a redirection is not followed, because the address of a person would go where nobody agreed.
 * @throws NotifyError NOTICE_GATEWAY_REFUSED with the status; NOTICE_GATEWAY_TIMEOUT; NOTICE_GATEWAY_UNREACHABLE.
 */
export function createHttpSender(options: HttpSenderOptions): Notify {
  return {
    send: async (outgoing) => {
      const body = bodyOf(outgoing);
      const status = await post(options, outgoing.notice.id, body);
      if (status < 200 || status > 299) throw new NotifyError("NOTICE_GATEWAY_REFUSED", String(status), status);
    },
  };
}

function bodyOf({ notice, address, text }: OutgoingNotice): string {
  const { id, to, unit, template } = notice;
  return JSON.stringify({ id, to, unit, template, address, text });
}

async function post(options: HttpSenderOptions, id: string, body: string): Promise<number> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    const answer = await options.fetch(options.url, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "idempotency-key": id,
        "x-liandong-signature": `hmac-sm3=${createHmac("sm3", options.secret).update(body).digest("hex")}`,
      },
      body,
      redirect: "manual",
      signal,
    });
    // An unread body would keep the connection busy.
    await answer.body?.cancel();
    return answer.status;
  } catch (fault) {
    if (signal.aborted) throw new NotifyError("NOTICE_GATEWAY_TIMEOUT", `${options.timeoutMs} ms`);
    throw new NotifyError("NOTICE_GATEWAY_UNREACHABLE", systemCodeOf(fault));
  }
}
