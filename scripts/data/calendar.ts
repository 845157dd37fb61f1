import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

/**
 * Writes catalogue/calendar/{calendar.yaml,years.csv,days.csv} from one pinned version of a maintained package. Run by hand
 * when the State Council has published a year and the package carries it: raise VERSION and INTEGRITY, run, read the
 * difference, commit. Shifts are written by people and are not touched.
 */
const PACKAGE = "chinese-days";
const VERSION = "1.5.7";
const INTEGRITY = "sha512-8Z/afgDTct5jsoTLQTOZfpDl7w4pJH4jpr3DLxy6HING9U/e0EV7yiNxF/HVXp/c+eQFfFqv+HQZ/QDaIVJ1Vw==";

const FIRST_YEAR = 2016;
/** Festival days known by law reach so far ahead; later years have weekends only. */
const LAST_YEAR = 2036;

/**
 * New moons within minutes of midnight, Beijing time (6 February 2027 23:56, 3 February 2030 00:07): here the runtime's almanac
 * is a day off, the package agrees with the astronomical reckoning.
 */
const RUNTIME_A_DAY_OFF: readonly number[] = [2027, 2030];

const FOLDER = join(import.meta.dirname, "../../catalogue/calendar");
const MARK = "\ufeff";

type Arrangements = {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
};

type Almanac = {
  readonly getSolarDateFromLunar: (lunar: string) => { readonly date: string };
  readonly getSolarTermDate: (year: number, month: number, term: string) => string;
};

