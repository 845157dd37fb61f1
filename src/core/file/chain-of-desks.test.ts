import { describe, expect, it } from "vitest";
import type { LinkageId, NodeCode, RegionCode } from "../../kernel/index.ts";
import {
  aDesk,
  HOTLINE,
  LAMP_VERDICT,
  outgoing,
  POLICE,
  put,
  registration,
  sealed,
  tell,
  tick,
} from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";
import { holds } from "./view.ts";

const DISTRICT = "police-150102" as NodeCode;

/** Carries messages among any number of desks until all are silent. */
function settleAll(desks: readonly Desk[]): void {
  for (let quiet = false; !quiet; ) {
    quiet = true;
    for (const message of desks.flatMap(outgoing)) {
      quiet = false;
      const to = desks.find(({ context }) => context.self === message.receiver);
      if (to === undefined) throw new Error(`nobody is ${message.receiver}`);
      put(to, { via: "message", at: tick(20), message });
    }
  }
}

const towards = (desk: Desk, peer: NodeCode): LinkageId => {
  const found = desk.file.linkages.find((l) => l.peer === peer);
  if (found === undefined) throw new Error(`no linkage with ${peer}`);
  return found.id;
};

/** 12345 handed a matter to the city's 110, which handed it on to that of the district. */
function handedOn(): {
  readonly desks: readonly Desk[];
  readonly hotline: Desk;
  readonly city: Desk;
  readonly district: Desk;
} {
  const peer = (nodeCode: NodeCode, side: "hotline" | "police", region: string) =>
    ({ nodeCode, side, regions: [region as RegionCode], dutyPhone: "0" }) as const;
  const hotline = aDesk("hotline");
  const city = aDesk("police", { peers: [peer(HOTLINE, "hotline", "150100"), peer(DISTRICT, "police", "150102")] });
  const district = aDesk("police", { self: DISTRICT, peers: [peer(POLICE, "police", "150100")] });
  const desks = [hotline, city, district];
  tell(hotline, registration({ verdict: LAMP_VERDICT }));
  tell(hotline, { type: "handOver", to: null });
  settleAll(desks);
  tell(city, { type: "acceptOffer", linkageId: towards(city, HOTLINE) });
  settleAll(desks);
  tell(city, { type: "recordInitialResponse", entry: sealed("initialResponse.1"), manner: "byPhone" });
  expect(tell(city, { type: "handOver", to: DISTRICT })).toBe("ok");
  settleAll(desks);
  tell(district, { type: "acceptOffer", linkageId: towards(district, POLICE) });
  settleAll(desks);
  return { desks, hotline, city, district };
}

describe("a matter that was handed on (linkage table, 5.3)", () => {
  it("comes back to the desk in the middle with its result, which concludes it towards the desk it came from and calls nobody back (nmg:2.2.1)", () => {
    const { desks, hotline, city, district } = handedOn();
    expect(tell(district, { type: "judge", verdict: LAMP_VERDICT })).toBe("ok");
    expect(tell(district, { type: "conclude", resolution: "handled", result: sealed("result.1") })).toBe("ok");
    settleAll(desks);
    expect([holds(city.file, "ordinary"), holds(district.file, "ordinary")]).toEqual([true, false]);
    expect(city.file.case).toMatchObject({ status: "handling", conclusion: { resolution: "handled", by: "peer" } });
    expect(tell(city, { type: "close" })).not.toBe("ok");
    tell(city, { type: "judge", verdict: LAMP_VERDICT });
    expect(tell(city, { type: "conclude", resolution: "handled", result: sealed("result.2") })).toBe("ok");
    settleAll(desks);
    expect(hotline.file.case?.conclusion).toMatchObject({ resolution: "handled", by: "peer" });
    // Under handOff the first receiver of the chain calls back and closes, and all copies end with it.
    expect(tell(city, { type: "callBack", outcome: "reached", satisfaction: 5, solved: true, note: null })).toBe("ok");
    expect(tell(city, { type: "close" })).toBe("ok");
    settleAll(desks);
    expect(desks.map(({ file }) => file.case?.status)).toEqual(["closed", "closed", "closed"]);
  });
});

describe("what is said at one desk of a chain (REQ-14, P4)", () => {
  const noted = (desk: Desk): readonly string[] =>
    Object.keys(desk.file.case?.sealed ?? {}).filter((f) => f.startsWith("note."));

  it.each([
    ["the first", (chain: ReturnType<typeof handedOn>) => chain.hotline],
    ["the one in the middle", (chain: ReturnType<typeof handedOn>) => chain.city],
    ["the last", (chain: ReturnType<typeof handedOn>) => chain.district],
  ])("%s is known at all of them", (_, who) => {
    const chain = handedOn();
    expect(tell(who(chain), { type: "amend", facts: {}, sealed: [sealed("note.more")] })).toBe("ok");
    settleAll(chain.desks);
    expect(chain.desks.map(noted)).toEqual([["note.more"], ["note.more"], ["note.more"]]);
  });
});

