import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, type QueryResultRow } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  createTestDatabase,
  findTestBinaries,
  makeTestFolder,
  startTestServer,
  testFlavour,
  testServerUrl,
} from "../../../test/setup/test-database.ts";
import { ensureDatabase, type EmbeddedServer } from "../server/index.ts";
import { backupDatabase } from "./backup-database.ts";
import { type RestoreRefusal, restoreDatabase, verifyBackup } from "./restore-database.ts";

/** A small schema with everything that is hard to bring back. */
const SCHEMA = `
  create schema if not exists liandong;
  create table liandong.migrations (number integer primary key, name text not null);
  insert into liandong.migrations values (1, '000001.sql'), (2, '000002.sql');
  create table liandong.serials (region text, day text, taken integer not null, primary key (region, day));
  create table liandong.settings (name text primary key, value jsonb not null, changed_at timestamptz not null default now());
  insert into liandong.settings (name, value) values ('incarnation', to_jsonb(gen_random_uuid()::text));
  create table liandong.cases (home_region text, case_id uuid, units text[], "order 序" int, primary key (home_region, case_id));
  create table liandong.events (home_region text, stream_kind text, stream_id uuid, version int, body jsonb,
    position bigint generated always as identity, tx xid8 not null default pg_current_xact_id(),
    primary key (home_region, stream_kind, stream_id, version));
  create table liandong.seals (home_region text, no bigint, stream_kind text, stream_id uuid, version int);
  create table liandong.seal_heads (home_region text primary key, no bigint, tx xid8 not null, position bigint not null);
  create table liandong.a_sessions (id serial primary key, user_id text not null);
  create table liandong.z_users (user_id text primary key, chief text references liandong.z_users);
  alter table liandong.a_sessions add foreign key (user_id) references liandong.z_users;
  create table liandong.odd (t text, b bytea, n numeric, f float8, at timestamptz, i interval, o xid8,
    doubled int generated always as (length(t) * 2) stored);
  create table liandong.parts (id int, day date) partition by range (day);
  create table liandong.parts_old partition of liandong.parts for values from (minvalue) to ('2026-01-01');
  create table liandong.parts_new partition of liandong.parts for values from ('2026-01-01') to (maxvalue);
  create table liandong.nothing (n int);
  create table liandong.pair_a (n int primary key);
  create table liandong.pair_b (n int primary key);
  create function liandong.refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;`;

const TRIGGER = "create trigger refuse before insert on liandong.odd for each row execute function liandong.refuse()";

const ROWS = `
  insert into liandong.settings (name, value) values ('name', '"联动"');
  insert into liandong.cases select '150100', gen_random_uuid(), array['a,b', '"c"', null, '单位'], n from generate_series(1, 50) n;
  insert into liandong.events (home_region, stream_kind, stream_id, version, body)
    select home_region, 'case', case_id, 1, jsonb_build_object('text', E'tab\\t newline\\n backslash\\\\ 中文') from liandong.cases;
  insert into liandong.seals select home_region, row_number() over (order by position), stream_kind, stream_id, version
    from liandong.events where position <= 40;
  insert into liandong.seal_heads values ('150100', 40, '900', 40);
  insert into liandong.z_users values ('a', null), ('b', 'c'), ('c', 'a');
  insert into liandong.a_sessions (user_id) values ('b'), ('c');
  insert into liandong.odd values (E'\\\\N', '\\x00ff0a09', 1e30, 'NaN', 'infinity', '1 mon 2 days 03:04:05.678', '77'),
    ('', null, 0.1, 0.1::float8 + 0.2, '2026-11-22 05:18:17.123456+08', null, null), (E'a\\tb\\r\\n', '', null, '-0', null, '-1 sec', '5');
  insert into liandong.parts values (1, '2025-12-31'), (2, '2026-01-01');`;

type Place = { readonly url: string; readonly drop: () => Promise<void> };

let serverUrl: string;
let folder: string;
let dir: string;
let places: Place[] = [];

beforeAll(async () => {
  serverUrl = await testServerUrl();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "backup-"));
  dir = join(folder, "b");
});

afterEach(async () => {
  for (const place of places) await place.drop();
  places = [];
  rmSync(folder, { recursive: true, force: true });
});

