import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFileKeys } from "../../keys/index.ts";
import { migrate, SESSION_SETTINGS } from "../../storage/index.ts";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import type { TestDatabase } from "../../../test/setup/test-database.ts";
import { loadConfig } from "../config/load.ts";
import type { NodeConfig } from "../config/load.ts";
import { startNode } from "../node/start-node.ts";
import { freePort } from "../pair/free-port.ts";
import type { CheckId, Finding } from "./finding.ts";
import { lookAtDatabase } from "./look-at-database.ts";
import { openProbe } from "./open-probe.ts";
import { runDoctor } from "./run-doctor.ts";

let top: string;
let database: TestDatabase;
let file: string;
let config: NodeConfig;
let publicKey: string;

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), "liandong-doctor-"));
  database = await createTestDatabase();
  const keys = await openFileKeys(join(top, "keys"));
  if (!keys.ok) throw new Error(keys.error.code);
  publicKey = keys.value.nodePublicKey;
  await keys.value.close();
  const port = await freePort(0);
  file = join(top, "liandong.yaml");
  await writeFile(
    file,
    stringify({
      node: { code: "hotline-150100", side: "hotline", region: "150100", dutyPhone: "12345" },
      listen: { host: "127.0.0.1", port },
      database: { url: database.url },
      storage: { keys: join(top, "keys"), files: join(top, "files") },
      // Its own peer: then the same answer proves the port and the link.
      peers: [
        {
          code: "hotline-150100",
          side: "hotline",
          regions: ["150100"],
          url: `http://127.0.0.1:${port}`,
          publicKey,
          dutyPhone: "12345",
        },
      ],
    }),
  );
  config = loadConfig(file, {});
});

afterAll(async () => {
  await database.drop();
  await rm(top, { recursive: true, force: true });
});

async function findings(of: NodeConfig = config): Promise<Readonly<Record<CheckId, Finding>>> {
  const found = await runDoctor(openProbe(of, file, {}));
  return Object.fromEntries(found.map((f) => [f.id, f])) as Record<CheckId, Finding>;
}

const LINKED: readonly CheckId[] = [
  "keyFiles",
  "database",
  "databaseVersion",
  "migrations",
  "clockDrift",
  "sessionSettings",
  "port",
];
const WORKING: readonly CheckId[] = ["instances", "catalogue", "peers", "backlog", "deadLetters", "folders"];

describe("the doctor at a real machine", () => {
  test("says of a node that was never started what its start will mend", async () => {
    const found = await findings();
    expect(found.migrations.level).toBe("warn");
    expect(found.migrations.what.en).toMatch(/^the schema stands at 0/);
    expect(found.port.what.en).toMatch(/is free$/);
    expect(found.peers).toMatchObject({ level: "fail" });
    expect(found.peers.what.en).toContain("EXCHANGE_LINK_DOWN ECONNREFUSED");
  });

  test("finds a running node well: its port is its own, its peer answers with the pinned key", async () => {
    const node = await startNode(config, { environment: {}, version: "0", log: () => undefined });
    try {
      const found = await findings();
      expect([...LINKED, ...WORKING].filter((id) => found[id].level !== "ok").map((id) => found[id])).toEqual([]);
      expect(found.port.what.en).toMatch(/held by this node$/);
      const [peer] = config.peers;
      if (peer === undefined) throw new Error("no peer");
      const wrongKey = `04${"ab".repeat(64)}`;
      const other = await findings({ ...config, peers: [{ ...peer, publicKey: wrongKey }] });
      expect(other.peers.what.en).toContain("EXCHANGE_KEY_UNKNOWN");
    } finally {
      await node.stop();
    }
  });

  test("a stranger on the port is not taken for the node", async () => {
    const stranger = createServer((_request, response) => response.end("{}"));
    stranger.listen(config.listen.port, "127.0.0.1");
    await once(stranger, "listening");
    try {
      const found = await findings();
      expect(found.port).toMatchObject({ id: "port", level: "fail" });
      expect(found.port.what.en).toContain("EXCHANGE_ANSWER_UNREADABLE");
    } finally {
      stranger.closeAllConnections();
      stranger.close();
    }
  });

  test("settings that another options in database.url puts aside are found, and the server that has them by itself is well", async () => {
    const url = new URL(database.url);
    url.searchParams.set("options", "-c enable_seqscan=on -c jit=off");
    expect(await lookAtDatabase(url.href)).toMatchObject({
      settings: { enable_seqscan: "on", jit: "off", plan_cache_mode: "auto" },
    });
    const found = await findings({ ...config, database: { ...config.database, url: url.href } });
    expect(found.sessionSettings).toMatchObject({ level: "warn" });
    url.searchParams.set(
      "options",
      Object.entries(SESSION_SETTINGS)
        .map(([key, value]) => `-c ${key}=${value}`)
        .join(" "),
    );
    expect(await lookAtDatabase(url.href)).toMatchObject({ settings: SESSION_SETTINGS });
  });

  test("a pooler that takes no start-up parameter named options is found, though the database answers", async () => {
    const { hostname, port } = new URL(database.url);
    const refusal = Buffer.from("SFATAL\0C08P01\0Munsupported startup parameter\0\0");
    const size = Buffer.alloc(4);
    size.writeInt32BE(refusal.length + 4);
    const pooler = createTcpServer((client) => {
      client.on("error", () => undefined);
      client.once("data", (first) => {
        if (first.includes("options\0")) return client.end(Buffer.concat([Buffer.from("E"), size, refusal]));
        const server = connect(Number(port), hostname);
        server.on("error", () => undefined);
        server.write(first);
        client.pipe(server).pipe(client);
      });
    });
    pooler.listen(0, "127.0.0.1");
    await once(pooler, "listening");
    try {
      const url = new URL(database.url);
      url.host = `127.0.0.1:${(pooler.address() as AddressInfo).port}`;
      expect(await lookAtDatabase(url.href)).toMatchObject({ reachable: true, settings: { refused: "08P01" } });
    } finally {
      pooler.close();
    }
  });

  test("a database that is absent, refuses or is newer than the program is told by its code, never its password", async () => {
    const wrong = new URL(database.url);
    wrong.pathname = "/no_such_database";
    wrong.password = "a-secret";
    const absent = await lookAtDatabase(wrong.href);
    expect(absent).toMatchObject({ reachable: false });
    expect(JSON.stringify(absent)).not.toContain("a-secret");
    expect(absent.where).toMatch(/\/no_such_database$/);
    wrong.port = "1";
    expect(await lookAtDatabase(wrong.href)).toMatchObject({ reachable: false, detail: "ECONNREFUSED" });
    await migrate(database.url);
    const there = await lookAtDatabase(database.url);
    if (!there.reachable) throw new Error(there.detail);
    expect(there.migration).toBe(there.newest);
    expect(there.version).toBeGreaterThanOrEqual(150_000);
    expect(Math.abs(there.aheadMs)).toBeLessThanOrEqual(there.unsureMs + 50);
  });
});
