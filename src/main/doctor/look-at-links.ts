import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { createHttpCarrier, createTlsFetch } from "../../exchange/http-api/index.ts";
import type { ExchangeFetch, HttpCarrier } from "../../exchange/http-api/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { instantOf } from "../../kernel/index.ts";
import { openPassingKeys } from "../../keys/index.ts";
import type { NodeConfig } from "../config/load.ts";
import type { PeerFacts, PortFacts } from "./probe.ts";

const ANSWER_MS = 4_000;

/** Asks as the exchange does. Passing keys: only other nodes' signatures are checked here, nothing is signed. */
async function withCarrier<T>(
  self: NodeCode,
  fetchOver: ExchangeFetch,
  work: (carrier: HttpCarrier) => Promise<T>,
): Promise<T> {
  const keys = openPassingKeys();
  try {
    const carrier = createHttpCarrier({
      keys,
      self,
      fetch: fetchOver,
      clock: { now: () => instantOf(Date.now()) },
      evidence: async () => undefined,
      timeouts: { urgentMs: ANSWER_MS, ordinaryMs: ANSWER_MS },
    });
    return await work(carrier);
  } finally {
    await keys.close();
  }
}

/** What every peer says of itself, checked against its pinned key. */
export async function lookAtPeers({ node, peers }: Pick<NodeConfig, "node" | "peers">): Promise<readonly PeerFacts[]> {
  if (peers.length === 0) return [];
  return withCarrier(node.code, fetch, (carrier) =>
    Promise.all(
      peers.map(async ({ code, url, publicKey, dutyPhone }): Promise<PeerFacts> => {
        const said = await carrier.fetchCapability({ nodeCode: code, url: url.replace(/\/$/, ""), publicKey });
        if (said.ok) {
          const aheadMs = Date.parse(said.value.issuedAt) - Date.now();
          return { code, url, dutyPhone, failure: null, aheadMs };
        }
        const { code: failed, detail, blame } = said.error;
        return { code, url, dutyPhone, failure: { code: failed, detail, link: blame === "link" }, aheadMs: null };
      }),
    ),
  );
}

/** Who holds the port: nobody, we (a node with our code that signs with our key), or somebody else. */
export async function lookAtPort(
  config: Pick<NodeConfig, "node" | "listen">,
  ownKey: string | null,
): Promise<PortFacts> {
  const { host, port } = config.listen;
  const fault = await tryListening(host, port);
  if (fault === null) return { host, port, state: "free", detail: "" };
  if (fault === "EACCES") return { host, port, state: "forbidden", detail: fault };
  if (fault !== "EADDRINUSE") return { host, port, state: "noAddress", detail: fault };
  if (ownKey === null) return { host, port, state: "taken", detail: "no key of our own to compare" };
  const said = await askOurselves(config, ownKey);
  return { host, port, state: said === null ? "ours" : "taken", detail: said ?? "" };
}

async function askOurselves(
  { node, listen }: Pick<NodeConfig, "node" | "listen">,
  key: string,
): Promise<string | null> {
  const own = await ownFetch(listen);
  const local = listen.host === "0.0.0.0" ? "127.0.0.1" : listen.host === "::" ? "::1" : listen.host;
  const name = local.includes(":") ? `[${local}]` : local;
  try {
    const url = `${listen.tlsCert === undefined ? "http" : "https"}://${name}:${listen.port}`;
    const said = await withCarrier(node.code, own.fetch, (carrier) =>
      carrier.fetchCapability({ nodeCode: node.code, url, publicKey: key }),
    );
    return said.ok ? null : `${said.error.code} ${said.error.detail}`;
  } finally {
    own.close();
  }
}

/** Our own certificate is its own authority here. */
async function ownFetch(
  listen: NodeConfig["listen"],
): Promise<{ readonly fetch: ExchangeFetch; readonly close: () => void }> {
  if (listen.tlsCert === undefined) return { fetch, close: () => undefined };
  const trusting = createTlsFetch(await readFile(listen.tlsCert, "utf8"));
  return { fetch: trusting, close: trusting.close };
}

function tryListening(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const trial = createServer();
    trial.once("error", (fault: NodeJS.ErrnoException) => resolve(fault.code ?? fault.message));
    trial.listen({ host, port, exclusive: true }, () => trial.close(() => resolve(null)));
  });
}
