import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { instantOf } from "../../kernel/index.ts";
import type { NodeCode, UserId } from "../../kernel/index.ts";
import { programPath } from "../node/program-path.ts";
import { approveVersion } from "./approve-version.ts";
import { exportVersion, importFolder } from "./exchange-folders.ts";
import { aCityFolder, aTestDesk, link } from "../../../test/setup/catalogue-desks.ts";
import type { TestDesk } from "../../../test/setup/catalogue-desks.ts";

// Two databases, real signatures in threads.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SHIPPED = programPath("catalogue/nmg-2022-89");
const PLAN = "nmg-2022-89@2";
const OPERATOR = "019b0000-0000-7000-8000-000000000001" as UserId;
const HOUR = 3_600_000;

let top = "";
let nowMs = 0;
let hotline: TestDesk;
let police: TestDesk;

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "two-desks-"));
  nowMs = 1_790_000_000_000;
  const now = () => instantOf(nowMs);
  hotline = await aTestDesk("hotline-150100" as NodeCode, SHIPPED, now);
  police = await aTestDesk("police-150100" as NodeCode, SHIPPED, now);
  link(hotline, police);
});
afterEach(async () => {
  await hotline.close();
  await police.close();
  await rm(top, { recursive: true });
});

/** Turns both nodes' loops until everything that is due is done. */
async function turns(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    nowMs += 60_000;
    await hotline.turn();
    await police.turn();
  }
}

async function imported(desk: TestDesk, folder: string): Promise<void> {
  const taken = await importFolder(desk.desk().versions, folder, instantOf(nowMs));
  if (!taken.ok) throw new Error(JSON.stringify(taken.error));
}

async function approved(desk: TestDesk, version: string): Promise<string> {
  const peers = desk.peers.map(({ nodeCode }) => nodeCode);
  const done = await approveVersion(desk.desk(), desk.keys, { version, peers, user: OPERATOR });
  return done.ok ? done.value.map(({ state }) => state).join(" ") : done.error.code;
}

const reasonAt = (desk: TestDesk) =>
  desk
    .rules()
    .current()
    .catalogue.lists.returnReasons.find(({ code }) => code === "duplicate")?.nameZh;
const inUse = () => [hotline.versionInUse(), police.versionInUse()];
const CITY = "city-1501@1";

