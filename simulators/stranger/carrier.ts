import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { parseJson } from "./json.ts";

export type Answer = { readonly status: number; readonly body: unknown };

/** One call of the http-api carrier; no answer in time, or none at all, is a rejection (linkage-exchange 13.2). */
export function call(url: string, method: "GET" | "POST", body: unknown, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const request = (url.startsWith("https:") ? secureRequest : plainRequest)(
      url,
      {
        method,
        signal: AbortSignal.timeout(timeoutMs),
        headers:
          text === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, body: parseJson(Buffer.concat(parts).toString("utf8")) });
        });
      },
    );
    request.on("error", reject);
    request.end(text);
  });
}
