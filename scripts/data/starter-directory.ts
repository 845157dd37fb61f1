/**
 * Makes the INVENTED starter directories of Hohhot (150100) and Kunming (530100) for trying the program out. Every unit says
 * `invented=yes`, no telephone number exists, the organisation part of every credit code begins with DEM. Run by hand:
 * `node scripts/with-node.mjs scripts/data/starter-directory.ts`. `units-150100.csv` is kept by hand and only read: its codes are named by
 * accounts and tests; Kunming's is made in its likeness.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { creditCheckCharacter, DIRECTORY_SHEETS } from "../../src/core/directory/index.ts";
import type { DirectorySheet } from "../../src/core/directory/index.ts";
import type { Region, Town } from "../../src/core/places/index.ts";
import { openTowns, readPlaces } from "../../src/storage/catalogue-files/index.ts";
import { csvText } from "./csv-text.ts";

const CATALOGUE = join(import.meta.dirname, "../../catalogue");
const DEMO = join(CATALOGUE, "demo");
const SINCE = "2026-01-01";

/** Counties of Kunming as this project writes them in English; the first seven are districts. */
const KUNMING: Readonly<Record<string, string>> = {
  "530102": "Wuhua District",
  "530103": "Panlong District",
  "530111": "Guandu District",
  "530112": "Xishan District",
  "530113": "Dongchuan District",
  "530114": "Chenggong District",
  "530115": "Jinning District",
  "530124": "Fumin County",
  "530125": "Yiliang County",
  "530126": "Shilin Yi Autonomous County",
  "530127": "Songming County",
  "530128": "Luquan Yi and Miao Autonomous County",
  "530129": "Xundian Hui and Yi Autonomous County",
  "530181": "Anning City",
};

/** Kinds of unit that somebody answers for at any hour. */
const DAY_AND_NIGHT = new Set([
  "governmentDutyDesk",
  "policeCommand",
  "policeBranch",
  "policeStation",
  "trafficPolice",
  "waterSupply",
  "powerSupply",
  "gasSupply",
  "heatSupply",
  "emergencyManagement",
  "fireRescue",
  "medicalEmergency",
]);

/** The emergency lines have the same short number in every city. */
const isShort = (row: UnitRow): boolean => /^\d{3}$/.test(cell(row, PHONE));
/** Came to the list later: they stand last in it, so that no number and no code of another unit moves. */
const isLate = (row: UnitRow): boolean => ["fireRescue", "medicalEmergency"].includes(cell(row, KIND));

/** Numbers after those of the units: of functions on duty, and of leaders. */
const [FIRST_FUNCTION, FIRST_LEADER] = [5_001, 9_001];

type UnitRow = readonly string[];
const [CODE, NAME_ZH, NAME_EN, SIDE, TIER, REGION, KIND, PHONE] = [0, 1, 2, 3, 4, 6, 7, 8] as const;

const read = await readPlaces(join(CATALOGUE, "places"));
if (!read.ok) throw new Error(JSON.stringify(read.error));
const { regions } = read.value;
const towns = openTowns(join(CATALOGUE, "places"));

const hohhot = unitRows("units-150100.csv");
const kunming = likeHohhot(hohhot);
writeSheet("units", "530100", kunming);
writeCity("150100", "0471", hohhot, (unit) => cell(unit, NAME_EN).split(": ")[0] ?? "");
writeCity("530100", "0871", kunming, (unit) => cell(unit, NAME_EN).split(": ")[0] ?? "");

function cell(row: UnitRow | undefined, column: number): string {
  return row?.[column] ?? "";
}

function unitRows(file: string): readonly UnitRow[] {
  const lines = readFileSync(join(DEMO, file), "utf8").trim().split("\n").slice(1);
  return lines.map((line) => line.trim().split(","));
}

function writeSheet(sheet: DirectorySheet, city: string, rows: readonly (readonly string[])[]): void {
  writeFileSync(join(DEMO, `${sheet}-${city}.csv`), csvText(DIRECTORY_SHEETS[sheet], rows));
  console.log(`${sheet}-${city}.csv: ${rows.length}`);
}

