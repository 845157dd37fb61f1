import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import type { UnitCode, UserId } from "../../kernel/index.ts";
import { migrate } from "../migrate.ts";
import type { Store } from "../open-store.ts";
import { openStore } from "../open-store.ts";
import { caseIdOf, emptyCommit, HOME, second } from "../sample-commits.ts";
import { schemaDump } from "../schema-dump.ts";
import { createStores } from "../stores.ts";
import { createUnits } from "./units.ts";

let store: Store;
let url: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  url = database.url;
  await migrate(url);
  store = openStore(url, { home: HOME, max: 4 });
});
afterAll(async () => {
  await store.close();
  await drop();
});

async function rows(text: string): Promise<readonly Record<string, unknown>[]> {
  return (await store.pool.query<Record<string, unknown>>(text)).rows;
}

type Unit = { readonly code: UnitCode; readonly name: string };

function unit(code: string, name: string): Unit {
  return { code: code as UnitCode, name };
}

describe("rows with history", () => {
  it("keeps units by code and a history entry for each real change only", async () => {
    const units = createUnits<Unit>(store, (value) => value as Unit);
    await units.saveUnits([unit("b", "住建局"), unit("a", "供电公司")], second(1));
    await units.saveUnits([unit("b", "住建局"), unit("a", "供电公司二部")], second(2));
    await units.saveUnits([], second(3));
    expect(await units.units()).toEqual([unit("a", "供电公司二部"), unit("b", "住建局")]);
    expect(await rows("select key, at from liandong.record_history where record = 'unit' order by at, key")).toEqual([
      { key: "a", at: second(1) },
      { key: "b", at: second(1) },
      { key: "a", at: second(2) },
    ]);
  });

  it("writes no password hash into the history of accounts", async () => {
    const user = {
      id: "u1" as UserId,
      login: "a",
      displayName: "a",
      roles: [],
      regions: [],
      unit: null,
      active: true,
      demo: false,
    };
    await createStores(store).accounts.saveUser(user, "secret-hash", second(1));
    const [entry] = await rows("select body::text as text from liandong.record_history where record = 'user'");
    expect(entry?.["text"]).toContain('"passwordChanged": true');
    expect(entry?.["text"]).not.toContain("secret-hash");
  });

  it("keeps how a mark was answered and how it ended, and who read what", async () => {
    const { cases, readLog } = createStores(store);
    const mark = {
      raise: "link",
      subject: "s",
      caseId: null,
      level: 2,
      dial: "110",
      audience: "operator",
      at: second(1),
    } as const;
    await cases.commit({ ...emptyCommit(), alarms: [mark] });
    const answer = { answer: "link", subject: "s", seen: null, by: "u1" as UserId, at: second(2), outcome: "reached" };
    await cases.commit({ ...emptyCommit(), alarms: [answer] });
    await cases.commit({ ...emptyCommit(), alarms: [{ clear: "link", subject: "s", at: second(3) }] });
    expect(await rows("select what, at, by_user, outcome, dial from liandong.alarm_history order by at")).toEqual([
      { what: "acknowledged", at: second(2), by_user: "u1", outcome: "reached", dial: "110" },
      { what: "cleared", at: second(3), by_user: "u1", outcome: "reached", dial: "110" },
    ]);
    const act = { at: second(1), reader: { kind: "peer", id: "p" }, purpose: "q", fields: ["a", "b"] } as const;
    await readLog.write([
      { ...act, caseIds: [caseIdOf(1), caseIdOf(2)] },
      { ...act, caseIds: [] },
    ]);
    expect(
      await rows("select case_ids, fields from liandong.read_log where reader_id = 'p' order by cardinality(case_ids)"),
    ).toEqual([
      { case_ids: [], fields: ["a", "b"] },
      { case_ids: [caseIdOf(1), caseIdOf(2)], fields: ["a", "b"] },
    ]);
  });
});

describe("the schema dump", () => {
  it("shows every table with its comment, and keys that begin with the region wherever there is one", async () => {
    const dump = await schemaDump(url);
    const tables = dump.split("\n\n");
    const names = tables.map((text) => /create table liandong\.(\w+)/.exec(text)?.[1] ?? "");
    expect(names).toContain("events");
    expect(names).toEqual(names.toSorted());
    for (const text of tables) expect(text).toMatch(/^-- /);
    for (const text of tables.filter((part) => part.includes("home_region"))) {
      const keys = text.split("\n").filter((line) => /PRIMARY KEY|UNIQUE/.test(line));
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) expect(key).toMatch(/\(home_region[,)]/);
    }
    expect(await schemaDump(url)).toBe(dump);
  });
});
