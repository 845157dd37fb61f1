import { describe, expect, test } from "vitest";
import type { NodeCode, RegionCode } from "../../kernel/index.ts";
import type { Desk as DeskRow, ServiceArea } from "../places/index.ts";
import type { PeerDesk } from "./file.ts";
import { dangerDesks, openRouting, peerRoute } from "./peers.ts";
import { aDesk, outgoing, POLICE, put, registration, tell, tick } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const CITY = "150100" as RegionCode;
const peer = (nodeCode: string, regions: readonly string[], dutyPhone = "110"): PeerDesk => ({
  nodeCode: nodeCode as NodeCode,
  side: "police",
  regions: regions as RegionCode[],
  dutyPhone,
});
const row = (code: string, region: string, node: string | null): DeskRow => ({
  code,
  nameZh: code,
  nameEn: code,
  side: "police",
  region: region as RegionCode,
  node: node as NodeCode | null,
  dutyPhone: `000-${region}`,
  invented: true,
});
const area = (desk: string, place: string, more: Partial<ServiceArea> = {}): ServiceArea => ({
  desk,
  area: place as RegionCode,
  role: "first",
  order: 1,
  reasonZh: "约定",
  validFrom: "2020-01-01",
  validTo: null,
  ...more,
});
const push = { type: "danger", machineSuspected: false, sealed: [] } as const;

test("a danger in a county whose own 110 is not linked goes to the linked 110 of its city (nmg:2.2.1)", () => {
  const peers = [peer(POLICE, [CITY]), peer("police-150200", ["150200"])];
  const routing = openRouting(peers, {
    desks: [row("p-1", CITY, POLICE), row("p-2", "150200", "police-150200"), row("p-221", "150221", null)],
    areas: [area("p-1", CITY), area("p-2", "150200"), area("p-221", "150221")],
  });
  const hotline = aDesk("hotline", { peers, routing });
  tell(hotline, registration({ facts: { ...registration().facts, place: "150221" as RegionCode } }));
  tell(hotline, push);
  expect(hotline.file.linkages.map((l) => l.peer)).toEqual(["police-150200"]);
});

