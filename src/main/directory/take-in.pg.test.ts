import { afterAll, beforeAll, expect, test } from "vitest";
import type { Instant, RegionCode } from "../../kernel/index.ts";
import { readCatalogue, readDirectory } from "../../storage/catalogue-files/index.ts";
import { createUnits, migrate, openStore } from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import type { TestDatabase } from "../../../test/setup/test-database.ts";
import { programPath } from "../node/program-path.ts";
import { loadRules, parseEntry, placesOfProgram } from "../node/seed.ts";
import { takeIn } from "./take-in.ts";

const HOME = "150100" as RegionCode;
const UNITS = "catalogue/demo/units-150100.csv";
const at = (second: number): Instant => `2026-11-22T00:00:${String(second).padStart(2, "0")}.000Z` as Instant;

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url);
  store = openStore(database.url, { home: HOME, max: 2 });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

test("a directory taken in is whole, has its history, and is what the node starts with (nmg:2.3.2)", async () => {
  const seed = {
    catalogueFolder: "catalogue/nmg-2022-89",
    unitsFile: UNITS,
    home: HOME,
    at: at(0),
    now: () => at(0),
    log: () => {},
  };
  const first = await loadRules(store, seed);
  const catalogue = await readCatalogue(programPath("catalogue/nmg-2022-89"));
  if (!catalogue.ok) throw new Error("catalogue");
  const read = await readDirectory(programPath(UNITS), {
    catalogue: catalogue.value,
    regions: await placesOfProgram(),
  });
  if (!read.ok) throw new Error("units");
  const [one, ...others] = read.value;
  if (one === undefined) throw new Error("no units");
  expect(first.directory.entries).toHaveLength(read.value.length);

  const moved = { ...one, dutyPhone: "0471-000-9999" };
  expect(await takeIn(store, [moved, ...others.slice(1)], at(1))).toEqual({
    ok: true,
    value: {
      added: [],
      changed: [one.code],
      unchanged: read.value.length - 2,
      absent: [others[0]?.code],
    },
  });
  const again = await loadRules(store, { ...seed, now: () => at(2) });
  expect(again.unit(one.code)?.dutyPhone).toBe("0471-000-9999");
  expect(again.directory.find(one.code)?.details).toEqual(one.details);
  expect(again.directory.entries).toHaveLength(read.value.length);
  const history = await store.pool.query("select count(*)::int n from liandong.record_history where key = $1", [
    one.code,
  ]);
  expect(history.rows).toEqual([{ n: 2 }]);
});

test("a write that fails half way leaves the directory as it was", async () => {
  const table = createUnits(store, parseEntry);
  const before = await table.units();
  const [one, two] = before;
  if (one === undefined || two === undefined) throw new Error("no units");
  // The server refuses to change one row twice in a statement, after it has taken the first unit.
  const twice = [
    { ...one, nameZh: "改" },
    { ...two, nameZh: "又" },
    { ...two, nameZh: "再" },
  ];
  await expect(takeIn(store, twice, at(3))).rejects.toThrow("cannot affect row a second time");
  expect(await table.units()).toEqual(before);
});
