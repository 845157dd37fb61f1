import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { aCityFolder, link } from "../../../test/setup/catalogue-desks.ts";
import type { TestDesk } from "../../../test/setup/catalogue-desks.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import { CITY, HOUR, OPERATOR, PLAN, twoDesks } from "../../../test/setup/two-desks.ts";
import { approveVersion } from "./approve-version.ts";
import { exportVersion } from "./exchange-folders.ts";

// Two databases, real signatures in threads.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const pair = twoDesks();
let hotline: TestDesk;
let police: TestDesk;
beforeEach(() => {
  [hotline, police] = [pair.hotline(), pair.police()];
});

const reasonAt = (desk: TestDesk) =>
  desk
    .rules()
    .current()
    .catalogue.lists.returnReasons.find(({ code }) => code === "duplicate")?.nameZh;

describe("a version of the list that two desks agree (nmg:2.2.5, yn:4.1.1, REQ-20)", () => {
  test("takes effect at both while they run, when both have signed; the other desk needs no files of its own", async () => {
    await pair.imported(hotline, await aCityFolder(pair.top()));
    expect(await pair.approved(hotline, CITY)).toBe("approvedHere");
    await pair.turns();
    expect(pair.inUse()).toEqual([PLAN, PLAN]);
    expect(await police.states()).toEqual([`${CITY} foreign`, `${PLAN} inForce`]);
    expect(await pair.approved(police, CITY)).toBe("agreed");
    await pair.turns();
    expect(pair.inUse()).toEqual([CITY, CITY]);
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
    const folder = await aCityFolder(pair.top());
    await pair.imported(hotline, folder);
    await pair.approved(hotline, CITY);
    await hotline.startAgain();
    await pair.turns();
    await police.startAgain();
    await pair.approved(police, CITY);
    await police.startAgain();
    await pair.turns();
    expect(pair.inUse()).toEqual([CITY, CITY]);
    await hotline.startAgain();
    expect(pair.inUse()).toEqual([CITY, CITY]);
    for (const desk of [hotline, police]) {
      const out = join(pair.top(), desk.self);
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
    await pair.imported(hotline, await aCityFolder(pair.top(), { validFrom: "2026-09-25" }));
    pair.time.ms = Date.parse("2026-09-24T15:00:00Z"); // 23:00 in Shanghai
    await pair.approved(hotline, CITY);
    await pair.turns();
    expect(await pair.approved(police, CITY)).toBe("agreed");
    await pair.turns();
    expect(pair.inUse()).toEqual([PLAN, PLAN]);
    pair.time.ms = Date.parse("2026-09-24T16:00:00Z");
    await pair.turns();
    expect(pair.inUse()).toEqual([CITY, CITY]);
  });

  test("is not agreed by a signature under another text of the same name, and nothing comes of the same word twice", async () => {
    await pair.imported(hotline, await aCityFolder(pair.top()));
    await pair.imported(police, await aCityFolder(pair.top(), { name: "别的" }));
    expect([await pair.approved(hotline, CITY), await pair.approved(police, CITY)]).toEqual([
      "approvedHere",
      "approvedHere",
    ]);
    await pair.turns();
    expect(pair.inUse()).toEqual([PLAN, PLAN]);
    for (const [n, folder] of [
      [2, await aCityFolder(pair.top(), { version: 2 })],
      [3, await aCityFolder(pair.top(), { version: 3 })],
    ] as const) {
      await pair.imported(hotline, folder);
      await pair.approved(hotline, `city-1501@${n}`);
      await pair.turns();
      await pair.approved(police, `city-1501@${n}`);
      await pair.turns();
      expect(pair.inUse()).toEqual([`city-1501@${n}`, `city-1501@${n}`]);
    }
    const words = (await hotline.desk().approvals.approvals()).map(({ document }) => document);
    for (const document of words.filter(({ sender }) => sender === police.self)) {
      const body = JSON.stringify(document);
      const headers = { "content-type": "application/json" };
      const again = await fetch(`${hotline.url()}/exchange/v1/catalogue-approvals`, { method: "POST", headers, body });
      expect(again.status).toBe(200);
    }
    await pair.turns();
    expect((await hotline.desk().approvals.approvals()).map(({ document }) => document)).toEqual(words);
    expect(pair.inUse()).toEqual(["city-1501@3", "city-1501@3"]);
    expect(await pair.approved(hotline, "city-1501@2")).toBe("VERSION_STATE");
    expect(await pair.approved(hotline, CITY)).toBe("VERSION_OLDER");
    expect(await pair.approved(hotline, "city-1501@9")).toBe("VERSION_UNKNOWN");
  });

  test("is not agreed with a peer that was taken out of the configuration after it had signed", async () => {
    await pair.imported(hotline, await aCityFolder(pair.top()));
    await pair.approved(hotline, CITY);
    await pair.turns();
    const { peers } = hotline;
    await pair.approved(police, CITY);
    await police.turn();
    hotline.peers = [];
    await hotline.turn();
    expect(hotline.versionInUse()).toBe(PLAN);
    hotline.peers = peers;
    await hotline.turn();
    expect(hotline.versionInUse()).toBe(CITY);
  });

  test("reaches one peer while another does not answer", async () => {
    const silent = createServer(() => undefined);
    const more = await pair.another("police-150102");
    try {
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      const address = silent.address();
      if (address === null || typeof address === "string") throw new Error("no port");
      link(hotline, more, police);
      hotline.peers = hotline.peers.map((peer) =>
        peer.nodeCode === more.self ? { ...peer, url: `http://127.0.0.1:${address.port}` } : peer,
      );
      await pair.imported(hotline, await aCityFolder(pair.top()));
      await pair.approved(hotline, CITY);
      const turned = hotline.turn();
      await vi.waitFor(async () => expect(await police.desk().approvals.approvals()).toHaveLength(1), 10_000);
      expect(await Promise.race([turned.then(() => "done"), Promise.resolve("waits")])).toBe("waits");
      silent.closeAllConnections();
      await turned;
    } finally {
      silent.close();
    }
  });

  test("is agreed by words given under a key that was replaced before they were delivered: they go again under the new one", async () => {
    const old = openPassingKeys();
    try {
      await pair.imported(hotline, await aCityFolder(pair.top()));
      const given = { version: CITY, peers: [police.self], user: OPERATOR };
      expect(await approveVersion(hotline.desk(), old, given)).toMatchObject({ ok: true });
      await pair.turns();
      expect(hotline.faults).toEqual([]);
      const [word] = await police.desk().approvals.approvals();
      expect(word?.document).toMatchObject({ sender: hotline.self, keyId: hotline.keys.keyId });
      expect(await approveVersion(police.desk(), old, { ...given, peers: [hotline.self] })).toMatchObject({ ok: true });
      // What police answers to hotline's repeat carries police's own word, which must hold under its new key.
      await hotline.query("delete from liandong.catalogue_approval_receipts");
      pair.time.ms += 2 * HOUR;
      await hotline.turn();
      await hotline.turn();
      expect(hotline.faults).toEqual([]);
      expect(hotline.versionInUse()).toBe(CITY);
    } finally {
      await old.close();
    }
  });

  test("of a plan in force becomes what both agreed, and then no file replaces it", async () => {
    expect([await pair.approved(hotline, PLAN), await pair.approved(police, PLAN)]).toEqual(["inEffect", "inEffect"]);
    await pair.turns();
    for (const desk of [hotline, police]) expect((await desk.desk().versions.inForce())?.signatures).toHaveLength(2);
  });

  test("comes back to a desk that lost it: the other's answer brings its word, an hour later at most", async () => {
    await pair.imported(hotline, await aCityFolder(pair.top()));
    await pair.approved(hotline, CITY);
    await pair.turns();
    await pair.approved(police, CITY);
    // As after a restore from a backup: what police signed was delivered, and hotline has forgotten it.
    await police.turn();
    await hotline.query(`delete from liandong.catalogue_approvals where node = '${police.self}'`);
    expect(await hotline.desk().approvals.approvals()).toHaveLength(1);
    pair.time.ms += 2 * HOUR;
    await pair.turns();
    expect(pair.inUse()).toEqual([CITY, CITY]);
  });
});