async function query<Row extends QueryResultRow>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** An empty database whose address is of a role that owns it and nothing else: no superuser anywhere in these tests. */
async function emptyPlace(server = serverUrl): Promise<string> {
  const database = `b_${Math.random().toString(36).slice(2, 12)}`;
  const role = `${database}_owner`;
  const { ownerUrl } = await ensureDatabase(server, { database, owner: { role, password: "p" } });
  const drop = async (): Promise<void> => {
    await query(server, `drop database ${database} with (force)`);
    await query(server, `drop role ${role}`);
  };
  places.push({ url: ownerUrl, drop });
  return ownerUrl;
}

async function filledPlace(server = serverUrl): Promise<string> {
  const url = await emptyPlace(server);
  await query(url, SCHEMA);
  await query(url, ROWS);
  await query(url, TRIGGER);
  return url;
}

async function makeSchema(url: string): Promise<void> {
  await query(url, SCHEMA);
  await query(url, TRIGGER);
}

function restoreTo(url: string, knownLevel = 2): ReturnType<typeof restoreDatabase> {
  return restoreDatabase({ url, dir, knownLevel, migrate: () => makeSchema(url) });
}

async function backup(url: string): Promise<void> {
  const made = await backupDatabase({ url, dir });
  if (!made.ok) throw new Error(made.error.code);
}

function codeOf(result: { readonly ok: true } | { readonly ok: false; readonly error: RestoreRefusal }): string {
  if (result.ok) return "ok";
  return "file" in result.error ? `${result.error.code} ${result.error.file}` : result.error.code;
}

const TABLES = ["a_sessions", "cases", "nothing", "odd", "pair_a", "pair_b", "parts", "seals", "z_users"];

/** Every row of every table as text, without what a restore changes on purpose. */
async function contents(url: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const plain = TABLES.map((table) => [table, `select t::text as row from liandong.${table} t`] as const);
  const sql = new Map([
    ...plain,
    ["events", "select (home_region, stream_id, version, body, position)::text as row from liandong.events"],
    ["settings", "select (name, value, changed_at)::text as row from liandong.settings where name <> 'incarnation'"],
  ]);
  const all: Record<string, readonly string[]> = {};
  for (const [table, text] of sql) {
    all[table] = (await query<{ row: string }>(url, `${text} order by 1`)).map(({ row }) => row);
  }
  return all;
}

test("a restored database holds every row of every table as it was, and its sequences go on", async () => {
  const source = await filledPlace();
  const told: string[] = [];
  const made = await backupDatabase({ url: source, dir, onProgress: ({ table }) => told.push(table) });
  expect(made.ok && { level: made.value.level, tables: made.value.tables.map(({ table }) => table) }).toEqual({
    level: 2,
    tables: [...TABLES, "events", "seal_heads", "serials", "settings"].sort(),
  });
  expect(told).toHaveLength(TABLES.length + 4);
  const target = await emptyPlace();
  expect(codeOf(await restoreTo(target))).toBe("ok");
  const before = await contents(source);
  expect(await contents(target)).toEqual(before);
  expect(before["odd"]).toHaveLength(3);
  expect(before["events"]).toHaveLength(50);
  expect(await query(target, "insert into liandong.a_sessions (user_id) values ('a') returning id")).toEqual([
    { id: 3 },
  ]);
  const next = "insert into liandong.events values ('150100', 'case', gen_random_uuid(), 1) returning position";
  expect(await query(target, next)).toEqual([{ position: "51" }]);
  await expect(query(target, "insert into liandong.odd (t) values ('x')")).rejects.toThrow("no");
});