describe("a version of the list that two desks agree (nmg:2.2.5, yn:4.1.1, REQ-20)", () => {
  test("takes effect at both while they run, when both have signed; the other desk needs no files of its own", async () => {
    await imported(hotline, await aCityFolder(top));
    expect(await approved(hotline, CITY)).toBe("approvedHere");
    await turns();
    expect(inUse()).toEqual([PLAN, PLAN]);
    expect(await police.states()).toEqual([`${CITY} foreign`, `${PLAN} inForce`]);
    expect(await approved(police, CITY)).toBe("agreed");
    await turns();
    expect(inUse()).toEqual([CITY, CITY]);
    for (const desk of [hotline, police]) {
      expect(await desk.states()).toEqual([`${CITY} inForce`, `${PLAN} superseded`]);
      expect(reasonAt(desk)).toBe("重复反映");
      const [kept] = (await desk.desk().versions.versions()).filter(({ version }) => version === CITY);
      expect(kept?.signatures.map(({ node }) => node).toSorted()).toEqual([hotline.self, police.self]);
      const words = await desk.desk().approvals.approvals();
      expect(words.find(({ node }) => node === desk.self)?.userId).toBe(OPERATOR);
      expect(words.find(({ node }) => node !== desk.self)?.userId).toBeNull();
      expect(await desk.desk().approvals.unheld(desk.self)).toEqual([]);
      expect(desk.faults).toEqual([]);
    }
  });

  test("survives a restart of both between the two signatures, and comes back from an export byte by byte at both", async () => {
    const folder = await aCityFolder(top);
    await imported(hotline, folder);
    await approved(hotline, CITY);
    await hotline.startAgain();
    await turns();
    await police.startAgain();
    await approved(police, CITY);
    await police.startAgain();
    await turns();
    expect(inUse()).toEqual([CITY, CITY]);
    await hotline.startAgain();
    expect(inUse()).toEqual([CITY, CITY]);
    for (const desk of [hotline, police]) {
      const out = join(top, desk.self);
      expect(await exportVersion(desk.desk().versions, CITY, out)).toMatchObject({ ok: true });
      const names = (await readdir(folder)).toSorted();
      expect((await readdir(join(out, "city-1501"))).toSorted()).toEqual(names);
      for (const name of names)
        expect([name, await readFile(join(out, "city-1501", name))]).toEqual([
          name,
          await readFile(join(folder, name)),
        ]);
    }
  });

  test("waits for its first day after both have signed", async () => {
    await imported(hotline, await aCityFolder(top, { validFrom: "2026-09-25" }));
    nowMs = Date.parse("2026-09-24T15:00:00Z"); // 23:00 in Shanghai
    await approved(hotline, CITY);
    await turns();
    expect(await approved(police, CITY)).toBe("agreed");
    await turns();
    expect(inUse()).toEqual([PLAN, PLAN]);
    nowMs = Date.parse("2026-09-24T16:00:00Z");
    await turns();
    expect(inUse()).toEqual([CITY, CITY]);
  });

  test("is not agreed by a signature under another text of the same name, and nothing comes of the same word twice", async () => {
    await imported(hotline, await aCityFolder(top));
    await imported(police, await aCityFolder(top, { name: "别的" }));
    expect([await approved(hotline, CITY), await approved(police, CITY)]).toEqual(["approvedHere", "approvedHere"]);
    await turns();
    expect(inUse()).toEqual([PLAN, PLAN]);
    for (const [n, folder] of [
      [2, await aCityFolder(top, { version: 2 })],
      [3, await aCityFolder(top, { version: 3 })],
    ] as const) {
      await imported(hotline, folder);
      await approved(hotline, `city-1501@${n}`);
      await turns();
      await approved(police, `city-1501@${n}`);
      await turns();
      expect(inUse()).toEqual([`city-1501@${n}`, `city-1501@${n}`]);
    }
    const words = (await hotline.desk().approvals.approvals()).map(({ document }) => document);
    for (const document of words.filter(({ sender }) => sender === police.self)) {
      const body = JSON.stringify(document);
      const headers = { "content-type": "application/json" };
      const again = await fetch(`${hotline.url()}/exchange/v1/catalogue-approvals`, { method: "POST", headers, body });
      expect(again.status).toBe(200);
    }
    await turns();
    expect((await hotline.desk().approvals.approvals()).map(({ document }) => document)).toEqual(words);
    expect(inUse()).toEqual(["city-1501@3", "city-1501@3"]);
    expect(await approved(hotline, "city-1501@2")).toBe("VERSION_STATE");
    expect(await approved(hotline, CITY)).toBe("VERSION_OLDER");
    expect(await approved(hotline, "city-1501@9")).toBe("VERSION_UNKNOWN");
  });

  test("of a plan in force becomes what both agreed, and then no file replaces it", async () => {
    expect([await approved(hotline, PLAN), await approved(police, PLAN)]).toEqual(["inEffect", "inEffect"]);
    await turns();
    for (const desk of [hotline, police]) expect((await desk.desk().versions.inForce())?.signatures).toHaveLength(2);
  });

  test("comes back to a desk that lost it: the other's answer brings its word, an hour later at most", async () => {
    await imported(hotline, await aCityFolder(top));
    await approved(hotline, CITY);
    await turns();
    await approved(police, CITY);
    // As after a restore from a backup: what police signed was delivered, and hotline has forgotten it.
    await police.turn();
    await hotline.query(`delete from liandong.catalogue_approvals where node = '${police.self}'`);
    expect(await hotline.desk().approvals.approvals()).toHaveLength(1);
    nowMs += 2 * HOUR;
    await turns();
    expect(inUse()).toEqual([CITY, CITY]);
  });
});

