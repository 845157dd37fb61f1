import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import { findItem } from "../../core/catalogue/index.ts";
import { explain } from "../../core/explain/index.ts";
import { instantOf } from "../../kernel/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
import { createCatalogueVersions, migrate, MIGRATIONS, openStore } from "../../storage/index.ts";
import type { CatalogueVersionStore, Store } from "../../storage/index.ts";
import { programPath } from "../node/program-path.ts";
import { exportVersion, importFolder } from "./exchange-folders.ts";
import { catalogueOfVersion } from "./kept-catalogue.ts";
import { catalogueInForce } from "./seed-catalogue.ts";

const SHIPPED = programPath("catalogue/nmg-2022-89");
const CITY_HEAD = `id: city-1501
version: city-1501@1
base: nmg-2022-89@4
region: "150100"
document: { titleZh: 试行细则, titleEn: Trial rules, number: 试〔2026〕1号, issuer: 某市, issuedOn: "2026-03-01" }
validFrom: "2026-05-01"
policies: {}
milestones: []
`;
const CITY_DOCUMENTS =
  "code,title_zh,title_en,number,issuer,issued_on\nminutes3,会商纪要,Minutes,试会〔2026〕3号,某市,2026-04-20\n";
const CITY_REASONS =
  "change,document,code,name_zh,name_en,source,basis,valid_to\nreplace,minutes3,duplicate,重复反映,Said before,nmg:2.2.1,agreement,\n";
const CITY_LIMITS =
  "change,document,code,stage,urgency,order_kind,item_code,class_code,request_kind,amount,unit,hours,pausable,extension_max,give_back_minutes,marks,note_zh,source,basis,valid_from,valid_to\n" +
  "replace,minutes3,dispatch-general,dispatch,,,,,,12,naturalHours,office,no,0,,hours,,nmg:2.2.5,agreement,2026-05-01,\n";
const at = instantOf(1_790_000_000_000);

let top = "";
let store: Store;
let versions: CatalogueVersionStore;
let drop: () => Promise<void>;
let url = "";
let told: string[] = [];

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "catalogue-"));
  const database = await createTestDatabase();
  ({ drop, url } = database);
  store = openStore(url, { home: "150100" as RegionCode, max: 2 });
  versions = createCatalogueVersions(store);
  told = [];
});
afterEach(async () => {
  await store.close();
  await drop();
  await rm(top, { recursive: true });
});

const start = (folder: string) => catalogueInForce(versions, { folder, at, log: (line) => told.push(line) });
const states = async () => (await versions.versions()).map(({ version, state }) => `${version} ${state}`).toSorted();

/** A copy of the shipped folder with texts replaced. */
async function copied(...changes: readonly (readonly [file: string, from: string, to: string])[]): Promise<string> {
  const folder = join(top, "nmg-2022-89");
  await cp(SHIPPED, folder, { recursive: true });
  for (const [file, from, to] of changes) {
    const text = await readFile(join(folder, file), "utf8");
    expect(text).toContain(from);
    await writeFile(join(folder, file), text.replace(from, to));
  }
  return folder;
}

async function cityFolder(reasons: string = CITY_REASONS): Promise<string> {
  const folder = join(top, "city-1501");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "catalogue.yaml"), CITY_HEAD);
  await writeFile(join(folder, "documents.csv"), CITY_DOCUMENTS);
  await writeFile(join(folder, "return-reasons.csv"), reasons);
  return folder;
}

const NEXT = ["catalogue.yaml", "nmg-2022-89@4", "nmg-2022-89@5"] as const;
const RENAMED = ["items.csv", "路灯故障损坏", "路灯损坏故障"] as const;

