import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { escapeIdentifier } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../test/setup/test-database.ts";
import { grantApp } from "./grants.ts";
import { migrate, readMigrations, requireSchema } from "./migrate.ts";
import { openStore } from "./open-store.ts";
import { HOME } from "./sample-commits.ts";

let folder: string;
const databases: { url: string; drop(): Promise<void> }[] = [];

async function database(): Promise<string> {
  const made = await createTestDatabase();
  databases.push(made);
  return made.url;
}

async function files(texts: readonly string[]): Promise<URL> {
  const directory = await mkdtemp(join(folder, "sql-"));
  await Promise.all(texts.map((text, n) => writeFile(join(directory, `${String(n + 1).padStart(6, "0")}.sql`), text)));
  return pathToFileURL(`${directory}/`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "migrate-"));
});
afterAll(async () => {
  await Promise.all(databases.map(({ drop }) => drop()));
  await rm(folder, { recursive: true });
});

describe("migrations", () => {
  it("run once when six processes start at the same time", async () => {
    const url = await database();
    const all = (await readMigrations()).map(({ number }) => number);
    const done = await Promise.all(Array.from({ length: 6 }, () => migrate(url)));
    expect(done.flat().sort((a, b) => a - b)).toEqual(all);
    expect(await migrate(url)).toEqual([]);
  });

  it("refuse an old file that was changed, but not one whose line ends were", async () => {
    const url = await database();
    const first = "create table liandong.a (x int);\ncomment on table liandong.a is 'one';\n";
    await migrate(url, await files([first]));
    expect(await migrate(url, await files([first.replaceAll("\n", "\r\n")]))).toEqual([]);
    await expect(migrate(url, await files([`${first}select 1;`]))).rejects.toMatchObject({ code: "MIGRATION_CHANGED" });
  });

  it("refuse a database that a newer program has migrated", async () => {
    const url = await database();
    await migrate(url, await files(["select 1;", "select 2;"]));
    await expect(migrate(url, await files(["select 1;"]))).rejects.toMatchObject({ code: "MIGRATION_UNKNOWN" });
  });

  it("are asked for and not run by whoever only reads", async () => {
    const url = await database();
    await expect(requireSchema(url)).rejects.toMatchObject({ code: "SCHEMA_OLDER" });
    await migrate(url, await files(["select 1;", "select 2;"]));
    const three = await files(["select 1;", "select 2;", "create table liandong.three (x int);"]);
    await expect(requireSchema(url, three)).rejects.toMatchObject({ code: "SCHEMA_OLDER" });
    await expect(requireSchema(url, await files(["select 1;"]))).rejects.toMatchObject({ code: "MIGRATION_UNKNOWN" });
    await requireSchema(url, await files(["select 1;", "select 2;"]));
    expect(await migrate(url, three)).toEqual([3]);
  });

  it("leave no trace of a file that fails halfway, so that it can be run again", async () => {
    const url = await database();
    await expect(migrate(url, await files(["create table liandong.b (x int); select 1/0;"]))).rejects.toThrow(
      /division/,
    );
    expect(await migrate(url, await files(["create table liandong.b (x int);"]))).toEqual([1]);
  });

  it("refuse files with a hole in their numbers", async () => {
    const directory = await files(["select 1;"]);
    await writeFile(new URL("000003.sql", directory), "select 3;");
    await expect(readMigrations(directory)).rejects.toMatchObject({ code: "MIGRATION_GAP" });
  });
});

describe("rights of the serving role", () => {
  it("let it append to the logs and never change or delete them", async () => {
    const url = await database();
    await migrate(url);
    const owner = openStore(url, { home: HOME, max: 2 });
    const role = `app "${Date.now()}"`;
    const quoted = escapeIdentifier(role);
    await owner.pool.query(`create role ${quoted}`);
    await grantApp(owner.pool, role);
    await grantApp(owner.pool, role);
    await grantApp(owner.pool, (await owner.pool.query<{ u: string }>("select current_user as u")).rows[0]?.u ?? "");
    const may = async (table: string): Promise<string> => {
      const rights = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"];
      const { rows } = await owner.pool.query<{ p: string }>(
        "select p from unnest($1::text[]) p where has_table_privilege($2, $3, p)",
        [rights, role, `liandong.${table}`],
      );
      return rows.map(({ p }) => p).join(" ");
    };
    // A table says in its own comment that it is append only, or what alone may change; the rights must keep what it says.
    const tables = await owner.pool.query<{ t: string; promised: boolean; partly: boolean }>(
      `select relname as t, obj_description(oid, 'pg_class') ~* 'append.only' as promised,
         obj_description(oid, 'pg_class') ~* 'only .* change once it is saved' as partly
       from pg_class where relnamespace = 'liandong'::regnamespace and relkind = 'r' order by 1`,
    );
    for (const { t, promised, partly } of tables.rows) {
      const wanted =
        t === "migrations" ? "SELECT" : promised || partly ? "SELECT INSERT" : "SELECT INSERT UPDATE DELETE";
      expect([t, await may(t)]).toEqual([t, wanted]);
    }
    expect(tables.rows.filter(({ partly }) => partly).map(({ t }) => t)).toEqual(["catalogue_versions"]);
    const changeable = await owner.pool.query<{ c: string }>(
      `select attname as c from pg_attribute where attrelid = 'liandong.catalogue_versions'::regclass and attnum > 0
         and not attisdropped and has_column_privilege($1, attrelid, attname, 'UPDATE') order by 1`,
      [role],
    );
    expect(changeable.rows.map(({ c }) => c).join(" ")).toBe("in_force_at signatures state superseded_at");
    const logs = tables.rows.filter(({ promised }) => promised).map(({ t }) => t);
    expect(logs).toEqual(expect.arrayContaining(["checkpoints", "events", "inbox", "read_log", "seals"]));
    await owner.pool.query(`drop owned by ${quoted}`);
    await owner.pool.query(`drop role ${quoted}`);
    await owner.close();
  });
});
