import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One fault of a configuration: the key, the reason in both languages, and how it should look. */
export type ConfigProblem = { readonly key: string; readonly reason: string; readonly example: string };

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Whether only this machine can reach a listener on this host. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.has(host);
}

/** Marks keys that the demonstration made; a production node refuses to use them. */
export const DEMO_KEYS_MARK = "made-for-demonstration";

/** As much of a configuration as could be read. A value that was given and is wrong is there as undefined. */
export type ReadSoFar = {
  readonly demo?: boolean | undefined;
  readonly storage?: { readonly keys?: string | undefined };
  readonly listen?: {
    readonly host?: string | undefined;
    readonly tlsCert?: string | undefined;
    readonly tlsKey?: string | undefined;
  };
  readonly peers?: readonly ({ readonly code?: string | undefined; readonly url?: string | undefined } | undefined)[];
};

/**
 * What a production node (`LIANDONG_ENV=production`) must not be started with: demonstration accounts, keys made by the
 * demonstration, or a listener off loopback that speaks without encryption. Empty = nothing against it. Also of a
 * configuration with other faults, so that all are told at once.
 */
export function productionProblems(
  config: ReadSoFar,
  environment: Readonly<Record<string, string | undefined>>,
): readonly ConfigProblem[] {
  if (environment["LIANDONG_ENV"] !== "production") return [];
  const problems: ConfigProblem[] = [];
  if (config.demo === true) {
    const reason = "生产环境不得有印出口令的账号 production has no accounts with printed passwords";
    problems.push({ key: "demo", reason, example: "demo: false" });
  }
  const keys = config.storage?.keys;
  if (keys !== undefined && existsSync(join(keys, DEMO_KEYS_MARK))) {
    problems.push({
      key: "storage.keys",
      reason: "这些密钥由演示生成 these keys were made by the demonstration",
      example: "an empty folder; keys are made on first start",
    });
  }
  const { listen = {} } = config;
  const encrypted = "tlsCert" in listen && "tlsKey" in listen;
  if (listen.host !== undefined && !LOOPBACK.has(listen.host) && !encrypted) {
    problems.push({
      key: "listen.host",
      reason: "本机以外的监听必须加密 a listener off loopback must be encrypted",
      example: "listen: { host: 0.0.0.0, tlsCert: …, tlsKey: … }",
    });
  }
  return [...problems, ...(config.peers ?? []).flatMap(peerProblems)];
}

function peerProblems(peer: NonNullable<ReadSoFar["peers"]>[number], index: number): readonly ConfigProblem[] {
  const { url, code } = peer ?? {};
  if (url === undefined || !url.startsWith("http:") || !URL.canParse(url)) return [];
  if (LOOPBACK.has(new URL(url).hostname)) return [];
  return [
    {
      key: code === undefined ? `peers[${index}].url` : `peers.${code}.url`,
      reason: "本机以外的对方必须用 https 访问 a peer off loopback must be reached by https",
      example: "https://110.example.gov.cn",
    },
  ];
}

/** TLS material of the listener, or null when it speaks plain HTTP. */
export function tlsOf(
  config: Required<Pick<ReadSoFar, "listen">>,
): { readonly cert: Buffer; readonly key: Buffer } | null {
  const { tlsCert, tlsKey } = config.listen;
  return tlsCert === undefined || tlsKey === undefined
    ? null
    : { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) };
}
