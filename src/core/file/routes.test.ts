import { describe, expect, it } from "vitest";
import type { ItemCode, NodeCode, RegionCode } from "../../kernel/index.ts";
import { createRouting } from "../places/index.ts";
import type { Desk as DeskRow, ServiceArea } from "../places/index.ts";
import type { PeerDesk } from "./file.ts";
import { openRouting, peerRoute } from "./peers.ts";
import { aDesk, LAMP_VERDICT, POLICE, registration, sealed, tell, tick } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const CITY = "150100" as RegionCode;
const COUNTY = "150121" as RegionCode;
const ELSEWHERE = "150202" as RegionCode;
const COUNTY_110 = "police-150121" as NodeCode;

const peer = (nodeCode: NodeCode, regions: readonly RegionCode[], dutyPhone: string): PeerDesk => ({
  nodeCode,
  side: "police",
  regions,
  dutyPhone,
});
const CITY_DESK = peer(POLICE, [CITY], "110");
const COUNTY_DESK = peer(COUNTY_110, [COUNTY], "0471-110");
/** The county's desk stands first: who takes the first one known is found out. */
const PEERS = [COUNTY_DESK, CITY_DESK];

const row = (code: string, region: RegionCode, node: NodeCode | null): DeskRow => ({
  code,
  nameZh: `${region} 110`,
  nameEn: `110 of ${region}`,
  side: "police",
  region,
  node,
  dutyPhone: `000-${region}`,
  invented: true,
});
const area = (desk: string, place: RegionCode, order = 1): ServiceArea => ({
  desk,
  area: place,
  role: "first",
  order,
  reasonZh: "约定",
  validFrom: "2020-01-01",
  validTo: null,
});

/** 12345 of the city, linked with two 110 desks, with a matter of this place. */
function hotlineWith(place: RegionCode | null, over: Parameters<typeof aDesk>[1] = {}): Desk {
  const hotline = aDesk("hotline", { peers: PEERS, ...over });
  tell(hotline, registration({ facts: { ...registration().facts, place } }));
  return hotline;
}

const targetsOf = (desk: Desk): readonly NodeCode[] => desk.file.linkages.map((l) => l.peer);

describe("a hand-over goes to the desk the routing table names for the place (yn:4.1.1, nmg:2.2.1, REQ-21)", () => {
  it.each([
    ["a village of the county goes to the county's desk", "150121101201", COUNTY_110],
    ["a district of the city goes to the city's desk", "150102", POLICE],
    ["a matter whose place nobody knows goes to the desk of the node's own division", null, POLICE],
  ])("%s", (_, place, to) => {
    const hotline = hotlineWith(place === null ? null : (place as RegionCode));
    expect(tell(hotline, { type: "handOver", to: null })).toBe("ok");
    expect(targetsOf(hotline)).toEqual([to]);
  });

  it("a row of the table stands above the divisions a peer was configured with", () => {
    const rows = createRouting([row("p-1", CITY, COUNTY_110)], [area("p-1", "150102" as RegionCode)]);
    const hotline = hotlineWith("150102" as RegionCode, { routing: rows });
    expect(tell(hotline, { type: "handOver", to: null })).toBe("ok");
    expect(targetsOf(hotline)).toEqual([COUNTY_110]);
  });

  it("several desks of the same area are refused with their names, and a named one is taken (REQ-21)", () => {
    const peers = [peer(COUNTY_110, [CITY], "0471-110"), CITY_DESK];
    const hotline = hotlineWith("150102" as RegionCode, { peers });
    expect(tell(hotline, { type: "handOver", to: null })).toBe("ROUTE_UNCLEAR");
    expect(hotline.file.linkages).toEqual([]);
    expect(tell(hotline, { type: "handOver", to: POLICE })).toBe("ok");
    expect(targetsOf(hotline)).toEqual([POLICE]);
  });

  it("a place that no linked desk serves is refused, and a named desk is taken (REQ-21)", () => {
    const hotline = hotlineWith(ELSEWHERE);
    expect(tell(hotline, { type: "handOver", to: null })).toBe("ROUTE_NONE");
    expect(tell(hotline, { type: "handOver", to: POLICE })).toBe("ok");
  });

  it("a desk that is reached by voice only is named with its number (REQ-21)", () => {
    const rows = createRouting([row("p-2", "150200" as RegionCode, null)], [area("p-2", "150200" as RegionCode)]);
    const route = peerRoute({ peers: PEERS, home: CITY, routing: rows }, "police", ELSEWHERE, tick(0));
    expect(route).toMatchObject({ kind: "none", desk: { dutyPhone: "000-150200" } });
  });

  it("a desk that is not linked is stood in for by the linked one that backs it up (REQ-21)", () => {
    const routing = createRouting(
      [row("p-1", COUNTY, null), row("p-2", CITY, POLICE)],
      [area("p-1", COUNTY), { ...area("p-2", COUNTY), role: "backup" }],
    );
    const hotline = hotlineWith(COUNTY, { routing });
    expect(tell(hotline, { type: "handOver", to: null })).toBe("ok");
    expect(targetsOf(hotline)).toEqual([POLICE]);
  });

  it("without any linked desk of the other side nobody can be named (NO_PEER)", () => {
    expect(tell(hotlineWith(CITY, { peers: [] }), { type: "handOver", to: null })).toBe("NO_PEER");
  });
});