/** Kunming's bureaus: those of Hohhot, for each district those of Hohhot's first district, for other counties a duty desk and police. */
function likeHohhot(rows: readonly UnitRow[]): readonly UnitRow[] {
  const city = rows.filter((row) => cell(row, REGION) === "150100");
  const district = rows.filter((row) => cell(row, REGION) === "150102" && cell(row, TIER) === "county");
  const banner = rows.filter((row) => cell(row, REGION) === "150121" && cell(row, TIER) === "county");
  const counties = regions.filter((region) => region.parent === "530100");
  const renamed = (row: UnitRow, from: Region, to: Region, english: string): UnitRow =>
    row.map((value, column) => {
      if (column === NAME_ZH)
        return value.replace("呼和浩特市", "昆明市").replace(from.name, to.name).replace("农牧局", "农业农村局");
      if (column === NAME_EN) return `${english}: ${value.split(": ")[1] ?? value}`;
      if (column === PHONE) return isShort(row) ? value : "";
      return value.replaceAll(from.code, to.code).replaceAll("150100", "530100");
    });
  const toKunming = (row: UnitRow): UnitRow => renamed(row, region("150100"), region("530100"), "Kunming");
  const made = [
    ...city.filter((row) => !isLate(row)).map(toKunming),
    ...counties.flatMap((county) => {
      const isDistrict = county.name.endsWith("区");
      const like = region(isDistrict ? "150102" : "150121");
      return (isDistrict ? district : banner).map((row) =>
        renamed(row, like, county, KUNMING[county.code] ?? county.code),
      );
    }),
    ...city.filter(isLate).map(toKunming),
  ];
  return made.map((row, i) =>
    row.map((value, column) => (column === PHONE && value === "" ? phone("0871", i + 1) : value)),
  );
}

