import { describe, expect, test } from "vitest";
import { SESSION_SETTINGS } from "../../storage/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { instantOf } from "../../kernel/index.ts";
import { CHECK_IDS } from "./finding.ts";
import type { CheckId } from "./finding.ts";
import { exitCodeOf, formatFindings } from "./format-findings.ts";
import type { DatabaseFacts, PeerFacts, Probe, RuntimeFacts } from "./probe.ts";
import { runDoctor } from "./run-doctor.ts";

const NOW = Date.UTC(2026, 10, 22, 6, 0);
const GIB = 1_073_741_824;

const runtime: RuntimeFacts = { version: "24.21.0", pinned: "24.21.0", packaged: "present", packages: "asLock" };
const database: Extract<DatabaseFacts, { readonly reachable: true }> = {
  reachable: true,
  where: "127.0.0.1:5432/liandong_hotline",
  version: 150_006,
  migration: 3,
  newest: 3,
  aheadMs: 4,
  unsureMs: 3,
  hosts: ["127.0.0.1"],
  settings: SESSION_SETTINGS,
};
const folder = { path: "/data/files", exists: true, writable: true, ownerUid: 999, ownUid: 999 };
const peer: PeerFacts = {
  code: "police-150100",
  url: "http://127.0.0.1:1",
  dutyPhone: "110",
  failure: null,
  aheadMs: 9,
};
const waiting = { peer: "police-150100" as NodeCode, lane: "urgent", waiting: 2, oldestAt: null, dead: 0 } as const;
const metrics = { access: "loopback", behindProxy: false, inClear: false } as const;
const work = { nowMs: NOW, backlog: [waiting], deadLetters: 0, givenUpNotices: 0 };

/** A machine on which all is well, with `ill` in place of what is not. */
function aProbe(ill: Partial<Probe> = {}): Probe {
  return {
    configuration: async () => [],
    runtime: async () => runtime,
    nowMs: () => NOW,
    folders: async () => [folder],
    disk: async () => ({ path: "/data", freeBytes: 50 * GIB, totalBytes: 100 * GIB }),
    keys: async () => ({ state: "good", folder: "/data/keys" }),
    database: async () => database,
    port: async () => ({ host: "127.0.0.1", port: 12345, state: "ours", detail: "" }),
    instances: async () => [4711],
    catalogue: async () => ({ folder: "catalogue/nmg-2022-89", version: "1", problems: [] }),
    screens: async () => ({ folder: "dist/web", built: true }),
    peers: async () => [peer],
    work: async () => work,
    metrics: async () => metrics,
    ...ill,
  };
}

async function ailing(ill: Partial<Probe>): Promise<readonly string[]> {
  const findings = await runDoctor(aProbe(ill));
  return findings.filter((f) => f.level === "fail" || f.level === "warn").map((f) => `${f.id} ${f.level}`);
}

const oldAt = (ms: number) => ({ ...work, backlog: [{ ...waiting, oldestAt: instantOf(NOW - ms) }] });
const lateOrdinary = {
  ...work,
  backlog: [{ ...waiting, lane: "ordinary" as const, oldestAt: instantOf(NOW - 301_000) }],
};
const silent = (link: boolean): PeerFacts => ({ ...peer, failure: { code: "EXCHANGE_X", detail: "d", link } });
const port = { host: "127.0.0.1", port: 12345, detail: "d" };