describe("the place's own 110 that has only a telephone is dialled by whoever pushed (nmg:2.2.1)", () => {
  const CITY_POLICE = "police-150200";
  const COUNTY = "150221" as RegionCode;
  const linkedCity = () => {
    const peers = [peer(POLICE, [CITY]), peer(CITY_POLICE, ["150200"])];
    const routing = openRouting(peers, {
      desks: [row("p-1", CITY, POLICE), row("p-2", "150200", CITY_POLICE), row("p-221", COUNTY, null)],
      areas: [area("p-1", CITY), area("p-2", "150200"), area("p-221", COUNTY)],
    });
    return aDesk("hotline", { peers, routing });
  };
  const at = (place: string) => ({ ...registration().facts, place: place as RegionCode });
  const marks = (desk: ReturnType<typeof linkedCity>) =>
    desk.log.at(-1)?.alarms.filter(({ kind, act }) => kind === "placeByVoice" && act === "raise") ?? [];

  test("each push says its number, until the danger is over", () => {
    const desk = linkedCity();
    tell(desk, registration({ facts: at(COUNTY) }));
    tell(desk, push);
    const [linkage] = desk.file.linkages;
    const mark = { act: "raise", kind: "placeByVoice", subject: linkage?.id, dial: `000-${COUNTY}`, audience: "desk" };
    expect(marks(desk)).toEqual([{ ...mark, level: 1 }]);
    tell(desk, push);
    expect(marks(desk)).toEqual([{ ...mark, level: 2 }]);
  });

  test("a place learned after the push says it too, and a corrected place takes it back", () => {
    const desk = linkedCity();
    tell(desk, registration({ facts: at("150202") }));
    tell(desk, push);
    expect(marks(desk)).toEqual([]);
    tell(desk, { type: "amend", facts: { place: COUNTY }, sealed: [] });
    expect(marks(desk)).toMatchObject([{ dial: `000-${COUNTY}` }]);
    tell(desk, { type: "amend", facts: { place: "150202" as RegionCode }, sealed: [] });
    expect(marks(desk)).toEqual([]);
    expect(desk.log.at(-1)?.alarms).toContainEqual(expect.objectContaining({ act: "clear", kind: "placeByVoice" }));
  });

  test("what is added to an open push asks for the call again: the one before told nothing of it", () => {
    const desk = linkedCity();
    tell(desk, registration({ facts: at(COUNTY) }));
    tell(desk, push);
    tell(desk, { type: "amend", facts: {}, sealed: [{ field: "note.1", version: 1, commitment: "0".repeat(64) }] });
    expect(desk.file.linkages[0]?.k).toBe(2);
    expect(marks(desk)).toMatchObject([{ level: 2, dial: `000-${COUNTY}` }]);
  });

  test("the mark stands on the push that was made for the place, and one mark stands for a danger", () => {
    const desk = linkedCity();
    tell(desk, registration({ facts: at("150202") }));
    tell(desk, push);
    tell(desk, { type: "amend", facts: { place: "150102" as RegionCode }, sealed: [] });
    tell(desk, { type: "amend", facts: { place: COUNTY }, sealed: [] });
    const [first, second] = desk.file.linkages;
    expect([first?.peer, second?.peer]).toEqual([CITY_POLICE, POLICE]);
    const before = first?.k ?? 0;
    tell(desk, push);
    expect(desk.file.linkages[0]?.k).toBe(before + 1);
    expect(marks(desk)).toMatchObject([
      { subject: first?.id, level: before + 1 + (second?.k ?? 0), dial: `000-${COUNTY}` },
    ]);
  });

  test("a push to another desk that is named does not take the mark along: it stands while the push for the place is open", () => {
    const desk = linkedCity();
    const other = aDesk("police");
    const carry = (from: Desk, to: Desk) => {
      for (const message of outgoing(from).filter(({ receiver }) => receiver === to.context.self))
        put(to, { via: "message", at: tick(20), message });
    };
    tell(desk, registration({ facts: at(COUNTY) }));
    tell(desk, push);
    const [own] = desk.file.linkages;
    expect(own?.peer).toBe(CITY_POLICE);
    tell(desk, { ...push, to: POLICE });
    expect(marks(desk)).toMatchObject([{ subject: own?.id, level: 2, dial: `000-${COUNTY}` }]);
    carry(desk, other);
    const named = other.file.linkages[0];
    if (named === undefined) throw new Error("nothing arrived");
    tell(other, { type: "shown", linkageId: named.id });
    tell(other, { type: "endDanger", linkageId: named.id, outcome: "noDangerFound", result: null });
    carry(other, desk);
    expect(desk.file.linkages.map(({ state }) => state)).toEqual(["pushed", "ended"]);
    const cleared = desk.log.flatMap(({ alarms }) => alarms).filter((a) => a.act === "clear" && a.subject === own?.id);
    expect(cleared.filter(({ kind }) => kind === "placeByVoice")).toEqual([]);
  });

  test("where no 110 is linked at all the number of the place's own is given, not the one that rings at the city's", () => {
    const routing = openRouting([], { desks: [row("p-221", COUNTY, null)], areas: [area("p-221", COUNTY)] });
    const desk = aDesk("hotline", { peers: [], routing });
    tell(desk, registration({ facts: at(COUNTY) }));
    tell(desk, push);
    expect(desk.log.at(-1)?.alarms).toContainEqual(
      expect.objectContaining({ act: "raise", kind: "noPeer", dial: `000-${COUNTY}` }),
    );
  });

  test("with no linked 110 the number is given anew when the place that is learned has another one, and not when it has the same", () => {
    const routing = openRouting([], { desks: [row("p-221", COUNTY, null)], areas: [area("p-221", COUNTY)] });
    const desk = aDesk("hotline", { peers: [], routing });
    const owed = () => desk.log.at(-1)?.alarms.filter(({ kind, act }) => kind === "noPeer" && act === "raise");
    tell(desk, registration({ facts: at("150102") }));
    tell(desk, push);
    expect(owed()).toMatchObject([{ dial: "110", level: 1 }]);
    tell(desk, { type: "amend", facts: { place: "150103" as RegionCode }, sealed: [] });
    expect(owed()).toEqual([]);
    tell(desk, { type: "amend", facts: { place: COUNTY }, sealed: [] });
    expect(owed()).toMatchObject([{ dial: `000-${COUNTY}`, level: 2 }]);
    tell(desk, { type: "amend", facts: { place: "150102" as RegionCode }, sealed: [] });
    expect(owed()).toMatchObject([{ dial: "110", level: 3 }]);
  });

  test("a linked 110 of the place is not dialled, nor is one that the table does not name", () => {
    const desk = linkedCity();
    tell(desk, registration({ facts: at("150207") }));
    tell(desk, push);
    expect(marks(desk)).toEqual([]);
  });
});

test("a linked desk that its sheet gives no area today keeps its configured divisions for a danger (nmg:2.2.1)", () => {
  const peers = [peer(POLICE, [CITY]), peer("police-150200", ["150200"])];
  const routing = openRouting(peers, {
    desks: [row("p-1", CITY, POLICE), row("p-2", "150200", "police-150200")],
    areas: [area("p-1", CITY), area("p-2", "150200", { validTo: "2020-12-31" })],
  });
  expect(dangerDesks({ peers, home: CITY, routing }, "150202" as RegionCode, tick(0)).map((p) => p.nodeCode)).toEqual([
    "police-150200",
  ]);
});

test("a desk that two rows of one area name is one desk and no choice (yn:4.1.1)", () => {
  const peers = [peer(POLICE, [CITY])];
  const routing = openRouting(peers, {
    desks: [row("p-1", CITY, POLICE)],
    areas: [area("p-1", CITY, {}), area("p-1", CITY, { validFrom: "2021-01-01" })],
  });
  expect(peerRoute({ peers, home: CITY, routing }, "police", CITY, tick(0))).toMatchObject({ kind: "one" });
});