type DayRow = { readonly day: string; readonly kind: string; readonly nameZh: string; readonly nameEn: string };

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), "calendar-"));
  try {
    fetchPackage(folder);
    const dist = join(folder, "package/dist");
    const data = JSON.parse(readFileSync(join(dist, "chinese-days.json"), "utf8")) as Arrangements;
    const almanac = createRequire(import.meta.url)(join(dist, "index.min.js")) as Almanac;
    write(data, almanac);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fetchPackage(folder: string): void {
  const said = execFileSync("npm", ["pack", `${PACKAGE}@${VERSION}`, "--json", "--pack-destination", folder], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [packed] = JSON.parse(said) as readonly { readonly filename: string; readonly integrity: string }[];
  if (packed?.integrity !== INTEGRITY) throw new Error(`${PACKAGE}@${VERSION} is not the one that was read`);
  execFileSync("tar", ["xzf", join(folder, packed.filename), "-C", folder]);
}

function write(data: Arrangements, almanac: Almanac): void {
  const published = new Set(Object.keys(data.holidays).map((day) => Number(day.slice(0, 4))));
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i);
  for (const year of years) checkFestivals(year, published.has(year), data, almanac);
  const known = published.has(LAST_YEAR) ? LAST_YEAR : Math.max(...published);
  const days = [
    ...arranged(data.holidays, "holiday"),
    ...arranged(data.workdays, "workday"),
    ...years.filter((year) => !published.has(year)).flatMap((year) => oneADay(festivals(year, almanac))),
  ].sort((a, b) => (a.day < b.day ? -1 : 1));
  const yearLines = years.map((year) =>
    published.has(year)
      ? `${year},published,${year}年部分节假日安排（国务院办公厅当年通知）`
      : `${year},provisional,全国年节及纪念日放假办法（2024年11月修订）`,
  );
  const dayText = sheet(
    "day,kind,name_zh,name_en",
    days.map((d) => `${d.day},${d.kind},${d.nameZh},${d.nameEn}`),
  );
  const yearText = sheet("year,status,source_zh", yearLines);
  const head = headText(nextVersion(dayText + yearText), known);
  writeFileSync(join(FOLDER, "days.csv"), dayText);
  writeFileSync(join(FOLDER, "years.csv"), yearText);
  writeFileSync(join(FOLDER, "calendar.yaml"), head);
  console.log(`${days.length} days of ${years.length} years; published up to ${known}`);
}

function sheet(header: string, lines: readonly string[]): string {
  return `${MARK}${[header, ...lines].join("\n")}\n`;
}

function arranged(days: Readonly<Record<string, string>>, kind: string): readonly DayRow[] {
  return Object.entries(days)
    .filter(([day]) => Number(day.slice(0, 4)) >= FIRST_YEAR)
    .map(([day, text]) => {
      const [nameEn = "", nameZh = ""] = text.split(",");
      return { day, kind, nameZh: kind === "workday" ? `${nameZh}调休上班` : nameZh, nameEn: english(nameEn, kind) };
    });
}

function english(name: string, kind: string): string {
  return kind === "workday" ? `Working day in exchange for ${name}` : name;
}

/** The festival days of a year as the law fixes them: 13 days since 2025. */
function festivals(year: number, almanac: Almanac): readonly DayRow[] {
  const newYear = almanac.getSolarDateFromLunar(`${year}-01-01`).date;
  const row = (day: string, nameZh: string, nameEn: string): DayRow => ({ day, kind: "festival", nameZh, nameEn });
  return [
    row(`${year}-01-01`, "元旦", "New Year's Day"),
    ...[-1, 0, 1, 2].map((n) => row(shifted(newYear, n), "春节", "Spring Festival")),
    row(almanac.getSolarTermDate(year, 4, "pure_brightness"), "清明", "Tomb-sweeping Day"),
    ...["05-01", "05-02"].map((day) => row(`${year}-${day}`, "劳动节", "Labour Day")),
    row(almanac.getSolarDateFromLunar(`${year}-05-05`).date, "端午", "Dragon Boat Festival"),
    row(almanac.getSolarDateFromLunar(`${year}-08-15`).date, "中秋", "Mid-autumn Festival"),
    ...["10-01", "10-02", "10-03"].map((day) => row(`${year}-${day}`, "国庆节", "National Day")),
  ];
}

/** Two festivals may fall on one day, as National Day and Mid-autumn do in 2031. */
function oneADay(rows: readonly DayRow[]): readonly DayRow[] {
  const byDay = new Map<string, DayRow>();
  for (const row of rows) {
    const other = byDay.get(row.day);
    const both = (a: string, b: string, word: string): string => `${a}${word}${b}`;
    byDay.set(
      row.day,
      other === undefined
        ? row
        : {
            ...row,
            nameZh: both(other.nameZh, row.nameZh, "、"),
            nameEn: both(other.nameEn, row.nameEn, " and "),
          },
    );
  }
  return [...byDay.values()];
}

/** Lunar days are held against a second almanac, that of the runtime; published years against their own arrangement. */
function checkFestivals(year: number, published: boolean, data: Arrangements, almanac: Almanac): void {
  const lunar = new Intl.DateTimeFormat("en-u-ca-chinese", { month: "numeric", day: "numeric", timeZone: "UTC" });
  const expected: Readonly<Record<string, string>> = { 端午: "5/5", 中秋: "8/15" };
  const rows = festivals(year, almanac);
  for (const { day, nameZh } of rows) {
    const wanted = expected[nameZh];
    if (wanted !== undefined && lunar.format(new Date(day)) !== wanted) throw new Error(`${day} is not ${nameZh}`);
    // New Year's Eve and the second of May are holidays by law since 2025 only.
    if (published && year >= 2025 && data.holidays[day] === undefined) throw new Error(`${day} ${nameZh} not arranged`);
  }
  const spring = rows.filter((r) => r.nameZh === "春节")[1];
  const isFirst = spring !== undefined && lunar.format(new Date(spring.day)) === "1/1";
  if (isFirst === RUNTIME_A_DAY_OFF.includes(year)) throw new Error(`${year}: the almanacs differ`);
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** `cn@n`: one more than the version on disk when the sheets differ from those on disk. */
function nextVersion(sheets: string): string {
  const file = join(FOLDER, "calendar.yaml");
  if (!existsSync(file)) return "cn@1";
  const { version } = parse(readFileSync(file, "utf8")) as { readonly version: string };
  const onDisk = ["days.csv", "years.csv"].map((name) => readFileSync(join(FOLDER, name), "utf8")).join("");
  return onDisk === sheets ? version : `cn@${Number(version.slice(3)) + 1}`;
}

function headText(version: string, known: number): string {
  return [
    "# Written by scripts/data/calendar.ts together with days.csv and years.csv. shifts.csv is written by people.",
    "# A change of a sheet raises the version: open clocks name the one they were counted by.",
    "id: calendar",
    `version: ${version}`,
    "region: 中国大陆",
    `publishedThrough: ${known}`,
    "source:",
    `  package: ${PACKAGE}`,
    `  version: ${VERSION}`,
    "  licence: MIT",
    `  integrity: ${INTEGRITY}`,
    `readOn: "${new Date().toISOString().slice(0, 10)}"`,
    "",
  ].join("\n");
}

main();
