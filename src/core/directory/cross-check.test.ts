import { describe, expect, test } from "vitest";
import type { Sheet } from "../catalogue/index.ts";
import { leadsOfOtherSide, saidTwice, servedTwice, sharedCodes, stepsToItself, verifiedLater } from "./cross-check.ts";

function sheet(columns: string, ...rows: readonly string[]): Sheet {
  const names = columns.split("|");
  return {
    file: "x.csv",
    columns: names,
    rows: rows.map((row, i) => ({
      line: i + 2,
      cells: Object.fromEntries(names.map((name, c) => [name, row.split("|")[c] ?? ""])),
    })),
  };
}
const lines = (found: ReturnType<typeof saidTwice>) => found.map(({ row, code, detail }) => `${row} ${code} ${detail}`);

const SERVED = "unit|matter|area|role|valid_from|valid_to";
const CODES = "unit|credit_code|police_code";

describe("rows of a directory held against each other (REQ-52)", () => {
  test("a code belongs to one unit; a section goes by that of the body it is part of, and units without one share nothing", () => {
    const tiers = new Map([
      ["a", "county"],
      ["b", "county"],
      ["s", "section"],
    ]);
    expect(lines(sharedCodes(sheet(CODES, "a|C1|", "b|C1|", "s|C1|"), tiers))).toEqual([
      "3 CODE_DUPLICATE credit_code: C1",
    ]);
    expect(lines(sharedCodes(sheet(CODES, "a||P1", "s||P1", "b||"), tiers))).toEqual([
      "3 CODE_DUPLICATE police_code: P1",
    ]);
  });

  test("the same matter and area of a unit stands once at a time; periods that follow each other are two rows", () => {
    const overlap = sheet(SERVED, "g|A01|150102|lead|2026-01-01|", "g|A01|150102|assisting|2026-06-01|2026-07-01");
    expect(lines(servedTwice(overlap))).toEqual(["3 PERIOD_OVERLAP g: 2"]);
    const follow = sheet(SERVED, "g|A01|150102|lead|2026-01-01|2026-05-31", "g|A01|150102|lead|2026-06-01|");
    expect(servedTwice(follow)).toEqual([]);
    expect(servedTwice(sheet(SERVED, "g|A01|150102|lead|2026-01-01|", "h|A01|150102|lead|2026-01-01|"))).toEqual([]);
  });

  test("a row says nothing twice", () => {
    const roster = "unit|shift|function_zh|phone|order";
    expect(lines(saidTwice(sheet(roster, "g|all|值班员|1|1", "g|all|值班员|1|2", "g|all|值班员|1|1")))).toEqual([
      "4 ROW_DUPLICATE 2",
    ]);
  });

  test("nobody is rung again by the step that comes when he does not answer", () => {
    expect(lines(stepsToItself(sheet("unit|step|to_unit", "g|1|g", "g|2|h", "g|3|")))).toEqual(["2 STEP_TO_ITSELF g"]);
  });

  test("a number is verified on a day that has been", () => {
    const phones = sheet("unit|phone|verified_on", "g|1|2026-11-24", "h|1|2099-01-01");
    expect(lines(verifiedLater(phones, "2026-11-24"))).toEqual(["3 DAY_FUTURE 2099-01-01"]);
  });

  test("who leads a matter is of the side that has it alone; a matter of both is led by either, and each side may assist (nmg:2.1)", () => {
    const items = [
      { code: "A01-05", classCode: "A01", side: "hotline" },
      { code: "D01-01", classCode: "D01", side: "both" },
    ] as unknown as Parameters<typeof leadsOfOtherSide>[2];
    const sides = new Map([["p", "police"]]);
    const rows = [
      "p|A01|150102|lead||",
      "p|A01-05|150102|lead||",
      "p|A01|150102|assisting||",
      "p|D01-01|150102|lead||",
      "p|kind:street|150102|lead||",
    ];
    expect(lines(leadsOfOtherSide(sheet(SERVED, ...rows), sides, items))).toEqual([
      "2 LEAD_WRONG_SIDE p A01: hotline",
      "3 LEAD_WRONG_SIDE p A01-05: hotline",
    ]);
  });
});
