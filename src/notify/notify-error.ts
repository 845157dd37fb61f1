/** Why a notice was not handed over. */
export type NotifyErrorCode =
  | "NOTICE_FILE_UNWRITABLE"
  | "NOTICE_GATEWAY_REFUSED"
  | "NOTICE_GATEWAY_TIMEOUT"
  | "NOTICE_GATEWAY_UNREACHABLE";

/**
 * Thrown by a sender: the notice must be tried again. The message is stored with the notice and shown to operators, so it
 * holds the code, the status or the system's error name, never the address, the text or an answer's body.
 */
export class NotifyError extends Error {
  readonly code: NotifyErrorCode;
  /** HTTP status of the gateway's answer; null when there was none. */
  readonly status: number | null;

  constructor(code: NotifyErrorCode, detail: string, status: number | null = null) {
    super(`${code}: ${detail}`);
    this.name = "NotifyError";
    this.code = code;
    this.status = status;
  }
}

/** The system's own name of a fault (`ECONNREFUSED`, `ENOSPC`), looked for in its causes; `unknown` when it has none. */
export function systemCodeOf(fault: unknown): string {
  for (let at: unknown = fault, depth = 0; typeof at === "object" && at !== null && depth < 5; depth += 1) {
    const code: unknown = Reflect.get(at, "code");
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return code;
    at = Reflect.get(at, "cause");
  }
  return "unknown";
}
