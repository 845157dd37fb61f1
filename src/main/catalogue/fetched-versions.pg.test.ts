import { beforeEach, describe, expect, test, vi } from "vitest";
import { aCityFolder } from "../../../test/setup/catalogue-desks.ts";
import type { TestDesk } from "../../../test/setup/catalogue-desks.ts";
import { CITY, HOUR, PLAN, twoDesks } from "../../../test/setup/two-desks.ts";
import { instantOf } from "../../kernel/index.ts";
import { askAnew } from "./fetch-versions.ts";

// Two databases, real signatures in threads.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const pair = twoDesks();
let hotline: TestDesk;
let police: TestDesk;
beforeEach(() => {
  [hotline, police] = [pair.hotline(), pair.police()];
});

describe("a version that only the other desk keeps (P3, P6, REQ-08)", () => {
  const wants = () => police.desk().wanted.want(CITY, hotline.self, instantOf(pair.time.ms));

  test("is fetched with its base, kept as it is and not judged by; as a draft that nobody approved it is not given", async () => {
    await pair.imported(hotline, await aCityFolder(pair.top()));
    expect(await wants()).toBe(true);
    await pair.turns();
    expect(await police.states()).toEqual([`${PLAN} inForce`]);
    expect(police.faults).toEqual([]);
    expect(hotline.faults).toContain("EXCHANGE_CATALOGUE_UNKNOWN");
    await pair.approved(hotline, CITY);
    pair.time.ms += HOUR;
    await pair.turns();
    expect(await police.states()).toEqual([`${CITY} foreign`, `${PLAN} inForce`]);
    expect(await police.desk().versions.findVersion(CITY)).toMatchObject({ fetchedFrom: hotline.self });
    expect(await police.desk().wanted.wanted()).toEqual([]);
    await pair.imported(police, await aCityFolder(pair.top()));
    expect(await police.states()).toEqual([`${CITY} draft`, `${PLAN} inForce`]);
  });

  test("leaves the list after thirty days, and an operator's word takes its place in a full one or says why not", async () => {
    await wants();
    for (let n = 0; n < 70; n++) await police.desk().wanted.want(`junk@${n}`, hotline.self, instantOf(pair.time.ms));
    const ask = (version: string) => askAnew(police.desk(), version, [hotline.self]);
    expect(await ask("city-1501@7")).toEqual({ ok: true, value: null });
    expect(await ask(PLAN)).toMatchObject({ error: { code: "VERSION_KEPT" } });
    expect(await ask("no version")).toMatchObject({ error: { code: "VERSION_UNREADABLE" } });
    expect(await police.desk().wanted.wanted()).toHaveLength(65);
    pair.time.ms += 31 * 24 * HOUR;
    await police.turn();
    expect(await police.desk().wanted.wanted()).toEqual([]);
    expect(await wants()).toBe(true);
  });

  test("lies aside with its reasons when its files are wrong or another digest is theirs, and can be asked for anew", async () => {
    await pair.imported(hotline, await aCityFolder(pair.top()));
    await pair.approved(hotline, CITY);
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
      hotline.give = async (version, peer) => {
        const real = await give(version, peer);
        return real === null ? null : { ...real, files: new Map([...real.files, [name, bytes]]) };
      };
      await wants();
      await pair.turns();
      const [aside] = await police.desk().wanted.wanted();
      expect([aside?.nextAt, aside?.problems.map((p) => p.code)]).toEqual([null, expect.arrayContaining([code])]);
      expect(await police.states()).toEqual([`${PLAN} inForce`]);
      await police.desk().wanted.forget(CITY);
    }
    hotline.give = give;
    await wants();
    await pair.turns();
    expect(await police.states()).toEqual([`${CITY} foreign`, `${PLAN} inForce`]);
  });

  test("is waited for, longer each time, while the peer is away, speaks an earlier version or does not have it", async () => {
    const tries = async () => (await police.desk().wanted.wanted()).map(({ tries: n }) => n);
    const [peer] = police.peers;
    if (peer === undefined) throw new Error("no peer");
    await wants();
    police.peers = [{ ...peer, protocols: { min: 1, max: 3 } }];
    await police.turn();
    police.peers = [{ ...peer, url: "http://127.0.0.1:1" }];
    pair.time.ms += 60_000;
    await police.turn();
    police.peers = [peer];
    pair.time.ms += 60_000;
    await police.turn();
    expect(await tries()).toEqual([3]);
    await police.turn();
    expect(await tries()).toEqual([3]);
    await pair.imported(hotline, await aCityFolder(pair.top()));
    await pair.approved(hotline, CITY);
    pair.time.ms += HOUR;
    await police.turn();
    expect(await police.states()).toEqual([`${CITY} foreign`, `${PLAN} inForce`]);
  });

  test("of an approval is not sent to a peer of an earlier version, and goes when that has been renewed", async () => {
    await pair.imported(hotline, await aCityFolder(pair.top()));
    const [peer] = hotline.peers;
    if (peer === undefined) throw new Error("no peer");
    hotline.peers = [{ ...peer, protocols: { min: 1, max: 2 } }];
    await pair.approved(hotline, CITY);
    await pair.turns();
    expect(await police.desk().approvals.approvals()).toEqual([]);
    hotline.peers = [peer];
    await pair.turns();
    expect(await police.desk().approvals.approvals()).toHaveLength(1);
    expect(hotline.faults).toEqual([]);
  });
});
