import { describe, expect, test } from "vitest";
import { isWithin } from "../../kernel/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
import type { Sheet } from "../catalogue/index.ts";
import { countyOf, parseOtherNames, parseRegions, parseTowns, placeNames, prefectureOf } from "./index.ts";
import {
  OTHER_NAME_COLUMNS,
  REGION_COLUMNS,
  shortNameOf,
  stemsAround,
  TOWN_COLUMNS,
  townOf,
  villagesOf,
} from "./index.ts";

const at = (code: string): RegionCode => code as RegionCode;

function sheetOf(columns: readonly string[], rows: readonly string[]): Sheet {
  return {
    file: "test.csv",
    columns,
    rows: rows.map((row, i) => {
      const cells = row.split(";");
      return { line: i + 2, cells: Object.fromEntries(columns.map((column, c) => [column, cells[c] ?? ""])) };
    }),
  };
}

const ROWS = [
  "150000;内蒙古自治区;;province;",
  "150100;呼和浩特市;150000;prefecture;",
  "150121;土默特左旗;150100;county;",
  "150172;开发区;150100;county;statisticalZone",
  "530000;云南省;;province;",
  "530100;昆明市;530000;prefecture;",
  "530115;晋宁区;530100;county;",
  "419000;省直辖县级行政区划;530000;prefecture;grouping",
];

function problemsOf(rows: readonly string[]): readonly string[] {
  const read = parseRegions(sheetOf(REGION_COLUMNS, rows));
  return read.ok ? [] : read.error.map((problem) => `${problem.row} ${problem.code} ${problem.detail}`);
}

describe("divisions", () => {
  test("are read with level, parent and the marks of zones and headings that are no counties (nmg:2.3.2)", () => {
    const read = parseRegions(sheetOf(REGION_COLUMNS, ROWS));
    const marks = read.ok ? read.value.map((r) => [r.code, r.level, r.statisticalZone, r.grouping]) : [];
    expect(marks.slice(0, 2)).toEqual([
      ["150000", "province", false, false],
      ["150100", "prefecture", false, false],
    ]);
    expect(marks.at(3)).toEqual(["150172", "county", true, false]);
    expect(marks.at(-1)).toEqual(["419000", "prefecture", false, true]);
  });

  test("with a parent that is missing or of the wrong level are refused", () => {
    expect(problemsOf([...ROWS, "150203;甲区;150200;county;"])).toEqual(["10 PARENT_UNKNOWN 150200"]);
    expect(problemsOf([...ROWS, "150203;甲区;150000;county;"])).toEqual(["10 PARENT_UNKNOWN 150000"]);
    expect(problemsOf([...ROWS, "150203;甲区;;county;"])).toEqual(["10 PARENT_UNKNOWN none"]);
  });

  test("of any length lie in a county, a prefecture and perhaps a town", () => {
    expect(countyOf(at("150103001004"))).toBe("150103");
    expect(prefectureOf(at("150103001004"))).toBe("150100");
    expect(townOf(at("150103001004"))).toBe("150103001000");
    expect(townOf(at("150103"))).toBeNull();
  });

  test("are inside one another by the digits that count", () => {
    expect(stemsAround(at("150103001004"))).toEqual(["150103001004", "150103001", "150103", "1501", "15"]);
    expect(stemsAround(at("150103001000"))).toEqual(["150103001", "150103", "1501", "15"]);
    expect(stemsAround(at("150100000000"))).toEqual(["1501", "15"]);
    expect(isWithin(at("150100"), at("150103001004"))).toBe(true);
    expect(isWithin(at("150103001000"), at("150103"))).toBe(false);
    expect(isWithin(at("150103001000"), at("150103010000"))).toBe(false);
  });
});