const CASES: readonly (readonly [string, Partial<Probe>, readonly `${CheckId} ${"warn" | "fail"}`[]])[] = [
  [
    "a refused configuration",
    { configuration: async () => [{ key: "demo", reason: "r", example: "e" }] },
    ["configuration fail"],
  ],
  ["an old Node", { runtime: async () => ({ ...runtime, version: "22.9.0" }) }, ["nodeVersion fail"]],
  [
    "a Node whose version cannot be read",
    { runtime: async () => ({ ...runtime, version: "?" }) },
    ["nodeVersion fail"],
  ],
  ["another Node 24", { runtime: async () => ({ ...runtime, version: "24.1.0" }) }, ["nodeVersion warn"]],
  ["no packaged Node", { runtime: async () => ({ ...runtime, packaged: "absent" }) }, ["pinnedBinary fail"]],
  ["a platform without one", { runtime: async () => ({ ...runtime, packaged: "none" }) }, ["pinnedBinary warn"]],
  ["linked packages", { runtime: async () => ({ ...runtime, packages: "linked" }) }, ["packages warn"]],
  ["packages of unknown origin", { runtime: async () => ({ ...runtime, packages: "unstamped" }) }, ["packages warn"]],
  ["packages of another lock file", { runtime: async () => ({ ...runtime, packages: "stale" }) }, ["packages fail"]],
  ["no packages", { runtime: async () => ({ ...runtime, packages: "missing" }) }, ["packages fail"]],
  ["a clock that was never set", { nowMs: () => 0 }, ["clockYear fail"]],
  ["a folder that cannot be written", { folders: async () => [{ ...folder, writable: false }] }, ["folders fail"]],
  ["a folder of somebody else", { folders: async () => [{ ...folder, ownerUid: 0 }] }, ["folders warn"]],
  ["little disk", { disk: async () => ({ path: "/", freeBytes: 9 * GIB, totalBytes: 99 * GIB }) }, ["diskSpace warn"]],
  ["no disk", { disk: async () => ({ path: "/", freeBytes: GIB - 1, totalBytes: 99 * GIB }) }, ["diskSpace fail"]],
  ["no keys yet", { keys: async () => ({ state: "absent", folder: "/k" }) }, ["keyFiles warn"]],
  [
    "keys others can read",
    { keys: async () => ({ state: "bad", folder: "/k", code: "KEY_FILE_TOO_OPEN", file: "/k/m" }) },
    ["keyFiles fail"],
  ],
  [
    "a silent database",
    { database: async () => ({ reachable: false, where: "w", detail: "ECONNREFUSED" }) },
    ["database fail"],
  ],
  ["PostgreSQL 14", { database: async () => ({ ...database, version: 140_011 }) }, ["databaseVersion fail"]],
  ["an empty database", { database: async () => ({ ...database, migration: null }) }, ["migrations warn"]],
  ["an older schema", { database: async () => ({ ...database, migration: 2 }) }, ["migrations warn"]],
  ["a newer schema", { database: async () => ({ ...database, migration: 4 }) }, ["migrations fail"]],
  ["a database clock off by 3 s", { database: async () => ({ ...database, aheadMs: -3_000 }) }, ["clockDrift warn"]],
  ["a database clock off by 31 s", { database: async () => ({ ...database, aheadMs: 31_000 }) }, ["clockDrift fail"]],
  [
    "settings of the node's connections that did not arrive",
    { database: async () => ({ ...database, settings: { ...SESSION_SETTINGS, enable_seqscan: "on" } }) },
    ["sessionSettings warn"],
  ],
  [
    "a pooler that refuses connections with settings",
    { database: async () => ({ ...database, settings: { refused: "08P01" } }) },
    ["sessionSettings fail"],
  ],
  ["another program on the port", { port: async () => ({ ...port, state: "taken" }) }, ["port fail"]],
  ["a port that is not ours to take", { port: async () => ({ ...port, state: "forbidden" }) }, ["port fail"]],
  ["an address of another machine", { port: async () => ({ ...port, state: "noAddress" }) }, ["port fail"]],
  [
    "figures that a proxy may give away",
    { metrics: async () => ({ ...metrics, behindProxy: true }) },
    ["metrics warn"],
  ],
  [
    "a token for the figures in clear",
    { metrics: async () => ({ ...metrics, access: "token", inClear: true }) },
    ["metrics warn"],
  ],
  ["a second process", { instances: async () => [4711, 4712] }, ["instances fail"]],
  [
    "a second machine",
    { database: async () => ({ ...database, hosts: ["10.0.0.1", "10.0.0.2"] }) },
    ["instances warn"],
  ],
  [
    "a broken catalogue",
    {
      catalogue: async () => ({
        folder: "c",
        version: null,
        problems: [{ file: "items.csv", row: 7, code: "C", detail: "d" }],
      }),
    },
    ["catalogue fail"],
  ],
  ["no screens", { screens: async () => ({ folder: "dist/web", built: false }) }, ["screens fail"]],
  ["no peer", { peers: async () => [] }, ["peers warn"]],
  ["a peer behind a cut link", { peers: async () => [peer, silent(true)] }, ["peers fail"]],
  ["a peer with another key", { peers: async () => [silent(false)] }, ["peers fail"]],
  ["a peer that lives in another minute", { peers: async () => [{ ...peer, aheadMs: -31_000 }] }, ["peers warn"]],
  ["an urgent message that waits", { work: async () => oldAt(11_000) }, ["backlog fail"]],
  ["an ordinary message that waits long", { work: async () => lateOrdinary }, ["backlog warn"]],
  ["a dead letter", { work: async () => ({ ...work, deadLetters: 1 }) }, ["deadLetters fail"]],
  ["a notice given up", { work: async () => ({ ...work, givenUpNotices: 1 }) }, ["deadLetters warn"]],
];

