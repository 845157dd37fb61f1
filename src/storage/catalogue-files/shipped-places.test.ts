import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { CatalogueProblem } from "../../core/catalogue/index.ts";
import { createRouting, placeNames, routeOf, villagesOf } from "../../core/places/index.ts";
import type { RegionCode, Result } from "../../kernel/index.ts";
import { openTowns, readPlaces, readRouting, readTowns } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../catalogue/", import.meta.url));
const DAY = "2026-11-22";

function must<T>(result: Result<T, readonly CatalogueProblem[]>): T {
  if (!result.ok) throw new Error(result.error.map((p) => `${p.file}:${p.row} ${p.code} ${p.detail}`).join("\n"));
  return result.value;
}

const { regions, otherNames } = must(await readPlaces(`${FOLDER}places`));
const towns = new Map(["15", "53"].map((province) => [province, must(readTowns(`${FOLDER}places`, province))]));
const ours = regions.filter((region) => /^(15|53)/.test(region.code));
const table = must(await readRouting(`${FOLDER}demo`, regions));
const routing = createRouting(table.desks, table.areas);

describe("divisions", () => {
  test("of the country are 34 provinces, 342 prefectures and headings, 2,975 rows of counties (nmg:2.3.2)", () => {
    const count = (level: string): number => regions.filter((region) => region.level === level).length;
    expect([count("province"), count("prefecture"), count("county")]).toEqual([34, 342, 2975]);
    expect(regions.filter((region) => region.grouping).map((region) => region.code)).toHaveLength(9);
  });

  test("of the two regions are 28 prefectures and 237 rows of counties, 5 of them zones that are no counties", () => {
    const count = (level: string): number => ours.filter((region) => region.level === level).length;
    expect([count("province"), count("prefecture"), count("county")]).toEqual([2, 28, 237]);
    expect(ours.filter((region) => region.statisticalZone).map((region) => region.code)).toEqual([
      "150172",
      "150271",
      "150571",
      "152571",
      "152971",
    ]);
  });

  test("know the districts of the starter city by name", () => {
    const names = new Map(ours.map((region) => [String(region.code), region.name]));
    expect([names.get("150102"), names.get("150103"), names.get("150104"), names.get("150105")]).toEqual([
      "新城区",
      "回民区",
      "玉泉区",
      "赛罕区",
    ]);
  });

  test("carry as many rows as the page of their source says", async () => {
    const source = parse(await readFile(`${FOLDER}places/source.yaml`, "utf8")) as { rows: Record<string, number> };
    const villages = (province: string): number =>
      (towns.get(province) ?? []).reduce((sum, town) => sum + villagesOf(town).length, 0);
    expect(source.rows).toEqual({
      "regions.csv": regions.length,
      "towns-15.csv": towns.get("15")?.length,
      "villages-15": villages("15"),
      "towns-53.csv": towns.get("53")?.length,
      "villages-53": villages("53"),
    });
  });

  test("below the county lie in a county of the list, and every county of the two regions has towns", () => {
    const counties = new Set<string>(ours.filter((region) => region.level === "county").map((region) => region.code));
    const withTowns = new Set([...towns.values()].flat().map((town) => town.code.slice(0, 6)));
    expect([...withTowns].filter((county) => !counties.has(county))).toEqual([]);
    expect([...counties].filter((county) => !withTowns.has(county))).toEqual([]);
  });
});

describe("names of places", () => {
  const names = placeNames(regions, otherNames);
  const codes = (words: string): readonly string[] => names.find(words, 5).map((place) => place.code);

  test("of today and of yesterday find the place", () => {
    expect(codes("土左旗")).toEqual(["150121"]);
    expect(codes("呼市")).toEqual(["150100"]);
    expect(codes("达茂")).toEqual(["150223"]);
    expect(codes("西双版纳")).toEqual(["532800"]);
    expect(codes("思茅市")).toEqual(["530800"]);
    expect(codes("伊克昭盟")).toEqual(["150600"]);
    expect(names.presentCode("532331" as RegionCode)).toBe("532302");
  });

  test("that were given up stand with a code that is no longer in force, or with none", () => {
    const known = new Set<string>(regions.map((region) => region.code));
    expect(otherNames.filter((other) => other.formerCode !== null && known.has(other.formerCode))).toEqual([]);
    expect(otherNames.filter((other) => names.nameOf(other.code) === other.name)).toEqual([]);
  });

  test("of towns and villages are read when first asked for, and a province without a sheet has none", () => {
    const book = openTowns(`${FOLDER}places`);
    expect(book.nameOf("150102001000")).toBe("海拉尔东路街道");
    expect(book.nameOf("150102001001")).toBe("公主府社区居委会");
    expect(book.nameOf("150102001999")).toBeNull();
    expect(book.nameOf("110101001000")).toBeNull();
    expect([book.nameOf("150102"), book.nameOf("x")]).toEqual([null, null]);
    expect(book.townsOf("530102").length).toBeGreaterThan(5);
  });
});

describe("the starter routing table", () => {
  test("leads every county and every town of the two regions to one 12345 centre and one 110 desk (yn:4.1.1)", () => {
    const places = [...ours, ...[...towns.values()].flat()].map((place) => place.code);
    const lost = places
      .filter((place) => !place.endsWith("0000") || place.length === 12)
      .flatMap((place) =>
        (["hotline", "police"] as const)
          .filter((side) => routeOf(routing, place, side, DAY).kind !== "one")
          .map((side) => `${place} ${side}`),
      );
    expect(places.length).toBeGreaterThan(2_900);
    expect(lost).toEqual([]);
  });

  test("is invented in every row, with telephone numbers nobody has", () => {
    expect(table.desks.filter((desk) => !desk.invented || !desk.dutyPhone.startsWith("000-"))).toEqual([]);
  });

  test("lets one 12345 centre serve many 110 desks, each county's with the city's behind it (REQ-21)", () => {
    const first = (place: string, side: "hotline" | "police"): string => {
      const route = routeOf(routing, place as RegionCode, side, DAY);
      return `${route.kind === "one" ? route.first.desk.code : route.kind} ${route.backups.map((b) => b.desk.code).join()}`;
    };
    expect([first("150121", "police"), first("150102", "police"), first("150121100000", "hotline")]).toEqual([
      "p-150121 p-150100",
      "p-150100 ",
      "h-150100 ",
    ]);
  });
});
