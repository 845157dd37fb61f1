import { describe, expect, test } from "vitest";
import type { RegionCode } from "../../kernel/index.ts";
import type { CodeEntry, Sheet } from "../catalogue/index.ts";
import type { Unit } from "./index.ts";
import { governmentDutyDesk, nearestUnits, parseUnits, UNIT_COLUMNS } from "./index.ts";

const at = (code: string): RegionCode => code as RegionCode;

function sheetOf(columns: readonly string[], rows: readonly string[]): Sheet {
  return {
    file: "test.csv",
    columns,
    rows: rows.map((row, i) => {
      const cells = row.split("|");
      return { line: i + 2, cells: Object.fromEntries(columns.map((column, c) => [column, cells[c] ?? ""])) };
    }),
  };
}

const kind = (code: string, side: CodeEntry["side"]): CodeEntry => ({
  code,
  nameZh: code,
  nameEn: code,
  side,
  source: "nmg:2.3.2",
  basis: "default",
  document: null,
  validTo: null,
});
const KINDS = [
  kind("works", "hotline"),
  kind("governmentDutyDesk", "hotline"),
  kind("street", "hotline"),
  kind("station", "police"),
];

const UNITS = [
  "g-city|市值班室|City duty desk|hotline|prefecture||150100|governmentDutyDesk|0471-000-0001|yes",
  "g-103|区值班室|District duty desk|hotline|county|g-city|150103|governmentDutyDesk|0471-000-0002|yes",
  "w-city|市政|Works|hotline|prefecture|g-city|150100|works|0471-000-0003|yes",
  "w-103-b|区市政二|Works 2|hotline|county|g-103|150103|works|0471-000-0004|yes",
  "w-103-a|区市政一|Works 1|hotline|county|g-103|150103|works|0471-000-0005|yes",
  "s-1|街道一|Street 1|hotline|town|g-103|150103001000|street|0471-000-0006|yes",
  "s-2|街道二|Street 2|hotline|town|g-103|150103002000|street|0471-000-0007|yes",
  "p-province|省站|Station|police|province||150000|station|0471-000-0008|no",
];

function units(rows: readonly string[] = UNITS): ReturnType<typeof parseUnits> {
  return parseUnits(sheetOf(UNIT_COLUMNS, rows), KINDS);
}

function good(): readonly Unit[] {
  const read = units();
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const codes = (unitKind: string, region: string): readonly string[] =>
  nearestUnits(good())
    .find(unitKind, at(region))
    .map((unit) => unit.code);

describe("the nearest unit", () => {
  test("is the county's, sorted by code whatever the order of the sheet (nmg:2.2.2)", () => {
    expect(codes("works", "150103")).toEqual(["w-103-a", "w-103-b"]);
    expect(nearestUnits(good().toReversed()).find("works", at("150103"))).toEqual(
      nearestUnits(good()).find("works", at("150103")),
    );
  });

  test("is the prefecture's where the county has none, and never another county's", () => {
    expect(codes("works", "150105")).toEqual(["w-city"]);
    expect(codes("street", "150105")).toEqual([]);
    expect(codes("works", "150203")).toEqual([]);
  });

  test("is the town's for a place in the town, else all towns of the county", () => {
    expect(codes("street", "150103002007")).toEqual(["s-2"]);
    expect(codes("street", "150103003000")).toEqual(["s-1", "s-2"]);
    expect(codes("street", "150103")).toEqual(["s-1", "s-2"]);
    expect(codes("street", "150100")).toEqual([]);
  });

  test("is the province's where nothing nearer is, and nothing for a kind nobody has", () => {
    expect(codes("station", "152525")).toEqual(["p-province"]);
    expect(codes("station", "530102")).toEqual([]);
    expect(codes("fire", "150103")).toEqual([]);
  });

  test("the government duty desk of a place is one unit or none (nmg:a3)", () => {
    expect(governmentDutyDesk(nearestUnits(good()), at("150103001004"))?.code).toBe("g-103");
    expect(governmentDutyDesk(nearestUnits(good()), at("150121"))?.code).toBe("g-city");
    expect(governmentDutyDesk(nearestUnits(good()), at("530102"))).toBeNull();
  });
});

describe("a unit directory is refused by row and rule", () => {
  test.each([
    ["an unknown kind", "|works|0471-000-0003", "|roads|0471-000-0003", 4, "UNIT_KIND_UNKNOWN"],
    ["a kind of the other side", "|works|0471-000-0003", "|station|0471-000-0003", 4, "UNIT_KIND_WRONG_SIDE"],
    [
      "a parent not in the sheet",
      "|g-city|150103|governmentDutyDesk",
      "|g-town|150103|governmentDutyDesk",
      3,
      "PARENT_UNKNOWN",
    ],
    ["a parent of the other side", "|g-city|150100|works", "|p-province|150100|works", 4, "PARENT_UNKNOWN"],
    ["a region of another tier", "|150103|governmentDutyDesk", "|150100|governmentDutyDesk", 3, "REGION_UNKNOWN"],
    ["a code given twice", "w-103-b", "w-103-a", 6, "CODE_DUPLICATE"],
    ["no word on whether it is invented", "0471-000-0007|yes", "0471-000-0007|", 8, "CELL_EMPTY"],
    ["no duty phone (yn:4.1.2)", "0471-000-0007", "", 8, "CELL_EMPTY"],
  ])("%s is refused", (_name, from, to, row, code) => {
    const changed = UNITS.map((line) => line.replace(from, to));
    expect(changed).not.toEqual(UNITS);
    const read = units(changed);
    expect(read.ok ? [] : read.error.map((problem) => `${problem.row} ${problem.code}`)).toContain(`${row} ${code}`);
  });
});
