import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import { instantOf } from "../../kernel/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
import { createCatalogueVersions, migrate, openStore } from "../../storage/index.ts";
import type { CatalogueVersionStore, Store } from "../../storage/index.ts";
import { openRules } from "../node/seed.ts";
import { programPath } from "../node/program-path.ts";
import { catalogueInForce } from "./seed-catalogue.ts";

const at = instantOf(Date.UTC(2026, 5, 1));
let top = "";
let store: Store;
let versions: CatalogueVersionStore;
let drop: () => Promise<void>;
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "liandong-"));
  const database = await createTestDatabase();
  drop = database.drop;
  await migrate(database.url);
  store = openStore(database.url, { home: "150100" as RegionCode, max: 2 });
  versions = createCatalogueVersions(store);
});
afterEach(async () => {
  await store.close();
  await drop();
  await rm(top, { recursive: true });
});
async function folder(name: string, head: string): Promise<string> {
  const path = join(top, name);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, "catalogue.yaml"), head);
  return path;
}
const head = (id: string, base: string, region: string) => `id: ${id}
version: ${id}@1
base: ${base}
region: "${region}"
document: { titleZh: 市清单, titleEn: City list, number: null, issuer: 某市, issuedOn: "2026-04-01" }
validFrom: "2026-05-01"
policies: {}
milestones: []
`;

test("files of a city that end `fire` (B04-04) by the plan's name, signed by no desk, change nothing at the next start (REQ-20)", async () => {
  const told: string[] = [];
  const log = (line: string) => told.push(line);
  await catalogueInForce(versions, { folder: programPath("catalogue/nmg-2022-89"), at, log });
  await cp(programPath("catalogue/nmg-2022-89"), join(top, "nmg-2022-89"), { recursive: true });
  const city = await folder("city-1501", head("city-1501", "nmg-2022-89@4", "150100"));
  const [columns = ""] = (await readFile(programPath("catalogue/nmg-2022-89/items.csv"), "utf8"))
    .replace("\ufeff", "")
    .split("\n");
  const all = `change,document,${columns.trim()}`;
  const cells = all
    .split(",")
    .map((c) => ({ change: "end", document: "plan", code: "B04-04", valid_to: "2026-04-30" })[c] ?? "");
  await writeFile(join(city, "items.csv"), `${all}\n${cells.join(",")}\n`);
  const now = await catalogueInForce(versions, { folder: city, at, log });
  expect(now.head.version).toBe("nmg-2022-89@4");
});

test("a city of Yunnan with a folder of its own still finds items by callers' words and proposes by cue words", async () => {
  for (const name of ["nmg-2022-89", "yn-2022"])
    await cp(programPath(`catalogue/${name}`), join(top, name), { recursive: true });
  const city = await folder("kunming-5301", head("kunming-5301", "yn-2022@3", "530100"));
  const seed = { unitsFile: "catalogue/demo/units-530100.csv", home: "530100" as RegionCode, at, now: () => at };
  const told: string[] = [];
  const rules = await openRules(store, { ...seed, catalogueFolder: city, log: (line) => told.push(line) });
  const of = (words: string) =>
    rules
      .current()
      .search(words, 3, "2026-06-01")
      .map(({ code, nameZh }) => `${code} ${nameZh}`);
  const found = await Promise.resolve([of("偷").length, of("我家水管爆了").length]);
  expect(found.every((n) => n > 0)).toBe(true);
});

test("the same words at a node on yn-2022 itself", async () => {
  const seed = { unitsFile: "catalogue/demo/units-530100.csv", home: "530100" as RegionCode, at, now: () => at };
  const rules = await openRules(store, { ...seed, catalogueFolder: "catalogue/yn-2022", log: () => undefined });
  const of = (words: string) =>
    rules
      .current()
      .search(words, 3, "2026-06-01")
      .map(({ code, nameZh }) => `${code} ${nameZh}`);
  expect(of("偷").length).toBeGreaterThan(0);
});
