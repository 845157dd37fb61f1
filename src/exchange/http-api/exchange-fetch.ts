import { readFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { err, ok, type Result } from "../../kernel/index.ts";

/** The part of `fetch` the carrier uses; the platform's own fits. */
export type ExchangeFetch = (
  url: string,
  init: {
    readonly method: "GET" | "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly signal: AbortSignal;
  },
) => Promise<{ readonly status: number; readonly text: () => Promise<string> }>;

/**
 * A fetch that trusts only the authorities of one file, with connections kept alive. The platform's fetch takes no
 * authority of its own without a package more, and setting it process-wide would make every other connection trust it.
 */
export function createTlsFetch(authorities: string): ExchangeFetch & { readonly close: () => void } {
  const agent = new Agent({ ca: authorities, keepAlive: true, maxSockets: 16 });
  const fetchOver: ExchangeFetch = (url, init) =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        url,
        { agent, method: init.method, headers: init.headers, signal: init.signal },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("error", reject);
          answer.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            resolve({ status: answer.statusCode ?? 0, text: async () => text });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(init.body);
    });
  return Object.assign(fetchOver, { close: () => agent.destroy() });
}

/** As `createTlsFetch`, the authorities read from a PEM file. Error: CA_FILE_UNREADABLE. */
export async function openTlsFetch(
  caFile: string,
): Promise<Result<ReturnType<typeof createTlsFetch>, { readonly code: "CA_FILE_UNREADABLE"; readonly file: string }>> {
  const pem = await readFile(caFile, "utf8").catch(() => "");
  return pem.includes("-----BEGIN CERTIFICATE-----")
    ? ok(createTlsFetch(pem))
    : err({ code: "CA_FILE_UNREADABLE", file: caFile });
}