describe("towns", () => {
  test("unpack their villages with codes of 12 digits", () => {
    const read = parseTowns(sheetOf(TOWN_COLUMNS, ["150102001000;甲街道;001一村|0122008社区", "150102002000;乙乡;"]));
    expect(read.ok && read.value.map((town) => villagesOf(town))).toEqual([
      [
        { code: "150102001001", name: "一村" },
        { code: "150102001012", name: "2008社区" },
      ],
      [],
    ]);
  });

  test("with a village that has no three digits are refused", () => {
    const read = parseTowns(sheetOf(TOWN_COLUMNS, ["150102001000;甲街道;001一村|二村"]));
    expect(read.ok ? [] : read.error.map((problem) => problem.code)).toEqual(["CODE_SHAPE"]);
  });
});

describe("the name people say", () => {
  test.each([
    ["内蒙古自治区", "province", "内蒙古"],
    ["新疆维吾尔自治区", "province", "新疆"],
    ["云南省", "province", "云南"],
    ["香港特别行政区", "province", "香港"],
    ["呼和浩特市", "prefecture", "呼和浩特"],
    ["锡林郭勒盟", "prefecture", "锡林郭勒"],
    ["西双版纳傣族自治州", "prefecture", "西双版纳"],
    ["红河哈尼族彝族自治州", "prefecture", "红河"],
    ["新城区", "county", "新城区"],
    ["杭锦旗", "county", "杭锦旗"],
    ["富民县", "county", "富民"],
    ["云县", "county", "云县"],
    ["芒市", "county", "芒市"],
    ["安宁市", "county", "安宁"],
    ["双江拉祜族佤族布朗族傣族自治县", "county", "双江"],
    ["鄂温克族自治旗", "county", "鄂温克旗"],
    ["莫力达瓦达斡尔族自治旗", "county", "莫力达瓦"],
  ] as const)("of %s (%s) is %s", (name, level, short) => {
    expect(shortNameOf({ name, level })).toBe(short);
  });
});

describe("finding a place by its names", () => {
  const regions = parseRegions(sheetOf(REGION_COLUMNS, ROWS));
  if (!regions.ok) throw new Error("rows");
  const others = parseOtherNames(
    sheetOf(OTHER_NAME_COLUMNS, ["150121;short;土左旗;;;通行简称", "530115;former;晋宁县;530122;2016;民政部"]),
    new Set(regions.value.map((region) => region.code)),
  );
  if (!others.ok) throw new Error("names");
  const names = placeNames(regions.value, others.value);
  const found = (words: string, area?: RegionCode): readonly string[] =>
    names.find(words, 10, area).map((place) => `${place.code} ${place.by} ${place.matched}`);

  test("knows full, short and former names, today's names first (nmg:2.3.2)", () => {
    expect(found("土左")).toEqual(["150121 short 土左旗"]);
    expect(found("土默特")).toEqual(["150121 name 土默特左旗"]);
    expect(found("晋宁")).toEqual(["530115 name 晋宁区"]);
    expect(found("晋宁县")).toEqual(["530115 former 晋宁县"]);
    expect(found("昆明", at("150000"))).toEqual([]);
    expect(found(" ")).toEqual([]);
    expect(found("省直辖")).toEqual([]);
  });

  test("a code given up is led to the one in force, a town of it to its county", () => {
    expect(names.presentCode(at("530122"))).toBe("530115");
    expect(names.presentCode(at("530122100000"))).toBe("530115");
    expect(names.presentCode(at("530115100000"))).toBe("530115100000");
    expect(names.presentCode(at("999999"))).toBeNull();
    expect([names.shortOf(at("150121")), names.shortOf(at("150100")), names.nameOf(at("999999"))]).toEqual([
      "土左旗",
      "呼和浩特",
      null,
    ]);
  });

  test.each([
    ["of a division nobody knows", "999999;short;某地;;;通行简称", "REGION_UNKNOWN"],
    ["that is former without its year", "150121;former;某旗;;;民政部", "CELL_EMPTY"],
  ])("a name %s is refused", (_case, row, code) => {
    const read = parseOtherNames(sheetOf(OTHER_NAME_COLUMNS, [row]), new Set(["150121"]));
    expect(read.ok ? [] : read.error.map((problem) => problem.code)).toEqual([code]);
  });
});
