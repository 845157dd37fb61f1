import { weekdayOf } from "../../kernel/index.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Instant, ItemCode, RegionCode, UnitCode } from "../../kernel/index.ts";
import { NO_DETAILS, openDirectory } from "./index.ts";
import type { DirectoryEntry, Served, Unit, UnitDetails } from "./index.ts";

const DAY = "2026-11-22";
const NOW = "2026-11-22T04:00:00.000Z" as Instant;

function unit(
  code: string,
  region: string,
  change: Partial<Unit> = {},
  details: Partial<UnitDetails> = {},
): DirectoryEntry {
  return {
    code: code as UnitCode,
    nameZh: code,
    nameEn: code,
    side: "hotline",
    tier: region.length === 12 ? "town" : region.endsWith("00") ? "prefecture" : "county",
    parent: null,
    region: region as RegionCode,
    unitKind: "heat",
    dutyPhone: `000-${code}`,
    invented: true,
    ...change,
    details: { ...NO_DETAILS, ...details },
  };
}

const serves = (matter: string, area: string, change: Partial<Served> = {}): Partial<UnitDetails> => ({
  served: [{ matter, area: area as RegionCode, role: "lead", validFrom: "2026-01-01", validTo: null, ...change }],
});

function who(
  entries: readonly DirectoryEntry[],
  place: string,
  change: { day?: string; side?: Unit["side"] } = {},
): string {
  const { lead, assisting } = openDirectory(entries).handlersOf({
    item: "A01-05" as ItemCode,
    classCode: "A01",
    side: "hotline",
    unitKind: "heat",
    place: place as RegionCode,
    day: DAY,
    ...change,
  });
  const said = ({ units, by }: typeof lead): string =>
    `${units.map(({ code }) => code).join(",")}${by === null ? "" : ` by ${by.matter} in ${by.area}`}`;
  return `${said(lead)}; ${said(assisting)}`;
}

describe("who handles a matter at a place (nmg:2.2.2)", () => {
  const near = unit("near", "150102");
  const company = unit("company", "150100", { unitKind: "company" }, serves("A01-05", "150100"));
  const town = unit("town", "150102001000", { unitKind: "street" }, serves("A01", "150102001000"));
  const helper = unit("helper", "150100", { unitKind: "other" }, serves("A01", "150100", { role: "assisting" }));
  const all = [near, company, town, helper];

  test("is the unit named for the item before the one named for its class, however small the area of that", () => {
    expect(who(all, "150102001003")).toBe("company by A01-05 in 150100; helper by A01 in 150100");
    expect(who([near, town], "150102001003")).toBe("town by A01 in 150102001000; ");
    expect(who([near, town], "150102002000")).toBe("near; ");
  });

  test("is the one named for the smallest area around the place, straight to the front line (yn:4.3.3)", () => {
    const front = unit("front", "150102001000", { unitKind: "street" }, serves("A01-05", "150102001000"));
    expect(who([company, front], "150102001007")).toBe("front by A01-05 in 150102001000; ");
    expect(who([company, front], "150102002000")).toBe("company by A01-05 in 150100; ");
  });

  test("is a choice in order of code when several are named for the same area", () => {
    const other = unit("another", "150100", { unitKind: "company" }, serves("A01-05", "150100"));
    expect(who([company, other], "150102")).toBe("another,company by A01-05 in 150100; ");
  });

  test("is the nearest of the kind the catalogue proposes where nobody is named, and a kind may be named too", () => {
    expect(who([near], "150102001003")).toBe("near; ");
    const kind = unit("centre", "150100", { unitKind: "street" }, serves("kind:heat", "150102"));
    expect(who([near, kind], "150102001003")).toBe("centre by kind:heat in 150102; ");
  });

  test("counts rows on their days and of the asked side only", () => {
    const past = unit("past", "150100", {}, serves("A01-05", "150100", { validTo: "2026-06-30" }));
    expect(who([past, near], "150102")).toBe("near; ");
    expect(who([past, near], "150102", { day: "2026-06-30" })).toBe("past by A01-05 in 150100; ");
    const police = unit("police", "150100", { side: "police" }, serves("A01-05", "150100"));
    expect(who([police, near], "150102")).toBe("near; ");
    expect(who([police, near], "150102", { side: "police" })).toBe("police by A01-05 in 150100; ");
  });

  test("is told the same whatever the order of the sheet, as by walking all rows", () => {
    const places = ["150102001003", "150102002000", "150121", "150100"];
    const row = fc.record({
      code: fc.integer({ min: 0, max: 9 }).map((n) => `u${n}`),
      matter: fc.constantFrom("A01-05", "A01", "kind:heat"),
      area: fc.constantFrom("150000", "150100", "150102", "150102001000", "150121"),
    });
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ({ code }) => code }), fc.constantFrom(...places), (rows, place) => {
        const entries = rows.map(({ code, matter, area }) => unit(code, "530100", {}, serves(matter, area)));
        const rank = { "A01-05": 0, A01: 1, "kind:heat": 2 } as const;
        const fits = rows
          .filter(({ area }) => place.startsWith(area.replace(/(0000|00|000)$/, "")))
          .map((one) => ({ ...one, key: `${rank[one.matter]}${99 - one.area.replace(/0+$/, "").length}` }));
        const best = fits.map(({ key }) => key).toSorted()[0];
        const expected = fits.filter(({ key }) => key === best).map(({ code }) => code);
        expect(who(entries, place).split(";")[0]?.split(" by")[0]).toBe(expected.toSorted().join(","));
        expect(who(entries.toReversed(), place)).toBe(who(entries, place));
      }),
    );
  });
});

