import { describe, expect, it } from "vitest";
import { parseConfig } from "./load.ts";
import type { NodeConfig } from "./load.ts";
import { productionProblems } from "./production.ts";
import type { ConfigProblem } from "./production.ts";

const GOOD = {
  node: { code: "hotline-150100", side: "hotline", region: "150100", dutyPhone: "12345" },
  database: { url: "${DATABASE_URL}" },
  storage: { keys: "keys", files: "files" },
};
const ENVIRONMENT = { DATABASE_URL: "postgres://u:p@127.0.0.1/x" };

describe("configuration file", () => {
  it("takes defaults for what is left out and values from the environment", () => {
    const config = configOf(GOOD);
    expect(config.listen.port).toBe(12345);
    expect(config.database.url).toBe("postgres://u:p@127.0.0.1/x");
  });

  it("refuses a wrong key by its name with a reason and an example", () => {
    const problems = problemsOf({ ...GOOD, listen: { prot: 1 } }, ENVIRONMENT);
    expect(problems).toMatchObject([{ key: "listen.prot", reason: expect.stringContaining("is not a setting") }]);
    expect(problems[0]?.example).not.toBe("");
  });

  it("refuses a file that is no mapping", () => {
    expect(problemsOf("text", {})).toMatchObject([{ key: "(file)" }]);
    expect(problemsOf(null, {})).toMatchObject([{ key: "(file)" }]);
  });

  it("names every wrong or missing value at once", () => {
    const problems = problemsOf({ ...GOOD, node: { side: "fire", region: 150100 }, peers: [{ code: "x" }] }, {});
    const keys = problems.map((p) => p.key);
    expect(keys).toEqual(
      expect.arrayContaining([
        "node.side",
        "node.region",
        "node.code",
        "node.dutyPhone",
        "database.url",
        "peers[0].code",
        "peers[0].url",
      ]),
    );
  });

  it("names what production has against it beside a missing environment variable, all at once", () => {
    const raw = {
      ...GOOD,
      demo: true,
      listen: { host: "0.0.0.0" },
      peers: [{ code: "police-150100", side: "police", url: "http://110.example.gov.cn" }],
    };
    const keys = problemsOf(raw, { LIANDONG_ENV: "production" }).map((p) => p.key);
    expect(keys).toEqual(
      expect.arrayContaining(["database.url", "peers[0].publicKey", "demo", "listen.host", "peers.police-150100.url"]),
    );
    // A certificate whose name is not set yet is a missing variable, not a listener without encryption.
    const encrypted = { host: "0.0.0.0", tlsCert: "${CERT}", tlsKey: "${KEY}" };
    const others = problemsOf({ ...GOOD, listen: encrypted }, { LIANDONG_ENV: "production" }).map((p) => p.key);
    expect(new Set(others)).toEqual(new Set(["listen.tlsCert", "listen.tlsKey", "database.url"]));
  });

  it("production refuses demonstration accounts and an unencrypted listener off loopback", () => {
    const config = configOf({ ...GOOD, demo: true, listen: { host: "0.0.0.0" } });
    expect(productionProblems(config, { LIANDONG_ENV: "production" }).map((p) => p.key)).toEqual([
      "demo",
      "listen.host",
    ]);
    expect(productionProblems(config, {})).toEqual([]);
  });
});

function configOf(raw: unknown): NodeConfig {
  const config = parseConfig(raw, ENVIRONMENT);
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  return config.value;
}

function problemsOf(raw: unknown, environment: Readonly<Record<string, string>>): readonly ConfigProblem[] {
  const config = parseConfig(raw, environment);
  return config.ok ? [] : config.error;
}
