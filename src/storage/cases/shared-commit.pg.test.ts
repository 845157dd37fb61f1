import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import type { CaseStore, Commit } from "../../app/ports/store.ts";
import { urgently } from "../../app/ports/urgency.ts";
import { migrate } from "../migrate.ts";
import { openStore } from "../open-store.ts";
import type { Store } from "../open-store.ts";
import { amendment, caseIdOf, HOME, registration } from "../sample-commits.ts";
import { createCaseStore } from "./case-store.ts";

let store: Store;
let cases: CaseStore;
let drop: () => Promise<void>;
let statements = 0;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  await migrate(database.url);
  store = openStore(database.url, { home: HOME, max: 8 });
  const { pool } = store;
  const query = pool.query.bind(pool) as (config: unknown) => Promise<unknown>;
  Object.assign(pool, {
    query: (config: unknown) => {
      statements += 1;
      return query(config);
    },
  });
  cases = createCaseStore(store);
});
afterAll(async () => {
  await store.close();
  await drop();
});

async function counted(work: () => Promise<unknown>): Promise<number> {
  const before = statements;
  await work();
  return statements - before;
}

const all = (changes: readonly Commit[]) => Promise.all(changes.map((change) => cases.commit(change)));
const many = (first: number, count: number) => Array.from({ length: count }, (_, n) => registration(first + n));

it("registrations of the same moment share statements, and each is there whole", async () => {
  let outcomes: readonly string[] = [];
  const sent = await counted(async () => {
    outcomes = await all(many(1_000, 21));
  });
  expect(outcomes).toEqual(Array.from({ length: 21 }, () => "done"));
  expect(sent).toBeLessThan(5);
  for (let n = 1_000; n < 1_021; n++) {
    const file = await cases.loadFile(caseIdOf(n));
    expect([n, file?.case.id, file?.case.version, file?.wrappedKey?.[0]]).toEqual([n, caseIdOf(n), 1, n % 251]);
    const asked = ["requester.phone", "text"].map((field) => ({ caseId: caseIdOf(n), field, version: 1 }));
    expect(await cases.loadVault(asked)).toHaveLength(2);
  }
});

it("a flood goes out in statements of a size that the database takes", async () => {
  const sent = await counted(async () => {
    const outcomes = await all(many(10_000, 600));
    expect(outcomes.filter((one) => one !== "done")).toEqual([]);
  });
  expect(sent).toBeGreaterThan(18);
  expect(sent).toBeLessThan(40);
});

it("one that was given before is told so, and one that cannot be written fails alone (P1)", async () => {
  await cases.commit(registration(2_003));
  const bad = registration(2_007);
  const changes = many(2_000, 12).map((change, n) =>
    n === 7 ? { ...bad, vault: bad.vault.map((row) => ({ ...row, version: 2 ** 40 })) } : change,
  );
  const outcomes = await Promise.allSettled(changes.map((change) => cases.commit(change)));
  expect(outcomes.map((one) => (one.status === "fulfilled" ? one.value : "failed"))).toEqual(
    changes.map((_, n) => (n === 3 ? "duplicate" : n === 7 ? "failed" : "done")),
  );
  for (let n = 2_000; n < 2_012; n++)
    expect([n, (await cases.loadFile(caseIdOf(n)))?.case.id]).toEqual([n, n === 2_007 ? undefined : caseIdOf(n)]);
});

it("a danger, and whatever changes a known request, is written by itself (P3)", async () => {
  const dangers = many(3_000, 6).map((change, n) => ({
    ...registration(3_000 + n, { danger: true }),
    home: change.home,
  }));
  expect(await counted(() => all(dangers))).toBe(6);
  expect(await counted(() => urgently(() => all(many(3_100, 6))))).toBe(6);
  await all(many(3_200, 6));
  const changes = many(3_200, 6).map((_, n) => ({
    ...amendment(3_200 + n, 1),
    command: registration(3_300 + n).command,
  }));
  expect(await counted(() => all(changes))).toBe(6);
});
