import { describe, expect, test } from "vitest";
import type { Instant, ItemCode, RegionCode, UnitCode } from "../../kernel/index.ts";
import type { DutyShift } from "../duty/index.ts";
import { dutyDays } from "../duty/index.ts";
import { gapsOf, governmentDutyDesk, NO_DETAILS, openDirectory, successorOn } from "./index.ts";
import type { DirectoryEntry, Retirement } from "./index.ts";

const HERE = "150102" as RegionCode;
const retires = (from: string, successor: string): Retirement => ({ from, successor: successor as UnitCode });

function unit(code: string, change: Partial<DirectoryEntry> = {}): DirectoryEntry {
  return {
    code: code as UnitCode,
    nameZh: code,
    nameEn: code,
    side: "hotline",
    tier: "county",
    parent: null,
    region: HERE,
    unitKind: "heat",
    dutyPhone: "000-1",
    invented: true,
    details: NO_DETAILS,
    ...change,
  };
}

describe("a unit that retires", () => {
  const served = [{ matter: "A01", area: HERE, role: "lead", validFrom: "2026-01-01", validTo: null } as const];
  const old = unit("old", { retired: retires("2027-01-01", "new"), details: { ...NO_DETAILS, served } });
  const next = unit("new", { tier: "prefecture", region: "150100" as RegionCode });
  const book = openDirectory([old, next]);

  test("is proposed until the day before, by nearness and by name, and its neighbour from then on (nmg:2.2.2)", () => {
    const near = (day: string) => book.near.find("heat", HERE, day).map(({ code }) => code);
    expect([near("2026-12-31"), near("2027-01-01")]).toEqual([["old"], ["new"]]);
    const lead = (day: string) =>
      book
        .handlersOf({
          item: "A01-05" as ItemCode,
          classCode: "A01",
          side: "hotline",
          unitKind: "heat",
          place: HERE,
          day,
        })
        .lead.units.map(({ code }) => code);
    expect([lead("2026-12-31"), lead("2027-01-01")]).toEqual([["old"], ["new"]]);
  });

  test("is followed to the one that takes orders on the day, through others that retired before it", () => {
    const units = new Map(
      [
        unit("a", { retired: retires("2026-01-01", "b") }),
        unit("b", { retired: retires("2026-06-01", "c") }),
        unit("c"),
        unit("x", { retired: retires("2026-01-01", "y") }),
        unit("y", { retired: retires("2026-01-01", "x") }),
      ].map((entry) => [entry.code as string, entry]),
    );
    const from = (code: string, day: string): string | null => {
      const entry = units.get(code);
      return entry === undefined ? null : (successorOn((one) => units.get(one) ?? null, entry, day)?.code ?? null);
    };
    expect([from("a", "2025-12-31"), from("a", "2026-02-01"), from("a", "2026-06-01")]).toEqual(["a", "b", "c"]);
    // Kept records are not trusted to have no circle.
    expect(from("x", "2026-02-01")).toBeNull();
  });

  test("is nobody's duty desk in a danger, and the next one's number is given (nmg:a3)", () => {
    const desks = openDirectory([
      unit("county", { unitKind: "governmentDutyDesk", retired: retires("2027-01-01", "city") }),
      unit("city", { unitKind: "governmentDutyDesk", tier: "prefecture", region: "150100" as RegionCode }),
    ]);
    expect(governmentDutyDesk(desks.near, HERE, "2026-12-31")?.code).toBe("county");
    expect(governmentDutyDesk(desks.near, HERE, "2027-01-01")?.code).toBe("city");
  });

  test("has gaps in its roster until it leaves and none after (nmg:2.1)", () => {
    const shift: DutyShift = {
      code: "s",
      nameZh: "班",
      nameEn: "shift",
      days: "1",
      from: 0,
      to: 1_440,
      validFrom: "2026-01-01",
      validTo: "2026-12-28",
    };
    const turns = [{ shift, functionZh: "值班员", functionEn: "officer", phone: "000-1", order: 1 }];
    // 2026-12-28 is a Monday; the unit leaves on 1 January.
    const ahead = dutyDays("2026-12-28T16:00:00.000Z" as Instant, "2027-01-10T16:00:00.000Z" as Instant, () => 1);
    const entry = { ...old, details: { ...NO_DETAILS, turns } };
    expect(gapsOf(entry, ahead)).toEqual([{ from: "2026-12-28T16:00:00.000Z", to: "2026-12-31T16:00:00.000Z" }]);
    const gone = dutyDays("2027-01-02T16:00:00.000Z" as Instant, "2027-01-03T16:00:00.000Z" as Instant, () => 1);
    expect(gapsOf(entry, gone)).toEqual([]);
  });

  test("leaves its areas to its successor, wherever that stands and whatever its kind: a danger's other half is owed nowhere (nmg:a3)", () => {
    const desk = { unitKind: "governmentDutyDesk" };
    const { near } = openDirectory([
      unit("county", { ...desk, retired: retires("2027-01-01", "merged") }),
      unit("merged", { ...desk, region: "150103" as RegionCode }),
      unit("gone", { unitKind: "heat", retired: retires("2027-01-01", "between") }),
      unit("between", { unitKind: "water", retired: retires("2027-02-01", "last") }),
      unit("last", { unitKind: "gas", tier: "section", region: "150105" as RegionCode }),
    ]);
    expect(governmentDutyDesk(near, HERE, "2026-12-31")?.code).toBe("county");
    expect(governmentDutyDesk(near, HERE, "2027-01-01")?.code).toBe("merged");
    const heat = (day: string) => near.find("heat", HERE, day).map(({ code }) => code);
    expect(["2026-12-31", "2027-01-31", "2027-02-01"].map(heat)).toEqual([["gone"], ["between"], ["last"]]);
  });

  test("stands behind who stays there, and a broken chain of successors leaves the next unit out in the city (nmg:2.2.2)", () => {
    const { near } = openDirectory([
      unit("a", { retired: retires("2027-01-01", "far") }),
      unit("b"),
      unit("far", { region: "150103" as RegionCode }),
      unit("x", { unitKind: "water", retired: retires("2027-01-01", "x") }),
      unit("city", { unitKind: "water", tier: "prefecture", region: "150100" as RegionCode }),
    ]);
    const found = (kind: string) => near.find(kind, HERE, "2027-01-01").map(({ code }) => code);
    expect([found("heat"), found("water")]).toEqual([["b", "far"], ["city"]]);
  });

  test("leaves what it is named for to its successor, unless a row of that unit says otherwise (nmg:2.2.2)", () => {
    const half = unit("half", {
      region: "150103" as RegionCode,
      details: { ...NO_DETAILS, served: [{ ...served[0], role: "assisting" }] },
    } as Partial<DirectoryEntry>);
    const question = { item: "A01-05" as ItemCode, classCode: "A01", side: "hotline", unitKind: "heat" } as const;
    const lead = (entries: readonly DirectoryEntry[]) =>
      openDirectory(entries)
        .handlersOf({ ...question, place: HERE, day: "2027-01-02" })
        .lead.units.map(({ code }) => code);
    const to = (code: string) => ({ ...old, unitKind: "water", retired: retires("2027-01-01", code) });
    const plain = unit("plain", { unitKind: "water", region: "150103" as RegionCode });
    const near = unit("near", { region: HERE });
    expect(lead([to("plain"), plain, near])).toEqual(["plain"]);
    expect(lead([to("half"), half, near])).toEqual(["near"]);
  });

  test("leaves it to its successor also where a row of that unit once said otherwise and has run out", () => {
    const row = (validTo: string | null) =>
      [{ matter: "A01", area: HERE, role: "lead", validFrom: "2020-01-01", validTo }] as const;
    const { handlersOf } = openDirectory([
      unit("old", { retired: retires("2026-11-01", "new"), details: { ...NO_DETAILS, served: row(null) } }),
      unit("new", { unitKind: "other", details: { ...NO_DETAILS, served: row("2021-12-31") } }),
      unit("near"),
    ]);
    const asked = { item: "A01-05" as ItemCode, classCode: "A01", side: "hotline", unitKind: "heat" } as const;
    const { lead } = handlersOf({ ...asked, place: HERE, day: "2026-11-23" });
    expect(lead.units.map(({ code }) => code)).toEqual(["new"]);
  });

  test("is not rung when another does not answer: its successor is, once, or nobody in its place (REQ-34)", () => {
    const step = (n: number, to: string | null) => ({
      step: n,
      to: to as UnitCode | null,
      functionZh: "值班长",
      phone: `000-${n}`,
      afterMinutes: n,
    });
    const { escalationOf } = openDirectory([
      unit("u", {
        parent: "above" as UnitCode,
        details: { ...NO_DETAILS, escalation: [step(1, "left"), step(2, null), step(3, "broken")] },
      }),
      unit("left", { retired: retires("2027-01-01", "next") }),
      unit("next", { dutyPhone: "000-9" }),
      unit("broken", { retired: retires("2027-01-01", "broken") }),
      unit("above", { parent: "top" as UnitCode, retired: retires("2027-01-01", "next") }),
      unit("top", { dutyPhone: "000-7" }),
    ]);
    const rung = (day: string) => escalationOf("u", day).map(({ to, phone }) => `${to ?? "-"} ${phone}`);
    expect(rung("2026-12-31")).toEqual(["left 000-1", "- 000-2", "broken 000-3", "above 000-1", "top 000-7"]);
    expect(rung("2027-01-01")).toEqual(["next 000-9", "- 000-2", "top 000-7"]);
  });
});
