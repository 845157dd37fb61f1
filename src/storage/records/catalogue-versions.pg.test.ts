import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import { advanceVersion } from "../../core/catalogue/index.ts";
import type { CatalogueVersion, VersionStep } from "../../core/catalogue/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { grantApp } from "../grants.ts";
import { migrate } from "../migrate.ts";
import type { Store } from "../open-store.ts";
import { openStore } from "../open-store.ts";
import { HOME, second } from "../sample-commits.ts";
import { createCatalogueVersions } from "./catalogue-versions.ts";

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

function aVersion(version: string, digest = `d-${version}`): CatalogueVersion {
  return {
    version,
    digest,
    base: null,
    validFrom: "2026-01-01",
    state: "draft",
    signatures: [],
    fetchedFrom: null,
    savedAt: second(1),
    inForceAt: null,
    supersededAt: null,
  };
}

/** A byte order mark, carriage returns, a byte that is no text: all must come back as they went in. */
const FILES = new Map([
  ["a.csv", Uint8Array.from([0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a])],
  ["b.txt", Uint8Array.from([0x00, 0xff, 0x27])],
]);
const CONTENT = { body: { items: [1] }, format: 2, files: FILES };

function stepped(version: CatalogueVersion, step: VersionStep): CatalogueVersion {
  const next = advanceVersion(version, step);
  if (!next.ok) throw new Error(next.error.code);
  return next.value;
}

describe("versions of the catalogue (REQ-20)", () => {
  it("keeps a version with its files byte by byte, once and for ever", async () => {
    const versions = createCatalogueVersions(store);
    expect(await versions.inForce()).toBeNull();
    expect(await versions.save(aVersion("a@1"), CONTENT)).toBe(true);
    expect(await versions.save(aVersion("a@1"), { ...CONTENT, body: { items: [2] }, files: new Map() })).toBe(true);
    expect(await versions.save(aVersion("a@1", "other"), CONTENT)).toBe(false);
    expect(await versions.findVersion("a@1")).toEqual({ ...aVersion("a@1"), body: { items: [1] }, format: 2 });
    expect([...(await versions.filesOf("a@1"))]).toEqual([...FILES]);
    expect([...(await versions.filesOf("a@9"))]).toEqual([]);
  });

  it("has one version in force at a time, and puts the one before aside in the same moment", async () => {
    const versions = createCatalogueVersions(store);
    for (const name of ["b@1", "b@2", "b@3"]) await versions.save(aVersion(name), CONTENT);
    const first = stepped(aVersion("b@1"), { type: "seed", at: second(2), current: null, agreements: false });
    expect(await versions.replace({ before: aVersion("b@1"), after: first }, null)).toBe(true);
    const aside = stepped(first, { type: "supersede", at: second(3) });
    const later = stepped(aVersion("b@2"), { type: "seed", at: second(3), current: first, agreements: false });
    const both = [
      { before: aVersion("b@2"), after: later },
      { before: first, after: aside },
    ] as const;
    expect(await versions.replace(...both)).toBe(true);
    expect(await versions.inForce()).toEqual({ ...later, body: { items: [1] }, format: 2 });
    expect(await versions.replace(...both)).toBe(false);
    const alone = stepped(aVersion("b@3"), { type: "seed", at: second(4), current: null, agreements: false });
    await expect(versions.replace({ before: aVersion("b@3"), after: alone }, null)).rejects.toThrow(
      "catalogue_versions_in_force",
    );
    expect((await versions.versions()).map(({ version, state }) => [version, state])).toEqual([
      ["b@3", "draft"],
      ["b@2", "inForce"],
      ["b@1", "superseded"],
      ["a@1", "draft"],
    ]);
  });

  it("keeps who gave a version, and the signatures it took effect by; the second of two steps at once must look again", async () => {
    const versions = createCatalogueVersions(store);
    const fetched: CatalogueVersion = { ...aVersion("c@1"), state: "foreign", fetchedFrom: "police-1" as NodeCode };
    await versions.save(fetched, CONTENT);
    expect(await versions.findVersion("c@1")).toMatchObject(fetched);
    const sign = (node: string, peer: string) => ({
      node: node as NodeCode,
      peer: peer as NodeCode,
      at: second(6),
      digest: "d-c@1",
      signature: "00",
    });
    const signatures = [sign("hotline-1", "police-1"), sign("police-1", "hotline-1")];
    const agreed: CatalogueVersion = { ...fetched, state: "superseded", signatures };
    expect(await versions.advance(fetched, agreed)).toBe(true);
    expect(await versions.advance(fetched, stepped(fetched, { type: "adopt" }))).toBe(false);
    expect(await versions.findVersion("c@1")).toMatchObject(agreed);
  });

  it("lets the role that serves requests change state and signatures, and nothing else", async () => {
    const role = `app_${Math.abs(process.pid)}`;
    await store.pool.query(`create role ${role}`);
    try {
      await grantApp(store.pool, role);
      const as = async (text: string): Promise<string> => {
        const client = await store.pool.connect();
        try {
          await client.query("begin");
          await client.query(`set local role ${role}`);
          await client.query(text);
          return "done";
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        } finally {
          await client.query("rollback");
          client.release();
        }
      };
      expect(await as("update liandong.catalogue_versions set state = 'draft' where version = 'c@1'")).toBe("done");
      expect(await as("update liandong.catalogue_versions set body = '{}'")).toContain("permission denied");
      expect(await as("update liandong.catalogue_versions set digest = ''")).toContain("permission denied");
      expect(await as("delete from liandong.catalogue_versions")).toContain("permission denied");
      expect(await as("update liandong.catalogue_files set content = ''")).toContain("permission denied");
      expect(await as("delete from liandong.catalogue_files")).toContain("permission denied");
    } finally {
      await store.pool.query(`drop owned by ${role}`);
      await store.pool.query(`drop role ${role}`);
    }
  });
});
