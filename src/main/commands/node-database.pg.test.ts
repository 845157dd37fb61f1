import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Instant, NodeCode, RegionCode, UserId } from "../../kernel/index.ts";
import { createStores, migrate, openStore } from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import type { TestDatabase } from "../../../test/setup/test-database.ts";
import { openCatalogueDesk } from "../catalogue/catalogue-desk.ts";
import { loadRules } from "../node/seed.ts";
import { catalogueCommand } from "./catalogue.ts";
import { unitsCommand } from "./units.ts";

const HOME = "150100" as RegionCode;
const AT = "2026-11-22T00:00:00.000Z" as Instant;
const PEER = "police-150100" as NodeCode;

let top: string;
let config: string;
let database: TestDatabase;
let store: Store;
let said = "";

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), "commands-"));
  database = await createTestDatabase();
  store = openStore(database.url, { home: HOME, max: 1 });
  config = join(top, "liandong.yaml");
  const peer = { code: PEER, side: "police", regions: ["150100"], url: "http://127.0.0.1:1", dutyPhone: "110" };
  await writeFile(
    config,
    stringify({
      demo: true,
      node: { code: "hotline-150100", side: "hotline", region: "150100", dutyPhone: "12345" },
      listen: { host: "127.0.0.1", port: 18_012 },
      database: { url: database.url },
      storage: { keys: join(top, "keys"), files: join(top, "files") },
      peers: [{ ...peer, publicKey: `04${"ab".repeat(64)}` }],
    }),
  );
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => {
      said += String(text);
      return true;
    });
});
afterEach(() => {
  said = "";
});
afterAll(async () => {
  vi.restoreAllMocks();
  await store.close();
  await database.drop();
  await rm(top, { recursive: true });
});

const units = (...args: readonly string[]): Promise<number> => unitsCommand.run([...args, "--config", config]);
const catalogue = (...args: readonly string[]): Promise<number> => catalogueCommand.run([...args, "--config", config]);

describe("commands on a node's database", () => {
  test("that only read leave an older one as it is and say so", async () => {
    const reading = [
      () => catalogue("status"),
      () => catalogue("versions"),
      () => catalogue("show", "A01-01"),
      () => catalogue("diff", "nmg-2022-89@1", "nmg-2022-89@4"),
      () => catalogue("approvals"),
      () => catalogue("export", "nmg-2022-89@4", join(top, "none")),
      () => units("export", join(top, "none")),
    ];
    for (const read of reading) await expect(read()).rejects.toMatchObject({ code: "SCHEMA_OLDER" });
    const { rows } = await store.pool.query("select 1 from pg_namespace where nspname = 'liandong'");
    expect(rows).toEqual([]);
  });

  test("give the units back as sheets that change nothing when taken in, and retire one (nmg:2.3.2)", async () => {
    await migrate(database.url);
    await loadRules(store, {
      catalogueFolder: "catalogue/nmg-2022-89",
      unitsFile: "catalogue/demo/units-150100.csv",
      home: HOME,
      at: AT,
      now: () => AT,
      log: () => undefined,
    });
    const [old, next] = ["x150102-urbanManagement", "x150100-urbanManagement"];
    expect(await units("retire", old, "--from", "2027-01-01", "--successor", next)).toBe(0);
    expect(said).toContain("0 件在办");
    expect(await units("retire", next, "--from", "2027-01-01", "--successor", old)).toBe(1);
    expect(said).toContain("SUCCESSOR_UNFIT");
    const [first, second] = [join(top, "first"), join(top, "second")];
    expect(await units("export", first)).toBe(0);
    expect(await readFile(join(first, "retired.csv"), "utf8")).toBe(
      `\ufeffunit,retired_from,successor\n${old},2027-01-01,${next}\n`,
    );
    said = "";
    expect(await units("import", first)).toBe(0);
    expect(said).toMatch(/新增 added 0, 修改 changed 0, 不变 unchanged \d+/);
    expect(await units("export", second)).toBe(0);
    for (const name of await readdir(first))
      expect([name, await readFile(join(second, name))]).toEqual([name, await readFile(join(first, name))]);
    said = "";
    expect(await units("export", first)).toBe(1);
    expect(said).toContain("FOLDER_NOT_EMPTY");
  });

  test("list what a peer signed and nothing came of, and lay it aside in the name of who may sign (REQ-20)", async () => {
    const desk = openCatalogueDesk(store, "hotline-150100" as NodeCode, () => AT);
    const { accounts } = createStores(store);
    const id = "019b0000-0000-7000-8000-000000000001" as UserId;
    const user = { id, login: "ops", displayName: "运维", roles: ["operator" as const], regions: [HOME], unit: null };
    await accounts.saveUser({ ...user, active: true, demo: false }, "no password", AT);
    const key = "a".repeat(16);
    for (const n of [1, 2, 3]) {
      const version = `junk@${n}`;
      const digest = "ab".repeat(32);
      const ids = { version, digest, node: PEER, peer: desk.self, approvedAt: AT };
      const document = {
        protocol: 3,
        type: "catalogueApproval",
        sender: PEER,
        receiver: desk.self,
        version,
        digest,
        approvedAt: AT,
        keyId: key,
        signature: "3006020101020101",
      } as const;
      await desk.approvals.keep({ ...ids, userId: null, laidAside: false, document }, AT);
    }
    expect(await catalogue("approvals")).toBe(0);
    expect(said).toContain(`${PEER}: 3 / 64`);
    expect(await catalogue("drop", "junk@2", "--peer", PEER, "--user", "nobody")).toBe(1);
    expect(await catalogue("drop", "junk@2", "--peer", PEER, "--user", "ops")).toBe(0);
    said = "";
    expect(await catalogue("approvals", "--peer", PEER)).toBe(0);
    expect([said.includes("2 / 64"), said.includes("junk@2")]).toEqual([true, false]);
    expect(await catalogue("drop", "all", "--peer", PEER, "--user", "ops")).toBe(0);
    expect((await desk.approvals.approvals()).map(({ laidAside }) => laidAside)).toEqual([true, true, true]);
  });
});
