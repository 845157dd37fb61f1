import type { Body } from "./body.ts";
import { decodeText, type Encoding, encodeText } from "./gb18030.ts";

const TIMEOUT_MS = 3_000;

/** Posts one message; true only for HTTP 200 with `code` 200 within three seconds. */
export async function post(url: string, message: Body, encoding: Encoding): Promise<boolean> {
  const charset = encoding === "gb18030" ? "GB18030" : "UTF-8";
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": `application/json;charset=${charset}` },
      body: new Uint8Array(encodeText(JSON.stringify(message), encoding)),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer: unknown = JSON.parse(decodeText(new Uint8Array(await response.arrayBuffer()), encoding));
    return response.status === 200 && typeof answer === "object" && answer !== null && saysYes(answer);
  } catch {
    // Refused, cut off, too late or not readable: all the same to such a system.
    return false;
  }
}

function saysYes(answer: object): boolean {
  return "code" in answer && Number(answer.code) === 200;
}