test("sealed events come back as transaction 0, the others as 1 with the seal head between, and the incarnation is new", async () => {
  const source = await filledPlace();
  await backup(source);
  const target = await emptyPlace();
  expect(codeOf(await restoreTo(target))).toBe("ok");
  const byTx =
    "select tx::text, count(*)::int as n, min(position)::int as first from liandong.events group by tx order by tx";
  expect(await query(target, byTx)).toEqual([
    { tx: "0", n: 40, first: 1 },
    { tx: "1", n: 10, first: 41 },
  ]);
  expect(await query(target, "select tx::text, position::int from liandong.seal_heads")).toEqual([
    { tx: "1", position: 0 },
  ]);
  const incarnation = "select value #>> '{}' as id from liandong.settings where name = 'incarnation'";
  const [[old], [now]] = await Promise.all([query(source, incarnation), query(target, incarnation)]);
  expect(now?.["id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(now?.["id"]).not.toBe(old?.["id"]);
});

test("numbers given after the backup are not given again: today's series goes on far beyond (P1)", async () => {
  const today = "to_char(now() at time zone 'Asia/Shanghai', 'YYMMDD')";
  const source = await filledPlace();
  await query(
    source,
    `insert into liandong.serials values ('150100', ${today}, 70), ('150100', '250101', 9), ('150200', '250101', 5)`,
  );
  await backup(source);
  const target = await emptyPlace();
  expect(codeOf(await restoreTo(target))).toBe("ok");
  const rows = `select region, taken, day = ${today} as today from liandong.serials order by region, taken`;
  expect(await query(target, rows)).toEqual([
    { region: "150100", taken: 9, today: false },
    { region: "150100", taken: 50_070, today: true },
    { region: "150200", taken: 5, today: false },
    { region: "150200", taken: 50_000, today: true },
  ]);
});

test("a backup taken while the node writes is one snapshot: no half of a transaction, nothing acknowledged before it lost (P1)", async () => {
  const source = await filledPlace();
  const writer = new Client({ connectionString: source });
  await writer.connect();
  let acknowledged = 0;
  const stop = new AbortController();
  const writing = (async () => {
    while (!stop.signal.aborted) {
      const n = acknowledged + 1;
      await writer.query(
        `begin; insert into liandong.pair_a values (${n}); insert into liandong.pair_b values (${n}); commit`,
      );
      acknowledged = n;
    }
  })();
  await expect.poll(() => acknowledged).toBeGreaterThan(20);
  const seen: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    dir = join(folder, `round-${round}`);
    const certain = acknowledged;
    // The writer goes on between the two tables of a pair, or this proves nothing.
    const marks: number[] = [];
    const made = await backupDatabase({ url: source, dir, onProgress: () => marks.push(acknowledged) });
    const counts = made.ok
      ? made.value.tables.filter(({ table }) => table.startsWith("pair_")).map(({ rows }) => rows)
      : [];
    expect(counts[0]).toBe(counts[1]);
    expect(counts[0]).toBeGreaterThanOrEqual(certain);
    seen.push((marks.at(-1) ?? 0) - (marks[0] ?? 0));
  }
  stop.abort();
  await writing;
  await writer.end();
  expect(Math.max(...seen)).toBeGreaterThan(0);
  const target = await emptyPlace();
  expect(codeOf(await restoreTo(target))).toBe("ok");
  const gaps =
    "select count(*)::int as n from liandong.pair_a a full join liandong.pair_b b using (n) where a.n is null or b.n is null";
  expect(await query(target, gaps)).toEqual([{ n: 0 }]);
});

describe("a backup that must not be restored", () => {
  beforeEach(async () => backup(await filledPlace()));

  test("into a database that has cases is TARGET_NOT_EMPTY and changes nothing", async () => {
    const target = await filledPlace();
    const before = await contents(target);
    const migrated: number[] = [];
    const migrate = async (level: number): Promise<void> => void migrated.push(level);
    expect(codeOf(await restoreDatabase({ url: target, dir, knownLevel: 2, migrate }))).toBe("TARGET_NOT_EMPTY");
    expect(migrated).toEqual([]);
    expect(await contents(target)).toEqual(before);
  });

  test("by an older program is NEWER_THAN_PROGRAM", async () => {
    const target = await emptyPlace();
    expect(await restoreTo(target, 1)).toEqual({
      ok: false,
      error: { code: "NEWER_THAN_PROGRAM", level: 2, knownLevel: 1 },
    });
  });

  test("with one flipped bit in any file is DIGEST_MISMATCH naming it, and nothing is made", async () => {
    const target = await emptyPlace();
    for (const file of readdirSync(dir)) {
      const path = join(dir, file);
      const good = readFileSync(path);
      const bad = Buffer.from(good);
      // In a gzip file any byte does; in the manifest one that leaves it readable.
      const at = file === "manifest.json" ? bad.indexOf('"columns"') + 2 : Math.floor(bad.length / 2);
      bad.writeUInt8(bad.readUInt8(at) ^ 1, at);
      writeFileSync(path, bad);
      expect(codeOf(await verifyBackup(dir))).toMatch(`_MISMATCH ${file}`);
      expect(codeOf(await restoreTo(target))).toMatch(`_MISMATCH ${file}`);
      writeFileSync(path, good);
    }
    expect(await query(target, "select 1 from pg_namespace where nspname = 'liandong'")).toEqual([]);
    expect(codeOf(await restoreTo(target))).toBe("ok");
  });

  test("with a file or the manifest gone is refused by name", async () => {
    const target = await emptyPlace();
    rmSync(join(dir, "cases.copy.gz"));
    expect(codeOf(await restoreTo(target))).toBe("FILE_MISSING cases.copy.gz");
    rmSync(join(dir, "manifest.json"));
    expect(codeOf(await restoreTo(target))).toBe("MANIFEST_UNREADABLE manifest.json");
  });

  test("into a schema that lacks a column is TARGET_DIFFERS, and the schema stays empty", async () => {
    const target = await emptyPlace();
    const migrate = async (): Promise<void> => {
      await makeSchema(target);
      await query(target, "alter table liandong.cases drop column units");
    };
    const refused = await restoreDatabase({ url: target, dir, knownLevel: 2, migrate });
    expect(refused).toEqual({ ok: false, error: { code: "TARGET_DIFFERS", missing: "cases.units" } });
    expect(await query(target, "select * from liandong.cases")).toEqual([]);
  });

  test("when a row is refused halfway leaves the schema as the migrations made it", async () => {
    const target = await emptyPlace();
    const migrate = async (): Promise<void> => {
      await makeSchema(target);
      await query(target, "alter table liandong.z_users add check (user_id <> 'c')");
    };
    await expect(restoreDatabase({ url: target, dir, knownLevel: 2, migrate })).rejects.toMatchObject({
      code: "23514",
    });
    const left = await contents(target);
    expect(Object.values(left).flat()).toEqual([]);
    expect(await query(target, "select count(*)::int as n from liandong.settings")).toEqual([{ n: 1 }]);
  });
});

test("tables that refer to each other in a circle are FOREIGN_KEY_CYCLE for an owner and restored for a superuser", async () => {
  const circle = `${SCHEMA} create table liandong.x (n int primary key); create table liandong.y (n int primary key references liandong.x);
    insert into liandong.x values (1); insert into liandong.y values (1); alter table liandong.x add foreign key (n) references liandong.y`;
  const source = await emptyPlace();
  await query(source, circle);
  await backup(source);
  const target = await emptyPlace();
  const migrate = async (): Promise<void> => void (await query(target, circle));
  const refused = await restoreDatabase({ url: target, dir, knownLevel: 2, migrate });
  expect(refused).toEqual({ ok: false, error: { code: "FOREIGN_KEY_CYCLE", tables: ["x", "y"] } });
  const free = await createTestDatabase();
  const make = async (): Promise<void> => void (await query(free.url, circle));
  expect(codeOf(await restoreDatabase({ url: free.url, dir, knownLevel: 2, migrate: make }))).toBe("ok");
  await free.drop();
});

test("a backup is for its owner only and never mixes with other files", async () => {
  const source = await filledPlace();
  await backup(source);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(readdirSync(dir).map((name) => statSync(join(dir, name)).mode & 0o777)).toEqual(
    readdirSync(dir).map(() => 0o600),
  );
  expect(await backupDatabase({ url: source, dir })).toEqual({ ok: false, error: { code: "FOLDER_NOT_EMPTY", dir } });
  const empty = await emptyPlace();
  const none = await backupDatabase({ url: empty, dir: join(folder, "none") });
  expect(none).toEqual({ ok: false, error: { code: "SCHEMA_ABSENT", schema: "liandong" } });
});

const other = testFlavour() === "embedded" ? "15" : "embedded";

describe.skipIf(!findTestBinaries(other).ok)(`between this run's server and the other kind (${other})`, () => {
  let elsewhere: EmbeddedServer;
  let home: string;

  beforeAll(async () => {
    home = makeTestFolder();
    const started = await startTestServer(home, other);
    if (!started.ok) throw new Error(started.error.code);
    elsewhere = started.value;
  });

  afterAll(async () => {
    await elsewhere.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test("a backup moves from here to there and back with every row", async () => {
    const source = await filledPlace();
    await backup(source);
    const there = await emptyPlace(elsewhere.superuserUrl);
    expect(codeOf(await restoreTo(there))).toBe("ok");
    expect(await contents(there)).toEqual(await contents(source));
    dir = join(folder, "back");
    await backup(there);
    const back = await emptyPlace();
    expect(codeOf(await restoreTo(back))).toBe("ok");
    expect(await contents(back)).toEqual(await contents(source));
  });
});
