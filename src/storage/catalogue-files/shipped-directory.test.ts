import { weekdayOf } from "../../kernel/index.ts";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { unitKindFor } from "../../core/catalogue/index.ts";
import type { CatalogueProblem } from "../../core/catalogue/index.ts";
import { governmentDutyDesk, openDirectory, ringOrder } from "../../core/directory/index.ts";
import type { Instant, Result } from "../../kernel/index.ts";
import { directoryAsFiles, openTowns, readCatalogue, readDirectory, readPlaces, writeFolderFiles } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../catalogue/", import.meta.url));

function must<T>(result: Result<T, readonly CatalogueProblem[]>): T {
  if (!result.ok) throw new Error(result.error.map((p) => `${p.file}:${p.row} ${p.code} ${p.detail}`).join("\n"));
  return result.value;
}

const catalogue = must(await readCatalogue(`${FOLDER}nmg-2022-89`));
const { regions } = must(await readPlaces(`${FOLDER}places`));
const towns = openTowns(`${FOLDER}places`);
const CITIES = [
  { city: "150100", phones: /^0471-000-\d{4}$/, counties: 10 },
  { city: "530100", phones: /^0871-000-\d{4}$/, counties: 14 },
];
const read = new Map(
  await Promise.all(
    CITIES.map(async ({ city }) => {
      const entries = must(
        await readDirectory(`${FOLDER}demo/units-${city}.csv`, { catalogue, regions, towns, today: "2026-11-22" }),
      );
      return [city, openDirectory(entries)] as const;
    }),
  ),
);

/** An hour of a Monday in UTC, which is eight hours behind Shanghai. */
const at = (hour: number): Instant => `2026-11-23T${String(hour).padStart(2, "0")}:00:00.000Z` as Instant;