function region(code: string): Region {
  const found = regions.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no division ${code}`);
  return found;
}

/** The next number each time it is asked. */
function numbering(area: string, first: number): () => string {
  let next = first;
  return () => phone(area, next++);
}

function phone(area: string, n: number): string {
  return `${area}-000-${String(n).padStart(4, "0")}`;
}

function writeCity(city: string, area: string, base: readonly UnitRow[], englishOf: (unit: UnitRow) => string): void {
  const { rows: frontline, precincts } = frontlineOf(city, area, base, englishOf);
  const all = [...base.filter((row) => !isLate(row)), ...frontline, ...base.filter(isLate)];
  writeSheet("frontline", city, frontline);
  writeSheet("precincts", city, precincts);
  writeSheet("unit-codes", city, all.map(unitCodes));
  writeSheet("served", city, servedBy(all));
  writeSheet("duty-shifts", city, [
    ["day", "白班", "Day", "1234567H", "08:00", "20:00", SINCE, ""],
    ["night", "夜班", "Night", "1234567H", "20:00", "08:00", SINCE, ""],
    ["office", "工作时间", "Office hours", "12345", "08:30", "17:30", SINCE, ""],
    ["always", "24小时", "Day and night", "1234567H", "00:00", "24:00", SINCE, ""],
  ]);
  const functions = numbering(area, FIRST_FUNCTION);
  writeSheet(
    "rosters",
    city,
    all.flatMap((unit) => rosterOf(unit, functions)),
  );
  writeSheet(
    "duty-phones",
    city,
    all.map((unit, i) => [cell(unit, CODE), cell(unit, PHONE), verifiedOn(i)]),
  );
  writeSheet("escalations", city, escalationsOf(all, numbering(area, FIRST_LEADER)));
}

/** A street office or township for each town; a police station too, save that every fourth town belongs to its neighbour's; sections. */
function frontlineOf(
  city: string,
  area: string,
  base: readonly UnitRow[],
  englishOf: (unit: UnitRow) => string,
): { readonly rows: readonly UnitRow[]; readonly precincts: readonly (readonly string[])[] } {
  const known = new Set(base.map((row) => cell(row, CODE)));
  const rows: string[][] = [];
  const precincts: string[][] = [];
  const add = (row: readonly string[]): void => {
    if (known.has(cell(row, CODE))) return;
    rows.push([...row, phone(area, 1_001 + rows.length), "yes"]);
  };
  for (const county of regions.filter((one) => one.parent === city)) {
    const desk = base.find((row) => cell(row, CODE) === `x${county.code}-governmentDutyDesk`);
    if (desk === undefined) throw new Error(`no duty desk in ${county.code}`);
    const english = englishOf(desk);
    let station = "";
    for (const [i, town] of towns.townsOf(county.code).entries()) {
      const number = town.code.slice(6, 9);
      const [office, policeStation] = [`x${town.code}-streetOffice`, `x${town.code}-policeStation`];
      add([
        office,
        `${county.name}${officeName(town)}`,
        `${english}: Street office or township (${number})`,
        "hotline",
        "town",
        `x${county.code}-governmentDutyDesk`,
        town.code,
        "streetOffice",
      ]);
      if (i % 4 === 3 && !known.has(policeStation)) {
        precincts.push([station, town.code]);
        continue;
      }
      station = policeStation;
      add([
        policeStation,
        `${county.name}${stationName(town)}派出所`,
        `${english}: Police station (${number})`,
        "police",
        "town",
        `x${county.code}-policeBranch`,
        town.code,
        "policeStation",
      ]);
    }
    const bureau = `x${county.code}-urbanManagement`;
    if (known.has(bureau)) {
      add([
        `${bureau}-squad`,
        `${county.name}城市管理综合执法局直属中队`,
        `${english}: Urban management squad`,
        "hotline",
        "section",
        bureau,
        county.code,
        "urbanManagement",
      ]);
    }
  }
  return { rows, precincts };
}

function officeName({ name }: Town): string {
  if (name.endsWith("街道")) return `${name}办事处`;
  return /[镇乡]$|苏木$/.test(name) ? `${name}人民政府` : `${name}管理机构`;
}

function stationName({ name }: Town): string {
  return name.replace(/(街道|镇|乡|苏木)$/, "");
}

/** 1 staffing authority, 1 organ of state, division, invented organisation; police units have the code of their own instead. */
function unitCodes(unit: UnitRow, i: number): readonly string[] {
  const county = cell(unit, REGION).slice(0, 6);
  const serial = String(i + 1).padStart(6, "0");
  if (cell(unit, SIDE) === "police") return [cell(unit, CODE), "", `${county}${serial}`];
  const first17 = `11${county}DEM${serial}`;
  return [cell(unit, CODE), `${first17}${creditCheckCharacter(first17) ?? ""}`, ""];
}

/** City appearance goes straight to the district's squad; streets help with it and with greenery in their own area. */
function servedBy(units: readonly UnitRow[]): readonly (readonly string[])[] {
  return units.flatMap((unit) => {
    const row = (matter: string, role: string): readonly string[] => [
      cell(unit, CODE),
      matter,
      cell(unit, REGION),
      role,
      SINCE,
      "",
    ];
    if (cell(unit, TIER) === "section") return [row("A02", "lead")];
    return cell(unit, KIND) === "streetOffice" ? [row("A02", "assisting"), row("A03", "assisting")] : [];
  });
}

/** Who sits there has a number of his own; standing duty answers the duty phone, as an emergency line does with everybody. */
function rosterOf(unit: UnitRow, own: () => string): readonly (readonly string[])[] {
  const dutyPhone = cell(unit, PHONE);
  const row = (shift: string, zh: string, en: string, order: string, number: string): readonly string[] => [
    cell(unit, CODE),
    shift,
    zh,
    en,
    number,
    order,
  ];
  const standing = row("always", "总值班", "Standing duty", "2", dutyPhone);
  if (!DAY_AND_NIGHT.has(cell(unit, KIND))) return [row("office", "办公室", "Office", "1", own()), standing];
  const officers = [
    row("day", "白班值班员", "Day duty officer", "1", isShort(unit) ? dutyPhone : own()),
    row("night", "夜班值班员", "Night duty officer", "1", isShort(unit) ? dutyPhone : own()),
  ];
  return isShort(unit) ? officers : [...officers, standing];
}

/** One in ten was last rung in spring: it stands on the list of phones to verify. */
function verifiedOn(i: number): string {
  return i % 10 === 9 ? "2026-05-06" : "2026-11-03";
}

function escalationsOf(units: readonly UnitRow[], own: () => string): readonly (readonly string[])[] {
  return units
    .filter((unit) => ["governmentDutyDesk", "policeBranch"].includes(cell(unit, KIND)))
    .map((unit) => [cell(unit, CODE), "1", "", "带班领导", own(), "5"]);
}