describe("facts and danger in a chain, with words or without (nmg:2.2.1, REQ-14, P3, P4)", () => {
  const COUNTY = "police-150121" as NodeCode;
  const says = (words: boolean) =>
    ({ type: "danger", machineSuspected: false, sealed: words ? [sealed("note.fire")] : [] }) as const;
  /** The chain, with a county's 110 that 12345 pushes to because the matter is there. */
  const withCounty = () => {
    const chain = handedOn();
    const county = aDesk("police", { self: COUNTY, peers: [] });
    const { context } = chain.hotline;
    const desk = { nodeCode: COUNTY, side: "police", regions: ["150121" as RegionCode], dutyPhone: "0" } as const;
    chain.hotline.context = { ...context, peers: [...context.peers, desk] };
    const all = [...chain.desks, county];
    tell(chain.hotline, { type: "amend", facts: { place: "150121" as RegionCode }, sealed: [] });
    settleAll(all);
    return { ...chain, county, all };
  };

  it("a corrected fact reaches the last desk, that it is confidential too", () => {
    const { desks, hotline } = handedOn();
    tell(hotline, { type: "amend", facts: { place: "150121" as RegionCode, confidential: true }, sealed: [] });
    settleAll(desks);
    expect(desks.map(({ file }) => [file.case?.place, file.case?.confidential])).toEqual(
      Array.from({ length: 3 }, () => ["150121", true]),
    );
  });

  it.each([true, false])("danger said at the last desk is known at the first (with words: %s)", (words) => {
    const { desks, district } = handedOn();
    expect(tell(district, says(words))).toBe("ok");
    settleAll(desks);
    expect(desks.map(({ file }) => file.case?.danger)).toEqual([true, true, true]);
  });

  it.each([
    [
      "pushed to the desk in the middle",
      () => {
        const { hotline, desks } = handedOn();
        return { hotline, all: desks };
      },
    ],
    ["pushed to another desk", withCounty],
  ])("danger without words said at the first desk, %s, is known at the one that works", (_, make) => {
    const { hotline, all } = make();
    expect(tell(hotline, says(false))).toBe("ok");
    settleAll(all);
    expect(all.map(({ file }) => file.case?.danger)).toEqual(all.map(() => true));
  });

  it("a remark that is passed on pushes no danger again that has ended", () => {
    const { all, county, hotline, district } = withCounty();
    tell(hotline, says(true));
    settleAll(all);
    const linkageId = towards(county, HOTLINE);
    tell(county, { type: "shown", linkageId });
    tell(county, { type: "endDanger", linkageId, outcome: "handled", result: null });
    settleAll(all);
    tell(district, { type: "amend", facts: {}, sealed: [sealed("note.remark")] });
    settleAll(all);
    expect([county.file.linkages[0]?.state, county.file.case?.status]).toEqual(["ended", "closed"]);
    expect(hotline.file.case?.sealed["note.remark"]).toBeDefined();
  });
});

describe("danger that is found in a matter which several desks share", () => {
  const push = { type: "danger", machineSuspected: false, sealed: [sealed("note.fire")] } as const;
  const knows = (desk: Desk): readonly unknown[] => [
    desk.file.case?.danger,
    "note.fire" in (desk.file.case?.sealed ?? {}),
  ];

  it("is told to whoever has the matter too, with the words, when the push goes elsewhere (nmg:2.2.1, REQ-14)", () => {
    const { desks, hotline, city, district } = handedOn();
    const county = aDesk("police", { self: "police-150121" as NodeCode, peers: [] });
    const peers = [
      ...hotline.context.peers,
      { nodeCode: county.context.self, side: "police", regions: ["150121" as RegionCode], dutyPhone: "0" } as const,
    ];
    hotline.context = { ...hotline.context, peers };
    tell(hotline, { type: "amend", facts: { place: "150121" as RegionCode }, sealed: [] });
    settleAll([...desks, county]);
    expect(tell(hotline, push)).toBe("ok");
    settleAll([...desks, county]);
    expect([county, city, district, hotline].map(knows)).toEqual(Array.from({ length: 4 }, () => [true, true]));
  });

  it("is told back to the desk the matter came from, once (nmg:2.2.1, REQ-14)", () => {
    const police = aDesk("police");
    const peer = (nodeCode: NodeCode, side: "hotline" | "police", region: string) =>
      ({ nodeCode, side, regions: [region as RegionCode], dutyPhone: "0" }) as const;
    const hotline = aDesk("hotline", { peers: [peer(POLICE, "police", "150100"), peer(DISTRICT, "police", "150102")] });
    const district = aDesk("police", { self: DISTRICT, peers: [peer(HOTLINE, "hotline", "150100")] });
    tell(police, registration());
    tell(police, { type: "handOver", to: null });
    settleAll([police, hotline, district]);
    expect(tell(hotline, push)).toBe("ok");
    expect(hotline.file.linkages.filter(({ kind }) => kind === "urgent").map(({ peer: to }) => to)).toEqual([DISTRICT]);
    settleAll([police, hotline, district]);
    expect([police, district].map(knows)).toEqual([
      [true, true],
      [true, true],
    ]);
  });
});