describe.each(CITIES)("the starter directory of $city", ({ city, phones, counties: expected }) => {
  const book = read.get(city);
  if (book === undefined) throw new Error(city);
  const units = book.entries;
  const counties = regions.filter((region) => region.parent === city);

  test("is invented in every row, with a duty phone of its own that nobody has, save the short numbers that every city has", () => {
    expect(units.every((unit) => unit.invented)).toBe(true);
    const isReal = (phone: string): boolean => !phones.test(phone) && !["119", "120", "122"].includes(phone);
    expect(units.filter((unit) => isReal(unit.dutyPhone))).toEqual([]);
    expect(new Set(units.map((unit) => unit.dutyPhone)).size).toBe(units.length);
    const turned = units.flatMap((unit) => unit.details.turns.filter((turn) => isReal(turn.phone)));
    expect(turned).toEqual([]);
    const credit = units.map((unit) => unit.details.creditCode).filter((code) => code !== null);
    expect(credit.filter((code) => !code.slice(8).startsWith("DEM"))).toEqual([]);
  });

  test("gives who is on duty and who is rung next numbers of their own, so that each step rings another telephone (yn:4.1.2)", () => {
    const isShort = (phone: string): boolean => phone.length === 3;
    const own = units.flatMap(({ dutyPhone, details }) => [
      ...details.turns.map((turn) => turn.phone).filter((phone) => phone !== dutyPhone),
      ...details.escalation.map((step) => step.phone),
    ]);
    expect(own.length).toBeGreaterThan(units.length);
    expect(new Set([...own, ...units.map(({ dutyPhone }) => dutyPhone)]).size).toBe(own.length + units.length);
    for (const unit of units.filter(({ dutyPhone }) => !isShort(dutyPhone))) {
      for (const hour of [2, 16]) {
        const lines = ringOrder(book, unit.code, at(hour), () => 1);
        expect([unit.code, lines.map(({ phone }) => phone)]).toEqual([
          unit.code,
          expect.arrayContaining([unit.dutyPhone, ...unit.details.escalation.map((step) => step.phone)]),
        ]);
      }
    }
    const led = units.filter(({ details }) => details.escalation.length > 0);
    expect(led.map(({ unitKind }) => unitKind)).toEqual(expect.arrayContaining(["governmentDutyDesk", "policeBranch"]));
    const emergency = units.filter(({ dutyPhone }) => isShort(dutyPhone));
    for (const { dutyPhone, details } of emergency)
      expect(new Set(details.turns.map((turn) => turn.phone))).toEqual(new Set([dutyPhone]));
  });

  test("has 119, 120, 122 and the water, power, gas and heat utilities, each answered day and night and with the day its number was verified (nmg:2.2.3, yn:3.3, REQ-29)", () => {
    const lines = [
      "fireRescue",
      "medicalEmergency",
      "trafficPolice",
      "waterSupply",
      "powerSupply",
      "gasSupply",
      "heatSupply",
    ];
    for (const kind of lines) {
      const found = units.find((unit) => unit.unitKind === kind && unit.region === city);
      const awake = [8, 20].map((hour) => book.dutyOf(found?.code ?? "", at(hour), () => 1).length > 0);
      expect([kind, ...awake, found?.details.verifiedOn]).toEqual([kind, true, true, expect.stringMatching(/^2026-/)]);
    }
    const shortNumbers = units.filter(({ dutyPhone }) => dutyPhone.length === 3).map(({ dutyPhone }) => dutyPhone);
    expect(shortNumbers.toSorted()).toEqual(["119", "120", "122"]);
  });

  test("rings the leader on duty on another number than the one that did not answer (yn:4.1.2, REQ-34)", () => {
    const steps = units.flatMap((unit) => unit.details.escalation.map((step) => [unit.dutyPhone, step.phone]));
    expect(steps.length).toBeGreaterThan(20);
    for (const [duty, leader] of steps) expect(leader).not.toBe(duty);
    expect(new Set(steps.map(([, leader]) => leader)).size).toBe(steps.length);
  });

  test("has a unit for each half of every item in every county of the city", () => {
    const gaps = counties.flatMap(({ code: region }) =>
      catalogue.items.flatMap((item) =>
        (["hotline", "police"] as const)
          .map((half) => unitKindFor(catalogue, item.code, half))
          .filter((kind) => kind !== null && book.near.find(kind, region).length === 0)
          .map((kind) => `${region} ${item.code} ${kind}`),
      ),
    );
    expect(gaps).toEqual([]);
  });

  test("has the government's duty desk of each county itself, not only the city's (nmg:a3)", () => {
    expect(counties).toHaveLength(expected);
    expect(counties.filter(({ code }) => governmentDutyDesk(book.near, code)?.region !== code)).toEqual([]);
  });

  test("is given back row by row when it is written, and read again it is the same (nmg:2.3.2)", async () => {
    const folder = await mkdtemp(join(tmpdir(), "directory-out-"));
    try {
      const files = directoryAsFiles(units);
      expect(await writeFolderFiles(folder, files)).toBe(true);
      const again = must(await readDirectory(folder, { catalogue, regions }));
      expect(again).toEqual(units.toSorted((a, b) => (a.code < b.code ? -1 : 1)));
      expect(directoryAsFiles(again)).toEqual(files);
      const linesOf = (text: string): readonly string[] =>
        text
          .split("\n")
          .slice(1)
          .filter((line) => line !== "")
          .toSorted();
      for (const [name, bytes] of files) {
        const stem = name.replace(".csv", "");
        const shipped = await Promise.all(
          (stem === "units" ? ["units", "frontline"] : [stem]).map((one) =>
            readFile(`${FOLDER}demo/${one}-${city}.csv`, "utf8"),
          ),
        );
        expect(linesOf(new TextDecoder().decode(bytes)), name).toEqual(shipped.flatMap(linesOf).toSorted());
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("lies in divisions that exist, down to the town", () => {
    const known = new Set<string>(regions.map((region) => region.code));
    const areas = units.flatMap((unit) => [unit.region, ...unit.details.precinct]);
    const isKnown = (area: string): boolean => (area.length === 12 ? towns.nameOf(area) !== null : known.has(area));
    expect(areas.filter((area) => !isKnown(area))).toEqual([]);
  });

  test("has one street office and one police station for every town: 110, branch, station above one another", () => {
    const all = counties.flatMap(({ code }) => towns.townsOf(code));
    expect(all.length).toBeGreaterThan(80);
    for (const kind of ["streetOffice", "policeStation"]) {
      expect(
        all.filter(({ code }) => book.near.find(kind, code).length !== 1).map(({ code }) => `${kind} ${code}`),
      ).toEqual([]);
    }
    const chains = units
      .filter((unit) => unit.unitKind === "policeStation")
      .map((unit) => book.escalationOf(unit.code, "2026-11-23").map((step) => book.find(step.to ?? "")?.unitKind));
    expect(new Set(chains.map((chain) => chain.join(" ")))).toEqual(new Set(["policeBranch policeCommand"]));
  });

  test("is on duty day and night, and lists the phones that were not rung for 90 days (yn:4.1.2)", () => {
    const now = "2026-11-22T04:00:00.000Z" as Instant;
    // Every third day a holiday: the rosters must hold on those too.
    expect(book.gapsAhead(now, 30, (day) => (day % 3 === 0 ? 0 : weekdayOf(day)))).toEqual([]);
    expect(units.filter((unit) => book.dutyOf(unit.code, now, weekdayOf).length === 0)).toEqual([]);
    const late = book.phonesToVerify("2026-11-22", 90).length;
    expect(late).toBeGreaterThan(units.length / 12);
    expect(late).toBeLessThan(units.length / 8);
  });

  test("sends city appearance straight to the district's squad with the street helping (yn:4.3.3)", () => {
    const county = counties.find((region) => book.find(`x${region.code}-urbanManagement-squad`) !== null);
    const [town] = towns.townsOf(county?.code ?? "");
    const item = catalogue.items.find((one) => one.classCode === "A02");
    if (town === undefined || item === undefined) throw new Error("no squad");
    const question = { item: item.code, classCode: "A02", side: "hotline", unitKind: item.defaultUnitKind } as const;
    const { lead, assisting } = book.handlersOf({ ...question, place: town.code, day: "2026-11-22" });
    expect(lead.units.map((unit) => unit.code)).toEqual([`x${county?.code}-urbanManagement-squad`]);
    expect(assisting.units.map((unit) => unit.code)).toEqual([`x${town.code}-streetOffice`]);
  });
});
