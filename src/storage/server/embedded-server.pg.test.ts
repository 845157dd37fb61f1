import { spawn } from "node:child_process";
import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Client, type QueryResultRow } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findTestBinaries, makeTestFolder, testFlavour } from "../../../test/setup/test-database.ts";
import {
  type EmbeddedServer,
  type EmbeddedServerOptions,
  killServerOf,
  startEmbeddedServer,
} from "./embedded-server.ts";
import { isServerProcess, listServerProcesses } from "./postmaster.ts";

const asRoot = process.getuid?.() === 0;
/** The account of Debian's background programs: it has a passwd entry, as initdb demands, and nothing else. */
const PLAIN_UID = 1;

let folder: string;
let dataDir: string;

beforeEach(() => {
  folder = makeTestFolder();
  dataDir = join(folder, "server");
});

afterEach(async () => {
  await killServerOf(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

async function query<Row extends QueryResultRow>(server: EmbeddedServer, sql: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: server.superuserUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const flavour = testFlavour();

function start(more: Partial<EmbeddedServerOptions> = {}): Promise<EmbeddedServer> {
  const binaries = findTestBinaries();
  if (!binaries.ok) throw new Error(`nothing in ${binaries.error.path}`);
  const given = binaries.value === undefined ? {} : { binaries: binaries.value };
  return startEmbeddedServer({ dataDir, ...given, ...more });
}

describe(`server (${flavour})`, () => {
  test("the first start makes a UTF-8 cluster that flushes to disk and listens on loopback only", async () => {
    const server = await start();
    expect(server.attached).toBe(false);
    const rows = await query(
      server,
      `select current_setting('listen_addresses') as listen, current_setting('unix_socket_directories') as socket,
         current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
         current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
         (select bool_and(rolpassword like 'SCRAM-SHA-256$%') from pg_authid where rolcanlogin) as scram,
         lower('Ä') as lowered, '受理' ~ '^\\w+$' as chinese_is_word`,
    );
    expect(rows).toEqual([
      {
        listen: "127.0.0.1",
        socket: "",
        fsync: "on",
        commit: "on",
        encoding: "UTF8",
        checksums: "on",
        scram: true,
        lowered: "ä",
        chinese_is_word: true,
      },
    ]);
    await server.stop();
  });

  test("rows written before a stop are there after the next start, under the same password", async () => {
    const first = await start();
    await query(first, "create table kept (n int)");
    await query(first, "insert into kept values (7)");
    await first.stop();
    expect(listServerProcesses(join(dataDir, "data"))).toEqual([]);
    const second = await start();
    expect(second.attached).toBe(false);
    expect(await query(second, "select n from kept")).toEqual([{ n: 7 }]);
    await second.stop();
  });

  test("a second start attaches, and its stop leaves the server running unless it is told to own it", async () => {
    const owner = await start();
    const guest = await start();
    expect({ attached: guest.attached, pid: guest.pid, port: guest.port }).toEqual({
      attached: true,
      pid: owner.pid,
      port: owner.port,
    });
    await guest.stop();
    expect(await query(owner, "select 1 as one")).toEqual([{ one: 1 }]);
    await guest.stop({ evenIfAttached: true });
    await owner.waitForEnd();
    expect(isServerProcess(owner.pid, join(dataDir, "data"))).toBe(false);
  });

  test("of four starts at once one starts and three attach", async () => {
    const servers = await Promise.all([start(), start(), start(), start()]);
    expect(servers.filter((server) => !server.attached)).toHaveLength(1);
    expect(new Set(servers.map((server) => server.pid)).size).toBe(1);
  });

  test("every acknowledged row survives kill -9 of the server and all its children (P1)", async () => {
    let server = await start();
    await query(server, "create table acknowledged (n int primary key)");
    for (let round = 0; round < 3; round += 1) {
      const heard = await writeUntilKilled(server, round * 1_000_000);
      expect(heard.length).toBeGreaterThan(0);
      server = await start();
      expect(server.attached).toBe(false);
      const rows = await query<{ n: number }>(server, "select n from acknowledged");
      const stored = new Set(rows.map((row) => row.n));
      expect(heard.filter((n) => !stored.has(n))).toEqual([]);
    }
    await server.stop();
  });

  test("a start right after a kill of the postmaster alone waits for its children and succeeds", async () => {
    const server = await start();
    process.kill(server.pid, "SIGKILL");
    const next = await start();
    expect(next.attached).toBe(false);
    await next.stop();
  });

  test("a lock file whose number now belongs to another process does not stop the start", async () => {
    const first = await start();
    await first.stop();
    const lock = join(dataDir, "data", "postmaster.pid");
    const bystander = spawn("sleep", ["60"], asRoot ? { uid: 65_534, gid: 65_534, cwd: "/" } : { cwd: "/" });
    try {
      writeFileSync(lock, `${bystander.pid}\n${join(dataDir, "data")}\n1\n5432\n\n127.0.0.1\n\nready   \n`);
      const server = await start();
      expect(server.attached).toBe(false);
      await server.stop();
    } finally {
      bystander.kill("SIGKILL");
    }
  });

  test("an interrupted first start leaves nothing that is taken for data", async () => {
    mkdirSync(join(dataDir, "draft-left", "data"), { recursive: true });
    writeFileSync(join(dataDir, "draft-left", "data", "PG_VERSION"), "18\n");
    const server = await start();
    expect(readdirSync(dataDir).filter((name) => name.startsWith("draft-"))).toEqual([]);
    await server.stop();
  });

  test("the password is in one file for its owner only, and nobody without it gets in", async () => {
    const server = await start();
    expect(statSync(join(dataDir, "superuser.password")).mode & 0o777).toBe(0o600);
    const wrong = new Client({ host: server.host, port: server.port, user: "postgres", password: "guess" });
    await expect(wrong.connect()).rejects.toMatchObject({ code: "28P01" });
    await server.stop();
  });

  test("values of a refused row do not reach the server's log (P5)", async () => {
    const server = await start();
    await query(server, "create table phones (phone text primary key)");
    await query(server, "insert into phones values ('13800138000')");
    await expect(query(server, "insert into phones values ('13800138000')")).rejects.toMatchObject({ code: "23505" });
    await server.stop();
    const logs = join(dataDir, "data", "log");
    const text = readdirSync(logs)
      .map((name) => readFileSync(join(logs, name), "utf8"))
      .join("");
    expect(text).toContain("duplicate key");
    expect(text).not.toContain("13800138000");
  });

  test("data of another major version is refused by code, not touched", async () => {
    const server = await start();
    await server.stop();
    writeFileSync(join(dataDir, "data", "PG_VERSION"), "12\n");
    await expect(start()).rejects.toMatchObject({ code: "DATA_OF_OTHER_MAJOR" });
  });

  test("a wished port that is taken is PORT_IN_USE", async () => {
    const holder = createServer();
    const port = await new Promise<number>((resolve) => {
      holder.listen(0, "127.0.0.1", () => {
        const address = holder.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    await expect(start({ port })).rejects.toMatchObject({ code: "PORT_IN_USE" });
    holder.close();
  });

  test("settings of operator.conf win over ours", async () => {
    const first = await start();
    await first.stop();
    writeFileSync(join(dataDir, "operator.conf"), "work_mem = '5MB'\n");
    const second = await start();
    expect(await query(second, "show work_mem")).toEqual([{ work_mem: "5MB" }]);
    await second.stop();
  });
});

/** Eight writers insert numbers one by one until the server is killed under them; returns what was acknowledged. */
async function writeUntilKilled(server: EmbeddedServer, from: number): Promise<readonly number[]> {
  const heard: number[] = [];
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    const client = new Client({ connectionString: server.superuserUrl });
    client.on("error", () => undefined);
    await client.connect();
    try {
      for (let i = 0; ; i += 1) {
        const n = from + writer * 100_000 + i;
        await client.query("insert into acknowledged values ($1)", [n]);
        heard.push(n);
        if (heard.length === 200) server.killHard();
      }
    } catch {
      // The kill arrived.
    }
  });
  await Promise.all(writers);
  await server.waitForEnd();
  return heard;
}

describe.runIf(asRoot)("accounts", () => {
  test("as root the server runs under uid 65534 and the data belongs to it", async () => {
    const server = await startEmbeddedServer({ dataDir });
    expect(statSync(`/proc/${server.pid}`).uid).toBe(65_534);
    expect(statSync(join(dataDir, "data")).uid).toBe(65_534);
    await server.stop();
  });

  test("as root a data folder in a private home is FOLDER_NOT_TRAVERSABLE", async () => {
    mkdirSync(join(folder, "home"), { mode: 0o700 });
    await expect(startEmbeddedServer({ dataDir: join(folder, "home", "server") })).rejects.toMatchObject({
      code: "FOLDER_NOT_TRAVERSABLE",
    });
  });

  test("an ordinary user starts a server of its own under its own private home, and root finds it there later", async () => {
    const home = join(folder, "home");
    mkdirSync(home, { mode: 0o700 });
    chownSync(home, PLAIN_UID, PLAIN_UID);
    dataDir = join(home, ".local", "share", "liandong", "server");
    const answer = await runAs(PLAIN_UID, home);
    expect(answer).toEqual({ dataDir, uid: PLAIN_UID, kept: 1 });
    const server = await startEmbeddedServer({ dataDir });
    expect(server.attached).toBe(false);
    expect(statSync(`/proc/${server.pid}`).uid).toBe(PLAIN_UID);
    expect(await query(server, "select count(*)::int as n from kept")).toEqual([{ n: 1 }]);
    await server.stop();
  });
});

/** Runs a start, a write, a restart and a read in a process of the given uid with that home. */
function runAs(uid: number, home: string): Promise<unknown> {
  const door = new URL("./index.ts", import.meta.url).href;
  const program = `
    import { statSync } from "node:fs";
    import { join } from "node:path";
    import { Client } from "pg";
    import { defaultDataRoot, killServerOf, startEmbeddedServer } from ${JSON.stringify(door)};
    const dataDir = join(defaultDataRoot(), "server");
    const ask = async (server, sql) => {
      const client = new Client({ connectionString: server.superuserUrl });
      await client.connect();
      const { rows } = await client.query(sql);
      await client.end();
      return rows;
    };
    const first = await startEmbeddedServer({ dataDir });
    await ask(first, "create table kept as select 1 as n");
    await first.stop();
    const second = await startEmbeddedServer({ dataDir });
    const [row] = await ask(second, "select count(*)::int as n from kept");
    const uid = statSync("/proc/" + second.pid).uid;
    await second.stop();
    process.stdout.write(JSON.stringify({ dataDir, uid, kept: row.n }));
  `;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
      uid,
      gid: uid,
      cwd: new URL(".", import.meta.url),
      env: { PATH: process.env["PATH"] ?? "", HOME: home },
    });
    let out = "";
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString("utf8")));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(out));
      else reject(new Error(`exit ${code}: ${errors}`));
    });
  });
}