describe("a version that only the other desk keeps (P3, P6, REQ-08)", () => {
  const wants = () => police.desk().wanted.want(CITY, hotline.self, instantOf(nowMs));

  test("is fetched with its base, kept as it is and not judged by", async () => {
    await imported(hotline, await aCityFolder(top));
    expect(await wants()).toBe(true);
    await turns();
    expect(await police.states()).toEqual([`${CITY} foreign`, `${PLAN} inForce`]);
    expect(await police.desk().versions.findVersion(CITY)).toMatchObject({ fetchedFrom: hotline.self });
    expect(await police.desk().wanted.wanted()).toEqual([]);
    await imported(police, await aCityFolder(top));
    expect(await police.states()).toEqual([`${CITY} draft`, `${PLAN} inForce`]);
  });

  test("lies aside with its reasons when its files are wrong or another digest is theirs, and can be asked for anew", async () => {
    await imported(hotline, await aCityFolder(top));
    const { give } = hotline;
    const lies = [
      ["return-reasons.csv", new TextEncoder().encode("change,document\n"), "COLUMN_MISSING"],
      [
        "documents.csv",
        new TextEncoder().encode("code,title_zh,title_en,number,issuer,issued_on\n"),
        "DOCUMENT_UNKNOWN",
      ],
      ["notes.txt", new TextEncoder().encode("one file more"), "DIGEST_DIFFERS"],
    ] as const;
    for (const [name, bytes, code] of lies) {
      hotline.give = async (version) => {
        const real = await give(version);
        return real === null ? null : { ...real, files: new Map([...real.files, [name, bytes]]) };
      };
      await wants();
      await turns();
      const [aside] = await police.desk().wanted.wanted();
      expect([aside?.nextAt, aside?.problems.map((p) => p.code)]).toEqual([null, expect.arrayContaining([code])]);
      expect(await police.states()).toEqual([`${PLAN} inForce`]);
      await police.desk().wanted.forget(CITY);
    }
    hotline.give = give;
    await wants();
    await turns();
    expect(await police.states()).toEqual([`${CITY} foreign`, `${PLAN} inForce`]);
  });

  test("is waited for, longer each time, while the peer is away, speaks an earlier version or does not have it", async () => {
    const tries = async () => (await police.desk().wanted.wanted()).map(({ tries: n }) => n);
    const [peer] = police.peers;
    if (peer === undefined) throw new Error("no peer");
    await wants();
    police.peers = [{ ...peer, protocols: { min: 1, max: 2 } }];
    await police.turn();
    police.peers = [{ ...peer, url: "http://127.0.0.1:1" }];
    nowMs += 60_000;
    await police.turn();
    police.peers = [peer];
    nowMs += 60_000;
    await police.turn();
    expect(await tries()).toEqual([3]);
    await police.turn();
    expect(await tries()).toEqual([3]);
    await imported(hotline, await aCityFolder(top));
    nowMs += HOUR;
    await police.turn();
    expect(await police.states()).toEqual([`${CITY} foreign`, `${PLAN} inForce`]);
  });

  test("of an approval is not sent to a peer of an earlier version, and goes when that has been renewed", async () => {
    await imported(hotline, await aCityFolder(top));
    const [peer] = hotline.peers;
    if (peer === undefined) throw new Error("no peer");
    hotline.peers = [{ ...peer, protocols: { min: 1, max: 2 } }];
    await approved(hotline, CITY);
    await turns();
    expect(await police.desk().approvals.approvals()).toEqual([]);
    hotline.peers = [peer];
    await turns();
    expect(await police.desk().approvals.approvals()).toHaveLength(1);
    expect(hotline.faults).toEqual([]);
  });
});
