import { join } from "node:path";
import { expect, test } from "vitest";
import { NO_DETAILS, openDirectory } from "../core/directory/index.ts";
import type { DirectoryEntry } from "../core/directory/index.ts";
import type { RegionCode, UnitCode } from "../kernel/index.ts";
import { readCatalogueFolder } from "../storage/catalogue-files/index.ts";
import { unitCard, unitOffers } from "./unit-offers.ts";

const HOME = "150100" as RegionCode;
const DAY = "2026-11-20";
const read = await readCatalogueFolder(join(import.meta.dirname, "../../catalogue/nmg-2022-89"));
if (!read.ok) throw new Error("the shipped catalogue is refused");
const { catalogue } = read.value;

function unit(code: string, nameZh: string, change: Partial<DirectoryEntry> = {}): DirectoryEntry {
  const base = { nameEn: `Unit ${code}`, side: "hotline", tier: "county", parent: null, region: "150102" } as const;
  const rest = { unitKind: "urbanManagement", dutyPhone: "000-1", invented: true, details: NO_DETAILS } as const;
  return { ...base, ...rest, region: base.region as RegionCode, code: code as UnitCode, nameZh, ...change };
}

function offered(
  units: readonly DirectoryEntry[],
  asked: { words?: string; limit?: number; kind?: "work" | "police" },
) {
  const directory = openDirectory(units);
  const cards = new Map(units.map((one) => [one.code as string, unitCard(one)]));
  const { words = "", limit = 30, kind = "work" } = asked;
  const question = { item: null, place: null, kind, words, limit };
  return unitOffers({ catalogue, directory, cards }, question, HOME, DAY).map(({ code }) => code);
}

const LAMPS = unit("u-1", "新城区城管执法局");
const HEAT = unit("u-2", "回民区供热公司", { unitKind: "heatSupply" });
const POLICE = unit("p-1", "市公安局指挥中心", { side: "police", unitKind: "policeCommand", region: HOME });

test("a unit is found by words of its name, in either language, or by its code; all words must fit (nmg:2.2.2)", () => {
  const all = [LAMPS, HEAT, POLICE];
  expect(offered(all, {})).toEqual(["u-1", "u-2"]);
  expect(offered(all, { words: "供热" })).toEqual(["u-2"]);
  expect(offered(all, { words: "unit U-1" })).toEqual(["u-1"]);
  expect(offered(all, { words: "u-2" })).toEqual(["u-2"]);
  expect(offered(all, { words: "新城 供热" })).toEqual([]);
});

test("each desk orders its own units, the command centre of the police first where nothing else is known", () => {
  const station = unit("a-0", "派出所", { side: "police", unitKind: "policeStation" });
  expect(offered([station, POLICE, LAMPS], { kind: "police" })).toEqual(["p-1", "a-0"]);
});

test("who takes no new order today is offered neither by nearness nor by its words (nmg:2.2.2)", () => {
  const gone = unit("u-0", "旧供热公司", { retired: { from: "2026-01-01", successor: "u-2" as UnitCode } });
  const leaving = unit("u-3", "将撤供热公司", { retired: { from: "2027-01-01", successor: "u-2" as UnitCode } });
  expect(offered([gone, HEAT, leaving], { words: "供热" })).toEqual(["u-2", "u-3"]);
});

test("no more units come than were asked for, however many there are", () => {
  const many = Array.from({ length: 200 }, (_, n) => unit(`u-${n}`, `第${n}单位`));
  expect(offered(many, { limit: 5 })).toEqual(["u-0", "u-1", "u-2", "u-3", "u-4"]);
  expect(offered(many, { words: "第19", limit: 5 })).toEqual(["u-19", "u-190", "u-191", "u-192", "u-193"]);
});

test("the units item and place point to come first and are marked, also under words that fit others as well", () => {
  const item = catalogue.items.find(({ defaultUnitKind }) => defaultUnitKind === "heatSupply");
  if (item === undefined) throw new Error("no item of a heating company");
  const far = unit("a-0", "供热监督办公室");
  const directory = openDirectory([far, HEAT]);
  const cards = new Map([far, HEAT].map((one) => [one.code as string, unitCard(one)]));
  const asked = { item: item.code, place: HEAT.region, kind: "work", words: "供热", limit: 30 } as const;
  const offers = unitOffers({ catalogue, directory, cards }, asked, HEAT.region, DAY);
  expect(offers.map(({ code, suggested }) => [code, suggested])).toEqual([
    ["u-2", true],
    ["a-0", false],
  ]);
});