describe("a node's catalogue (REQ-20)", () => {
  test("is seeded by files once, and then the database is the truth", async () => {
    await migrate(url);
    const seeded = await start(SHIPPED);
    expect(await states()).toEqual(["nmg-2022-89@4 inForce"]);
    const edited = await copied(RENAMED);
    expect(await start(edited)).toEqual(seeded);
    expect(told).toEqual([
      "catalogue nmg-2022-89@4 is in force",
      `catalogue ${edited}: nmg-2022-89@4 is kept here with another text; raise its number`,
    ]);
    expect(await start(SHIPPED)).toEqual(seeded);
  });

  test("is exported as the files it came from, byte by byte, and imported again without a difference", async () => {
    await migrate(url);
    await start(SHIPPED);
    const written = await exportVersion(versions, "nmg-2022-89@4", join(top, "out"));
    expect(written).toEqual({ ok: true, value: join(top, "out", "nmg-2022-89") });
    const names = (await readdir(SHIPPED)).toSorted();
    expect((await readdir(join(top, "out", "nmg-2022-89"))).toSorted()).toEqual(names);
    for (const name of names)
      expect([name, await readFile(join(top, "out", "nmg-2022-89", name))]).toEqual([
        name,
        await readFile(join(SHIPPED, name)),
      ]);
    const again = await importFolder(versions, join(top, "out", "nmg-2022-89"), at);
    expect(again).toMatchObject({ ok: true, value: { against: "nmg-2022-89@4", changes: [] } });
    expect(await exportVersion(versions, "nmg-2022-89@4", join(top, "out"))).toEqual({
      ok: false,
      error: { code: "FOLDER_NOT_EMPTY" },
    });
    expect(await exportVersion(versions, "nmg-2022-89@9", top)).toMatchObject({ error: { code: "VERSION_UNKNOWN" } });
  });

  test("takes a plan's later version, and explains an old request by the version it was judged by (P6, REQ-08)", async () => {
    await migrate(url);
    await start(SHIPPED);
    const later = await start(await copied(NEXT, RENAMED));
    expect(await states()).toEqual(["nmg-2022-89@4 superseded", "nmg-2022-89@5 inForce"]);
    const subject = { kind: "verdict", item: "A01-05" } as const;
    expect(explain(later, subject)?.sentenceZh).toContain("路灯损坏故障");
    const old = await versions.findVersion("nmg-2022-89@4");
    if (old === null) throw new Error("the old version is gone");
    const said = explain(await catalogueOfVersion(versions, old), subject);
    expect([said?.version, said?.sentenceZh.includes("路灯故障损坏")]).toEqual(["nmg-2022-89@4", true]);
    expect(await start(SHIPPED)).toEqual(later);
  });

  test("keeps its rules when the folder is broken, and tells of it by file, row and rule", async () => {
    await migrate(url);
    const seeded = await start(SHIPPED);
    const broken = await copied(NEXT, ["items.csv", "A01-05,A01", "A01-05,A91"]);
    expect(await start(broken)).toEqual(seeded);
    expect(told.at(-1)).toContain("items.csv:6 CLASS_UNKNOWN");
    await rm(broken, { recursive: true });
    expect(await start(broken)).toEqual(seeded);
    expect(await states()).toEqual(["nmg-2022-89@4 inForce"]);
  });

  test("does not start on an empty database with a broken folder", async () => {
    await migrate(url);
    await expect(start(await copied(["items.csv", "A01-05,A01", "A01-05,A91"]))).rejects.toThrow(
      "items.csv:6 CLASS_UNKNOWN",
    );
    expect(await states()).toEqual([]);
  });

  test("takes a city's agreements as a draft that waits for both signatures", async () => {
    await migrate(url);
    const seeded = await start(SHIPPED);
    const city = await importFolder(versions, await cityFolder(), at);
    expect(city).toMatchObject({ ok: true, value: { against: "nmg-2022-89@4" } });
    expect(city.ok && city.value.changes.filter(({ list }) => list === "returnReasons")).toMatchObject([
      { code: "duplicate", kind: "changed", document: "minutes3" },
    ]);
    expect(await start(await cityFolder())).toEqual(seeded);
    expect(await states()).toEqual(["city-1501@1 draft", "nmg-2022-89@4 inForce"]);
  });

  test("keeps a city's time limits with the version, and reads a body of an older shape again from the files", async () => {
    await migrate(url);
    await start(SHIPPED);
    const folder = await cityFolder();
    await writeFile(join(folder, "limits.csv"), CITY_LIMITS);
    const city = await importFolder(versions, folder, at);
    expect(city.ok && city.value.changes.filter(({ list }) => list === "limits")).toMatchObject([
      { code: "dispatch-general", kind: "changed", document: "minutes3" },
    ]);
    await store.pool.query(
      "update liandong.catalogue_versions set body = body - 'limits' - 'clockMarks', format = 2 where version = $1",
      ["city-1501@1"],
    );
    const kept = await versions.findVersion("city-1501@1");
    if (kept === null) throw new Error("the city's version is gone");
    const { limits, clockMarks } = await catalogueOfVersion(versions, kept);
    expect(limits.find(({ code }) => code === "dispatch-general")).toMatchObject({ amount: 12, basis: "agreement" });
    expect(clockMarks).not.toEqual([]);
    expect(await exportVersion(versions, "city-1501@1", join(top, "out"))).toMatchObject({ ok: true });
    expect(await readFile(join(top, "out", "city-1501", "limits.csv"), "utf8")).toBe(CITY_LIMITS);
  });

  test("imports nothing at all when one row is wrong, and no other text under a number in use", async () => {
    await migrate(url);
    await start(SHIPPED);
    const wrong = await importFolder(versions, await cityFolder(CITY_REASONS.replace("minutes3", "")), at);
    expect(wrong).toMatchObject({
      ok: false,
      error: [{ file: "return-reasons.csv", row: 2, code: "OVERRIDE_NO_DOCUMENT" }],
    });
    expect(await states()).toEqual(["nmg-2022-89@4 inForce"]);
    expect(await importFolder(versions, await cityFolder(), at)).toMatchObject({ ok: true });
    const other = await importFolder(versions, await cityFolder(CITY_REASONS.replace("重复反映", "重复")), at);
    expect(other).toMatchObject({ ok: false, error: [{ code: "VERSION_TAKEN" }] });
    await writeFile(join(top, "city-1501", "limits.csv"), CITY_LIMITS.replace("office", "nightShift"));
    await writeFile(join(top, "city-1501", "catalogue.yaml"), CITY_HEAD.replace("city-1501@1", "city-1501@2"));
    expect(await importFolder(versions, join(top, "city-1501"), at)).toMatchObject({
      ok: false,
      error: [{ file: "limits.csv", code: "HOURS_UNKNOWN", detail: "dispatch-general nightShift" }],
    });
    expect(await states()).toEqual(["city-1501@1 draft", "nmg-2022-89@4 inForce"]);
    expect(findItem((await versions.inForce())?.body as never, "A01-05")?.nameZh).toBe("路灯故障损坏");
  });

  test("of an earlier program is superseded by the shipped one and still explains its requests", async () => {
    const earlier = join(top, "sql");
    await mkdir(earlier);
    for (const name of ["000001.sql", "000002.sql", "000003.sql"])
      await cp(new URL(name, MIGRATIONS), join(earlier, name));
    await migrate(url, pathToFileURL(`${earlier}/`));
    const body = await oldBody();
    await store.pool.query(
      "insert into liandong.catalogue_versions (version, checksum, body, saved_at, activated_at) values ($1, 'c', $2, $3, $3)",
      ["nmg-2022-89@1", JSON.stringify(body), at],
    );
    await migrate(url);
    expect(await states()).toEqual(["nmg-2022-89@1 inForce"]);
    await start(SHIPPED);
    expect(await states()).toEqual(["nmg-2022-89@1 superseded", "nmg-2022-89@4 inForce"]);
    const old = await versions.findVersion("nmg-2022-89@1");
    if (old === null) throw new Error("the old version is gone");
    expect(explain(await catalogueOfVersion(versions, old), { kind: "verdict", item: "A01-05" })).toMatchObject({
      version: "nmg-2022-89@1",
      sourceText: null,
    });
    expect(await exportVersion(versions, "nmg-2022-89@1", top)).toMatchObject({ error: { code: "FILES_NOT_KEPT" } });
  });
});

/** The body an earlier program kept: no groups, documents, limits, clauses without their text. */
async function oldBody(): Promise<object> {
  const { readCatalogue } = await import("../../storage/catalogue-files/index.ts");
  const read = await readCatalogue(SHIPPED);
  if (!read.ok) throw new Error("the shipped catalogue is refused");
  const { groups: _groups, documents: _documents, limits: _limits, clockMarks: _marks, ...body } = read.value;
  const clauses = body.clauses.map(({ textZh: _text, ...clause }) => clause);
  return { ...body, clauses, head: { ...body.head, version: "nmg-2022-89@1" } };
}