describe("the doctor", () => {
  test("finds nothing where all is well, one finding a check, in the order of the report", async () => {
    const findings = await runDoctor(aProbe());
    expect(findings.map((f) => f.id)).toEqual(CHECK_IDS);
    expect(new Set(findings.map((f) => f.level))).toEqual(new Set(["ok"]));
    expect(exitCodeOf(findings)).toBe(0);
  });

  test.each(CASES)("finds %s and nothing else", async (_name, ill, found) => {
    expect(await ailing(ill)).toEqual(found);
  });

  test("has a failing case here for every check", () => {
    const tried = new Set(CASES.flatMap(([, , found]) => found.map((one) => one.split(" ")[0])));
    expect(CHECK_IDS.filter((id) => !tried.has(id))).toEqual([]);
  });

  test("allows what lies just inside the limits", async () => {
    expect(await ailing({ work: async () => oldAt(10_000) })).toEqual([]);
    expect(await ailing({ database: async () => ({ ...database, aheadMs: 2_900, unsureMs: 900 }) })).toEqual([]);
    expect(await ailing({ folders: async () => [{ ...folder, exists: false, ownerUid: null }] })).toEqual([]);
    expect(await ailing({ port: async () => ({ ...port, state: "free" }), instances: async () => [] })).toEqual([]);
  });

  test("names every setting that did not arrive, with what it is and what it should be", async () => {
    const settings = { ...SESSION_SETTINGS, enable_seqscan: "on", jit: null };
    const found = await runDoctor(aProbe({ database: async () => ({ ...database, settings }) }));
    const { what } = found.find(({ id }) => id === "sessionSettings") ?? { what: null };
    for (const said of [what?.zh, what?.en]) {
      expect(said).toMatch(/enable_seqscan on .*off/);
      expect(said).toMatch(/jit \? .*off/);
      expect(said).not.toContain("plan_cache_mode");
    }
  });

  test("does not ask what a silent database cannot answer, and says so", async () => {
    let asked = 0;
    const findings = await runDoctor(
      aProbe({
        database: async () => ({ reachable: false, where: "w", detail: "28P01" }),
        work: async () => {
          asked += 1;
          return work;
        },
      }),
    );
    const skips = findings.filter((f) => f.level === "skip").map((f) => f.id);
    expect(skips).toEqual(["databaseVersion", "migrations", "clockDrift", "sessionSettings", "backlog", "deadLetters"]);
    expect(asked).toBe(0);
  });

  test("looks once at what several checks need", async () => {
    let looks = 0;
    await runDoctor(
      aProbe({
        database: async () => {
          looks += 1;
          return database;
        },
      }),
    );
    expect(looks).toBe(1);
  });

  test("a look that throws or hangs is a finding and spoils no other", async () => {
    const findings = await runDoctor(
      aProbe({
        peers: () => Promise.reject(new Error("no carrier")),
        disk: () => new Promise(() => undefined),
      }),
      50,
    );
    expect(findings.filter((f) => f.level === "fail").map((f) => [f.id, f.what.en])).toEqual([
      ["diskSpace", "this could not be looked at: 50 ms"],
      ["peers", "this could not be looked at: no carrier"],
    ]);
    expect(findings.filter((f) => f.level === "ok")).toHaveLength(CHECK_IDS.length - 2);
  });

  test("prints Chinese first, English second, how to mend only where something is ill, and counts", async () => {
    const lines = formatFindings(
      await runDoctor(aProbe({ instances: async () => [1, 2], folders: async () => [{ ...folder, ownerUid: 0 }] })),
    );
    expect(lines.slice(-2)).toEqual(["故障 1，注意 1", "1 failed, 1 to look at"]);
    expect(lines.filter((line) => line.includes("→"))).toHaveLength(4);
    const at = lines.findIndex((line) => line.startsWith("[故障 fail]"));
    expect(lines.slice(at, at + 4)).toEqual([
      "[故障 fail] 实例：同一配置有 2 个节点进程：1、2",
      "            instances: 2 nodes run by one configuration: 1, 2",
      "            → 停掉不该运行的一个；有意双机运行时可不理会",
      "            → stop the one that should not run; nothing to do where two are meant to share the work",
    ]);
  });

  test("ends with 1 when anything failed; a warning does not stop a script", async () => {
    expect(exitCodeOf(await runDoctor(aProbe({ peers: async () => [] })))).toBe(0);
    expect(exitCodeOf(await runDoctor(aProbe({ screens: async () => ({ folder: "", built: false }) })))).toBe(1);
  });

  test.each(CASES)("speaks both languages of %s", async (_name, ill) => {
    for (const finding of await runDoctor(aProbe(ill))) {
      const said = "mend" in finding ? [finding.what, finding.mend] : [finding.what];
      for (const { zh, en } of said) {
        expect(zh).not.toBe("");
        expect(en).not.toMatch(/\p{Script=Han}/u);
      }
    }
  });
});
