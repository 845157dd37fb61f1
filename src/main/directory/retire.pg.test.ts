import { afterAll, beforeAll, expect, test } from "vitest";
import type { Instant, UnitCode } from "../../kernel/index.ts";
import { readCatalogue, readDirectory } from "../../storage/catalogue-files/index.ts";
import { createStores, migrate, openStore } from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import {
  aCase,
  anOrder,
  emptyCommit,
  HOME,
  indexOf,
  orderWrite,
  registration,
  requestNoOf,
} from "../../storage/sample-commits.ts";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import type { TestDatabase } from "../../../test/setup/test-database.ts";
import { programPath } from "../node/program-path.ts";
import { openRules, placesOfProgram } from "../node/seed.ts";
import type { LiveRules } from "../node/seed.ts";
import { retireUnit } from "./retire.ts";
import { takeIn } from "./take-in.ts";

const UNITS = "catalogue/demo/units-150100.csv";
const OLD = "x150102-urbanManagement" as UnitCode;
const SUCCESSOR = "x150100-urbanManagement" as UnitCode;
const at = (second: number): Instant => `2026-11-22T00:00:${String(second).padStart(2, "0")}.000Z` as Instant;

let database: TestDatabase;
let store: Store;
let rules: LiveRules;
let now = at(0);

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url);
  store = openStore(database.url, { home: HOME, max: 2 });
  const seed = { catalogueFolder: "catalogue/nmg-2022-89", unitsFile: UNITS, home: HOME, at: at(0), log: () => {} };
  rules = await openRules(store, { ...seed, now: () => now });
  const { cases } = createStores(store);
  await cases.commit(registration(1));
  const streams = [orderWrite(anOrder(2, 1, { unit: OLD }), 0)];
  await cases.commit({ ...emptyCommit(), streams, index: indexOf(aCase(1), 2) });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

async function histories(): Promise<number> {
  const found = await store.pool.query<{ n: number }>(
    "select count(*)::int as n from liandong.record_history where record = 'unit'",
  );
  return found.rows[0]?.n ?? -1;
}

test("a unit retires from a day while the node runs, keeps its open orders, and its successor is named (nmg:2.3.2)", async () => {
  const before = rules.current().directory.entries.length;
  const open = await retireUnit(store, OLD, { from: "2027-01-01", successor: SUCCESSOR }, at(1));
  expect(open.ok && open.value.map(({ requestNo, status }) => [requestNo, status])).toEqual([
    [requestNoOf(1), "dispatched"],
  ]);
  expect(rules.current().directory.find(OLD)?.retired).toBeUndefined();
  expect([await rules.renew(), await rules.renew()]).toEqual(["directory", null]);
  expect(rules.current().retirement(OLD)).toBeNull();
  now = "2026-12-31T16:00:00.000Z" as Instant;
  expect(rules.current().retirement(OLD)).toMatchObject({ from: "2027-01-01", successor: { code: SUCCESSOR } });
  expect(rules.current().directory.entries).toHaveLength(before);
  const written = await histories();
  await retireUnit(store, OLD, { from: "2027-01-01", successor: SUCCESSOR }, at(2));
  expect(await histories()).toBe(written);
});

test("the same sheets taken in once more change nothing, and a retired unit stays retired", async () => {
  const catalogue = await readCatalogue(programPath("catalogue/nmg-2022-89"));
  if (!catalogue.ok) throw new Error("catalogue");
  const known = { catalogue: catalogue.value, regions: await placesOfProgram() };
  const read = await readDirectory(programPath(UNITS), known);
  if (!read.ok) throw new Error("units");
  const written = await histories();
  const again = await takeIn(store, read.value, at(3));
  expect(again.ok && [again.value.added, again.value.changed, again.value.absent]).toEqual([[], [], []]);
  expect(await histories()).toBe(written);
  await rules.renew();
  expect(rules.current().directory.find(OLD)?.retired?.successor).toBe(SUCCESSOR);
});

test("a retirement that leaves nobody is refused and nothing is written, by hand and by sheet", async () => {
  const written = await histories();
  const codeOf = async (unit: string, from: string, successor: string): Promise<string> => {
    const done = await retireUnit(store, unit, { from, successor }, at(4));
    return done.ok ? "done" : done.error.code;
  };
  expect([
    await codeOf("nobody", "2027-01-01", SUCCESSOR),
    await codeOf(SUCCESSOR, "2027/1/1", OLD),
    await codeOf(SUCCESSOR, "2027-01-01", OLD),
    await codeOf(SUCCESSOR, "2027-01-01", "x150102-policeBranch"),
    await codeOf(SUCCESSOR, "2027-01-01", "nobody"),
  ]).toEqual(["UNIT_UNKNOWN", "DAY_UNKNOWN", "SUCCESSOR_UNFIT", "SUCCESSOR_UNFIT", "UNIT_UNKNOWN"]);
  const successor = rules.current().directory.find(SUCCESSOR);
  if (successor === null) throw new Error("no successor");
  const circle = await takeIn(store, [{ ...successor, retired: { from: "2027-02-01", successor: OLD } }], at(5));
  expect(circle.ok ? [] : circle.error.map(({ file, code }) => `${file} ${code}`)).toEqual([
    "retired.csv SUCCESSOR_UNFIT",
    "retired.csv SUCCESSOR_UNFIT",
  ]);
  expect(await histories()).toBe(written);
});

test("a unit taken back into service takes orders again", async () => {
  expect(await retireUnit(store, OLD, null, at(6))).toEqual({ ok: true, value: [] });
  expect(await rules.renew()).toBe("directory");
  expect(rules.current().retirement(OLD)).toBeNull();
});
