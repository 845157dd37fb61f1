import { beforeEach, describe, expect, test, vi } from "vitest";
import { aCityFolder, link } from "../../../test/setup/catalogue-desks.ts";
import type { TestDesk } from "../../../test/setup/catalogue-desks.ts";
import { CITY, HOUR, OPERATOR, twoDesks } from "../../../test/setup/two-desks.ts";
import { openApprovals } from "../../core/catalogue/index.ts";
import { instantOf } from "../../kernel/index.ts";
import { importFolder } from "./exchange-folders.ts";

// Two databases, real signatures in threads.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const pair = twoDesks();
let hotline: TestDesk;
let police: TestDesk;
beforeEach(() => {
  [hotline, police] = [pair.hotline(), pair.police()];
});

describe("a peer whose clock is far ahead (REQ-20)", () => {
  test("holds back no other agreement: its approval is refused until its date has come, and then comes by itself", async () => {
    await pair.imported(police, await aCityFolder(pair.top()));
    pair.time.ms += 24 * HOUR;
    await pair.approved(police, CITY);
    pair.time.ms -= 24 * HOUR;
    await police.turn();
    expect(police.faults.join()).toContain("EXCHANGE_APPROVAL_AHEAD");
    expect(await hotline.desk().approvals.approvals()).toEqual([]);
    pair.time.ms += 24 * HOUR;
    await police.turn();
    expect(await hotline.desk().approvals.approvals()).toHaveLength(1);
  });
});

describe("what one peer may have kept here (REQ-20, REQ-53)", () => {
  test("are so many approvals of which nothing came, then its next is refused and says why; another peer's goes on", async () => {
    const more = await pair.another("police-150102");
    try {
      link(hotline, police, more);
      await hotline.query(`insert into liandong.catalogue_approvals (version, digest, node, peer, approved_at, kept_at, document)
        select 'junk@' || n, 'd', '${police.self}', '${hotline.self}', now(), now(), '{}' from generate_series(1, 64) n`);
      await hotline.query(`update liandong.catalogue_approvals set document = jsonb_build_object('protocol', 3, 'type', 'catalogueApproval',
        'sender', node, 'receiver', peer, 'version', version, 'digest', repeat('ab', 32), 'approvedAt', '2026-01-05T01:02:05.000Z',
        'keyId', repeat('a', 16), 'signature', '3006020101020101')`);
      for (const desk of [police, more]) {
        await pair.imported(desk, await aCityFolder(pair.top()));
        await pair.approved(desk, CITY);
        await desk.turn();
      }
      const kept = (await hotline.desk().approvals.approvals()).filter(({ version }) => version === CITY);
      expect(kept.map(({ node }) => node)).toEqual([more.self]);
      expect(police.faults.join()).toContain("EXCHANGE_APPROVALS_FULL");
      // An operator lays some aside: they stay on record, and the peer's next one has its place.
      const { approvals, versions } = hotline.desk();
      const pairOf = { node: police.self, peer: hotline.self };
      const open = openApprovals(pairOf, await versions.versions(), await approvals.approvals());
      expect(open).toHaveLength(64);
      for (const one of open.slice(0, 2)) await approvals.layAside(one, OPERATOR, instantOf(pair.time.ms));
      expect(openApprovals(pairOf, await versions.versions(), await approvals.approvals())).toHaveLength(62);
      pair.time.ms += HOUR;
      await police.turn();
      const now = await approvals.approvals();
      expect(now.filter(({ node }) => node === police.self)).toHaveLength(65);
      expect(now.filter(({ laidAside }) => laidAside).map(({ version }) => version)).toEqual(
        open.slice(0, 2).map(({ version }) => version),
      );
      expect(await approvals.unheld(hotline.self)).toEqual([]);
    } finally {
    }
  });
});

describe("one name stands for one text (nmg:2.2.5, REQ-20)", () => {
  test("a folder under a name that the other desk signed with another text is refused, and so is a draft of it kept before", async () => {
    const other = await aCityFolder(pair.top(), { name: "别的" });
    await pair.imported(hotline, await aCityFolder(pair.top()));
    await pair.approved(hotline, CITY);
    await hotline.turn();
    const { versions, approvals } = police.desk();
    const taken = async (folder: string): Promise<unknown> =>
      importFolder(versions, folder, instantOf(pair.time.ms), await approvals.approvals());
    expect(await taken(other)).toMatchObject({
      ok: false,
      error: [{ file: "catalogue.yaml", code: "VERSION_TAKEN_THERE" }],
    });
    expect(await versions.findVersion(CITY)).toBeNull();
    // Kept before the word of the other desk came: it is not signed any more.
    expect(await importFolder(versions, other, instantOf(pair.time.ms))).toMatchObject({ ok: true });
    expect(await pair.approved(police, CITY)).toBe("VERSION_OTHER_TEXT");
    expect((await approvals.approvals()).map(({ node }) => node)).toEqual([hotline.self]);
    expect(await taken(await aCityFolder(pair.top(), { version: 2 }))).toMatchObject({ ok: true });
    expect(await pair.approved(police, "city-1501@2")).toBe("approvedHere");
  });
});