describe("a push is never refused for its place (nmg:a3, nmg:2.2.1)", () => {
  const push = { type: "danger", machineSuspected: false, sealed: [] } as const;

  it.each([
    ["of the county goes to the county's desk", COUNTY, COUNTY_110],
    ["of an unknown place goes to the 110 of the node's own division", null, POLICE],
    ["of a place nobody serves goes to the 110 of the node's own division", ELSEWHERE, POLICE],
  ])("a danger %s", (_, place, to) => {
    const hotline = hotlineWith(place);
    expect(tell(hotline, push)).toBe("ok");
    expect(targetsOf(hotline)).toEqual([to]);
  });

  it("where several desks serve the place it goes to the first of the table at once, and not again to the next", () => {
    const rows = createRouting(
      [row("p-1", CITY, POLICE), row("p-2", CITY, COUNTY_110)],
      [area("p-2", CITY, 2), area("p-1", CITY, 1)],
    );
    const hotline = hotlineWith("150102" as RegionCode, { routing: rows });
    tell(hotline, { ...push, to: COUNTY_110 });
    tell(hotline, { type: "amend", facts: { place: "150103" as RegionCode }, sealed: [] });
    expect(targetsOf(hotline)).toEqual([COUNTY_110]);
    const other = hotlineWith("150102" as RegionCode, { routing: rows });
    tell(other, push);
    expect(targetsOf(other)).toEqual([POLICE]);
  });

  it("a linked 110 that serves no division near by is better than none", () => {
    const hotline = hotlineWith(null, { peers: [peer(COUNTY_110, [ELSEWHERE], "1")] });
    expect(tell(hotline, push)).toBe("ok");
    expect(targetsOf(hotline)).toEqual([COUNTY_110]);
  });
});

describe("nature, content and jurisdiction are inputs of their own (nmg:2.2, REQ-10)", () => {
  const push = { type: "danger", machineSuspected: false, sealed: [] } as const;
  const matter = { requestKind: "complaint", place: "150102" as RegionCode };
  const judged = (over: Partial<typeof matter> = {}): Desk => {
    const hotline = aDesk("hotline", { peers: PEERS });
    tell(hotline, registration({ facts: { ...registration().facts, ...matter, ...over }, verdict: LAMP_VERDICT }));
    return hotline;
  };
  const inputsOf = (desk: Desk) => {
    const { kind, peer: to, brief } = desk.file.linkages.at(-1) ?? {};
    return { kind, to, nature: [brief?.requestKind, brief?.danger], content: brief?.item, jurisdiction: brief?.place };
  };

  it("a hand-over keeps the three by which it was chosen, each by itself", () => {
    const hotline = judged();
    tell(hotline, { type: "handOver", to: null });
    const chosen = { nature: ["complaint", false], content: "A01-05", jurisdiction: "150102" };
    expect(inputsOf(hotline)).toEqual({ kind: "clear", to: POLICE, ...chosen });
  });

  it("another place alone is another desk, danger alone is another road; the content stays what it was", () => {
    const elsewhere = judged({ place: COUNTY });
    tell(elsewhere, { type: "handOver", to: null });
    expect(inputsOf(elsewhere)).toMatchObject({ kind: "clear", to: COUNTY_110, content: "A01-05" });
    const danger = judged();
    tell(danger, push);
    expect(inputsOf(danger)).toMatchObject({
      kind: "urgent",
      to: POLICE,
      nature: ["complaint", true],
      content: "A01-05",
    });
  });

  it("another content alone is another answer: what the list gives to nobody is guided, what it gives to a desk is not", () => {
    const guide = { type: "guide", reason: "N00-01", guidance: sealed("guidance.1") } as const;
    const hotline = judged();
    expect(tell(hotline, guide)).toBe("GUIDANCE_ONLY_FOR_NEITHER");
    tell(hotline, {
      type: "judge",
      verdict: { ...LAMP_VERDICT, side: "neither", item: "N00-01" as ItemCode, mode: "guide" },
    });
    expect(tell(hotline, guide)).toBe("ok");
  });
});

describe("the routing table of a node (REQ-21)", () => {
  it("holds its sheets, and every linked desk that they do not name by the divisions it is configured with", () => {
    const routing = openRouting(PEERS, {
      desks: [row("p-1", CITY, POLICE)],
      areas: [area("p-1", "150105" as RegionCode)],
    });
    const route = (place: string) =>
      peerRoute({ peers: PEERS, home: CITY, routing }, "police", place as RegionCode, tick(0));
    expect(route("150105")).toMatchObject({ kind: "one", peer: CITY_DESK });
    expect(route("150121")).toMatchObject({ kind: "one", peer: COUNTY_DESK });
    expect(route("150102")).toMatchObject({ kind: "none" });
  });
});
