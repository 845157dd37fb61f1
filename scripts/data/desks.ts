/**
 * Makes the INVENTED routing table of the two regions for trying the program out: a 12345 centre and a 110 desk for each prefecture,
 * and a 110 desk of its own for each county that is no district. Run by hand:
 * `node scripts/with-node.mjs scripts/data/desks.ts`. A city that takes the program writes its own two sheets.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DESK_COLUMNS, SERVICE_AREA_COLUMNS } from "../../src/core/places/index.ts";
import type { Region } from "../../src/core/places/index.ts";
import { readPlaces } from "../../src/storage/catalogue-files/index.ts";
import { csvText } from "./csv-text.ts";

const CATALOGUE = join(import.meta.dirname, "../../catalogue");
const SINCE = "2026-01-01";

const read = await readPlaces(join(CATALOGUE, "places"));
if (!read.ok) throw new Error(JSON.stringify(read.error));
const regions = read.value.regions.filter((region) => /^(15|53)/.test(region.code));
const cities = regions.filter((region) => region.level === "prefecture");
const ownDesk = regions.filter((region) => region.level === "county" && !region.statisticalZone && !isDistrict(region));

const desks = cities.flatMap((city) => [
  [`h-${city.code}`, `${city.name}12345政务服务便民热线`, `12345 of ${city.code}`, "hotline", city.code],
  [`p-${city.code}`, `${city.name}公安局110报警服务台`, `110 of ${city.code}`, "police", city.code],
]);
const countyDesks = ownDesk.map((county) => [
  `p-${county.code}`,
  `${county.name}公安局110报警服务台`,
  `110 of ${county.code}`,
  "police",
  county.code,
]);
/** Desks beside the police that are no 12345: a matter goes there only when a person names them, so they serve no area of the table. */
const others = [
  ["u-150104", "玉泉区供水服务24小时值班台", "Yuquan water supply duty desk", "hotline", "150104"],
  ["z-150105", "赛罕区社会治安综合治理中心", "Saihan mediation centre", "hotline", "150105"],
];
const all = [...desks, ...countyDesks, ...others].map((row) => [
  ...row,
  `${row[3] ?? ""}-${row[4] ?? ""}`,
  `000-${row[0] === undefined ? "" : row[0].slice(2)}`,
  "yes",
]);

const areas = [
  ...cities.flatMap((city) => [
    [`h-${city.code}`, city.code, "first", "1", "全市一个12345中心", SINCE, ""],
    [`p-${city.code}`, city.code, "first", "1", "市辖区由市局110受理", SINCE, ""],
  ]),
  ...ownDesk.flatMap((county) => [
    [`p-${county.code}`, county.code, "first", "1", "旗县设110报警服务台", SINCE, ""],
    [`p-${county.code.slice(0, 4)}00`, county.code, "backup", "1", "旗县110无法接通时由市局110受理", SINCE, ""],
  ]),
];

writeFileSync(join(CATALOGUE, "demo/desks.csv"), csvText(DESK_COLUMNS, all));
writeFileSync(join(CATALOGUE, "demo/service-areas.csv"), csvText(SERVICE_AREA_COLUMNS, areas));
console.log(`desks ${all.length}, service areas ${areas.length}`);

/** A district of a city (市辖区): numbers 01 to 20 of a prefecture-level city, by GB/T 2260. */
function isDistrict(region: Region): boolean {
  return region.name.endsWith("区") && Number(region.code.slice(4)) <= 20;
}
