import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ConfigProblem, NodeConfig } from "./load.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Marks keys that the demonstration made; a production node refuses to use them. */
export const DEMO_KEYS_MARK = "made-for-demonstration";

/**
 * What a production node (`LIANDONG_ENV=production`) must not be started with: demonstration accounts, keys made by the
 * demonstration, or a listener off loopback that speaks without encryption. Empty = nothing against it.
 */
export function productionProblems(
  config: NodeConfig,
  environment: Readonly<Record<string, string | undefined>>,
): readonly ConfigProblem[] {
  if (environment["LIANDONG_ENV"] !== "production") return [];
  const problems: ConfigProblem[] = [];
  if (config.demo) {
    problems.push({ key: "demo", reason: "production has no accounts with printed passwords", example: "demo: false" });
  }
  if (existsSync(join(config.storage.keys, DEMO_KEYS_MARK))) {
    problems.push({
      key: "storage.keys",
      reason: "these keys were made by the demonstration",
      example: "an empty folder; keys are made on first start",
    });
  }
  const encrypted = config.listen.tlsCert !== undefined && config.listen.tlsKey !== undefined;
  if (!LOOPBACK.has(config.listen.host) && !encrypted) {
    problems.push({
      key: "listen.host",
      reason: "a listener off loopback must be encrypted",
      example: "listen: { host: 0.0.0.0, tlsCert: …, tlsKey: … }",
    });
  }
  for (const peer of config.peers) {
    const host = new URL(peer.url).hostname;
    if (peer.url.startsWith("http:") && !LOOPBACK.has(host)) {
      problems.push({
        key: `peers.${peer.code}.url`,
        reason: "a peer off loopback must be reached by https",
        example: "https://110.example.gov.cn",
      });
    }
  }
  return problems;
}

/** TLS material of the listener, or null when it speaks plain HTTP. */
export function tlsOf(config: NodeConfig): { readonly cert: Buffer; readonly key: Buffer } | null {
  const { tlsCert, tlsKey } = config.listen;
  return tlsCert === undefined || tlsKey === undefined
    ? null
    : { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) };
}
