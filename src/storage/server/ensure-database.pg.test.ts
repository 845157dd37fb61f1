import { Client, type DatabaseError, type QueryResultRow } from "pg";
import { afterAll, expect, test } from "vitest";
import { createTestDatabase, ensureTemplateDatabase, testServerUrl } from "../../../test/setup/test-database.ts";
import { ensureDatabase, type NodeDatabase } from "./ensure-database.ts";

const suffix = Math.random().toString(36).slice(2, 8);

function aNode(side: string): NodeDatabase {
  return {
    database: `${side}_${suffix}`,
    owner: { role: `${side}_${suffix}_owner`, password: "owner 'quoted' %" },
    app: { role: `${side}_${suffix}_app`, password: "app" },
  };
}

const hotline = aNode("hotline");
const police = aNode("police");

async function query(url: string, sql: string): Promise<readonly QueryResultRow[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

afterAll(async () => {
  const url = await testServerUrl();
  for (const node of [hotline, police]) {
    await query(url, `drop database if exists ${node.database} with (force)`);
    await query(url, `drop role if exists ${node.owner.role}`);
    await query(url, `drop role if exists ${node.app?.role}`);
  }
});

test("neither node of a pair can open the other's database, nor the server's own ones (nmg:2.3.1)", async () => {
  const server = await testServerUrl();
  const [first, second] = await Promise.all([ensureDatabase(server, hotline), ensureDatabase(server, police)]);
  const urls = [first.ownerUrl, first.appUrl ?? "", second.ownerUrl, second.appUrl ?? ""];
  const opened = await Promise.all(
    urls.flatMap((url) =>
      [hotline.database, police.database, "postgres", "template1"].map(async (database) => {
        const target = new URL(url);
        target.pathname = `/${database}`;
        const got = await query(target.href, "select current_database() as name").catch(
          (cause: DatabaseError) => cause.code,
        );
        return `${target.username.split("_")[0]} ${database.split("_")[0]} ${typeof got === "string" ? got : "open"}`;
      }),
    ),
  );
  expect(new Set(opened)).toEqual(
    new Set([
      "hotline hotline open",
      "police police open",
      ...["police", "postgres", "template1"].map((name) => `hotline ${name} 42501`),
      ...["hotline", "postgres", "template1"].map((name) => `police ${name} 42501`),
    ]),
  );
});

test("the app role may touch only what the owner gave it, and can make or drop nothing", async () => {
  const { ownerUrl, appUrl = "" } = await ensureDatabase(await testServerUrl(), hotline);
  const app = hotline.app?.role ?? "";
  await query(
    ownerUrl,
    "create schema liandong; create table liandong.t (id bigint generated always as identity, n int)",
  );
  await expect(query(appUrl, "select n from liandong.t")).rejects.toMatchObject({ code: "42501" });
  await query(
    ownerUrl,
    `grant usage on schema liandong to ${app}; grant select, insert, update on liandong.t to ${app}`,
  );
  await query(appUrl, "insert into liandong.t (n) values (1); update liandong.t set n = 2");
  expect(await query(appUrl, "select id, n from liandong.t")).toEqual([{ id: "1", n: 2 }]);
  for (const sql of [
    "drop table liandong.t",
    "create table liandong.u ()",
    "create schema other",
    "create table public.u ()",
  ]) {
    await expect(query(appUrl, sql)).rejects.toMatchObject({ code: "42501" });
  }
});

test("a repeated call changes the password and keeps the rows", async () => {
  const server = await testServerUrl();
  const before = await ensureDatabase(server, police);
  await query(before.ownerUrl, "create table public.kept as select 1 as n");
  const after = await ensureDatabase(server, { ...police, owner: { ...police.owner, password: "new" } });
  await expect(query(before.ownerUrl, "select 1")).rejects.toMatchObject({ code: "28P01" });
  expect(await query(after.ownerUrl, "select n from public.kept")).toEqual([{ n: 1 }]);
});

test("a name that would need quoting is a programmer's mistake", async () => {
  const bad = { ...hotline, database: 'x"; drop' };
  await expect(ensureDatabase(await testServerUrl(), bad)).rejects.toThrow("not a plain database or role name");
});

test("a test database is cloned from a template that is filled once however many ask", async () => {
  let filled = 0;
  const fill = async (url: string): Promise<void> => {
    filled += 1;
    await query(url, "create table seeded as select 42 as n");
  };
  const name = `tpl_${suffix}`;
  await Promise.all([1, 2, 3].map(() => ensureTemplateDatabase(name, fill)));
  expect(filled).toBe(1);
  const clone = await createTestDatabase({ template: name });
  expect(await query(clone.url, "select n from seeded")).toEqual([{ n: 42 }]);
  await clone.drop();
  await query(await testServerUrl(), `drop database ${name}`);
});