describe("a precinct", () => {
  test("brings the villages of another town to a station, the nearest area first (nmg:2.3.2)", () => {
    const station = (code: string, region: string, precinct: readonly string[] = []): DirectoryEntry =>
      unit(
        code,
        region,
        { unitKind: "station", side: "police" },
        { precinct: precinct.map((area) => area as RegionCode) },
      );
    const { near } = openDirectory([station("a", "150102001000", ["150102002003"]), station("b", "150102002000")]);
    const found = (place: string): readonly string[] =>
      near.find("station", place as RegionCode).map(({ code }) => code);
    expect([found("150102002003"), found("150102002004"), found("150102")]).toEqual([["a"], ["b"], ["a", "b"]]);
  });
});

describe("whom to reach", () => {
  const turns = [
    {
      shift: {
        code: "s",
        nameZh: "班",
        nameEn: "s",
        days: "12345",
        from: 0,
        to: 1_440,
        validFrom: "2026-01-01",
        validTo: null,
      },
      functionZh: "值班员",
      functionEn: "officer",
      phone: "000-1",
      order: 1,
    },
  ];
  const top = unit("top", "150100");
  const middle = unit("middle", "150102", { parent: top.code });
  const low = unit("low", "150102001000", { parent: middle.code }, { turns, verifiedOn: "2026-08-24" });
  const book = openDirectory([top, middle, low]);

  test("is who is on duty now; a gap is seen days before it begins, a unit without a roster has none to see (REQ-04)", () => {
    expect(book.dutyOf("low", NOW, weekdayOf)).toEqual([]);
    expect(book.dutyOf("low", "2026-11-23T04:00:00.000Z" as Instant, weekdayOf)).toEqual(turns);
    expect([book.dutyOf("top", NOW, weekdayOf), book.dutyOf("nobody", NOW, weekdayOf)]).toEqual([[], []]);
    const ahead = book.gapsAhead("2026-11-23T04:00:00.000Z" as Instant, 7, weekdayOf);
    expect(ahead.map(({ unit: { code }, gaps }) => [code, gaps])).toEqual([
      ["low", [{ from: "2026-11-27T16:00:00.000Z", to: "2026-11-29T16:00:00.000Z" }]],
    ]);
  });

  test("is a phone that was rung lately; one never rung is on the list (yn:4.1.2)", () => {
    const list = (days: number): readonly string[] => book.phonesToVerify(DAY, days).map(({ code }) => code);
    expect(list(90)).toEqual(["top", "middle"]);
    expect(list(89)).toEqual(["top", "middle", "low"]);
  });

  test("goes up the units above, once each, after its own order (yn:4.1.2)", () => {
    expect(book.escalationOf("low", DAY).map(({ step, to, phone }) => [step, to, phone])).toEqual([
      [1, "middle", "000-middle"],
      [2, "top", "000-top"],
    ]);
    const own = { step: 1, to: top.code, functionZh: "总值班", phone: "000-9", afterMinutes: 3 };
    const again = openDirectory([top, middle, { ...low, details: { ...low.details, escalation: [own] } }]);
    expect(again.escalationOf("low", DAY).map(({ step, to }) => [step, to])).toEqual([
      [1, "top"],
      [2, "middle"],
    ]);
    const round = openDirectory([{ ...top, parent: low.code }, middle, low]);
    expect(round.escalationOf("low", DAY).map(({ to }) => to)).toEqual(["middle", "top"]);
    expect(round.escalationOf("nobody", DAY)).toEqual([]);
  });
});
