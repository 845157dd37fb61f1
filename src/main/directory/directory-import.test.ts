import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dayKindsOf, openCalendar } from "../../core/clock/index.ts";
import { openDirectory } from "../../core/directory/index.ts";
import type { DirectoryEntry } from "../../core/directory/index.ts";
import { shanghaiDay } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import { readCatalogue, readDirectory } from "../../storage/catalogue-files/index.ts";
import { calendarOfProgram } from "../catalogue/calendar-check.ts";
import { programPath } from "../node/program-path.ts";
import { parseEntry, placesOfProgram } from "../node/seed.ts";
import { problemLine, problemSheet } from "./problem-words.ts";
import { directorySummary } from "./summary.ts";
import { changeOf } from "./take-in.ts";
import { uncoveredOf } from "./uncovered.ts";

const HEADER = "code,name_zh,name_en,side,tier,parent,region,unit_kind,duty_phone,invented";
const ROW = "g,新城区值班室,Duty desk,hotline,county,,150102,governmentDutyDesk,0471-000-0001,yes";
/** 新城区值班室 as Excel on Chinese Windows saves it. */
const GBK_NAME = Uint8Array.from([0xd0, 0xc2, 0xb3, 0xc7, 0xc7, 0xf8, 0xd6, 0xb5, 0xb0, 0xe0, 0xca, 0xd2]);

const catalogue = await readCatalogue(programPath("catalogue/nmg-2022-89"));
if (!catalogue.ok) throw new Error("the shipped catalogue is refused");
const known = { catalogue: catalogue.value, regions: await placesOfProgram() };

const sheets = await calendarOfProgram();
if (!sheets.ok) throw new Error("the shipped calendar is refused");
const calendar = openCalendar(sheets.value);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "directory-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function read(content: string | Uint8Array, name = "units.csv"): ReturnType<typeof readDirectory> {
  await writeFile(join(folder, name), content);
  return readDirectory(name === "units.csv" ? folder : join(folder, name), known, "chinese");
}

describe("a directory somebody saved in a spreadsheet program", () => {
  test.each([
    ["UTF-8 with byte order mark and line ends of Windows", `\ufeff${HEADER}\r\n${ROW}\r\n`],
    ["UTF-8 without the mark", `${HEADER}\n${ROW}\n`],
  ])("is read: %s", async (_name, content) => {
    const entries = await read(content);
    expect(entries.ok && entries.value.map((entry) => entry.nameZh)).toEqual(["新城区值班室"]);
  });

  test("is read as plain CSV of Chinese Windows (GB18030) with the right names", async () => {
    const [before = "", after = ""] = `${HEADER}\r\n${ROW}\r\n`.split("新城区值班室");
    const bytes = Buffer.concat([Buffer.from(before), GBK_NAME, Buffer.from(after)]);
    const entries = await read(bytes);
    expect(entries.ok && entries.value.map((entry) => entry.nameZh)).toEqual(["新城区值班室"]);
    const strict = await readDirectory(folder, known);
    expect(strict.ok ? [] : strict.error.map((problem) => problem.code)).toEqual(["FILE_UNREADABLE"]);
  });

  test.each([
    ["a workbook", Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00])],
    ["UTF-16 text", Buffer.from(`\ufeff${HEADER}\n${ROW}\n`, "utf16le")],
  ])("is refused as %s with what to do", async (_name, content) => {
    const entries = await read(content);
    const lines = entries.ok ? [] : entries.error.map(problemLine);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^units\.csv FILE_UNREADABLE .*另存为“CSV UTF-8”/);
  });

  test("is one sheet and those of the same ending beside it", async () => {
    await writeFile(join(folder, "frontline-150100.csv"), `${HEADER}\n${ROW.replace("g,", "t,")}\n`);
    await writeFile(join(folder, "frontline-530100.csv"), "not,of,this,directory\n");
    const entries = await read(`${HEADER}\n${ROW}\n`, "units-150100.csv");
    expect(entries.ok && entries.value.map((entry) => entry.code)).toEqual(["g", "t"]);
    const alone = await read(`${HEADER}\n${ROW}\n`, "mine.csv");
    expect(alone.ok && alone.value.map((entry) => entry.code)).toEqual(["g"]);
    const missing = await readDirectory(join(folder, "none"), known);
    expect(missing.ok ? [] : missing.error.map((problem) => problem.code)).toEqual(["FILE_MISSING"]);
  });
});

describe("the report of what is wrong", () => {
  test("names file, row and rule in both languages, all problems at once, as lines and as a sheet", async () => {
    await writeFile(
      join(folder, "served.csv"),
      "unit,matter,area,role,valid_from,valid_to\nx,A01-05,150102,lead,2026/1/1,\n",
    );
    const entries = await read(`${HEADER}\n${ROW}\n${ROW.replace("150102", "1.5E+05")}\n`);
    const problems = entries.ok ? [] : entries.error;
    expect(problems.map(({ file, row, code }) => `${file}:${row} ${code}`)).toEqual([
      "units.csv:3 CODE_DUPLICATE",
      "units.csv:3 CODE_SHAPE",
      "units.csv:3 REGION_UNKNOWN",
      "served.csv:2 UNIT_UNKNOWN",
      "served.csv:2 DAY_UNKNOWN",
    ]);
    const sheet = problemSheet(problems).split("\n");
    expect(sheet[0]).toBe("\ufefffile,row,rule,meaning_zh,meaning_en,found");
    expect(sheet[5]).toBe(
      "served.csv,2,DAY_UNKNOWN,日期应写成 yyyy-mm-dd,a day is written yyyy-mm-dd,valid_from: 2026/1/1",
    );
  });
});

describe("taking a directory in", () => {
  async function shipped(): Promise<readonly DirectoryEntry[]> {
    const entries = await readDirectory(programPath("catalogue/demo/units-150100.csv"), known);
    if (!entries.ok) throw new Error(entries.error.map(problemLine).join("\n"));
    return entries.value;
  }

  test("says what it adds and changes, and keeps units that the files do not name", async () => {
    const entries = await shipped();
    const [first, second, third, ...others] = entries;
    if (first === undefined || second === undefined || third === undefined) throw new Error("three units");
    const turned = Object.fromEntries(Object.entries(second).toReversed());
    const kept = [
      { ...first, dutyPhone: "000" },
      parseEntry(turned),
      parseEntry({ ...third, code: "gone" }),
      ...others,
    ];
    expect(changeOf(kept, entries)).toEqual({
      added: [third.code],
      changed: [first.code],
      unchanged: entries.length - 2,
      absent: ["gone"],
    });
  });

  test("reads units kept before a directory had more sheets", async () => {
    const [first] = await shipped();
    const { details: _details, ...old } = { ...first, details: null };
    expect(
      openDirectory([parseEntry(old)]).dutyOf(String(first?.code), "2026-11-22T00:00:00.000Z" as Instant, () => 1),
    ).toEqual([]);
  });

  test("is told in lines that name what needs care", async () => {
    const lines = directorySummary(
      openDirectory(await shipped()),
      "2026-11-22T00:00:00.000Z" as Instant,
      dayKindsOf(calendar),
    );
    expect(lines[0]).toMatch(/^单位 units \d+ \(/);
    expect(lines.some((line) => line.startsWith("7 天内有空班"))).toBe(true);
  });

  const watch = (entries: readonly DirectoryEntry[], side: "hotline" | "police"): ReturnType<typeof uncoveredOf> => {
    const rules = { directory: openDirectory(entries), clock: { calendar, policyFor: () => null } };
    return uncoveredOf(() => rules, side);
  };

  test("is watched for gaps on its own side only, and one that ends alarms a week ahead (REQ-04)", async () => {
    const entries = await shipped();
    const now = "2026-11-22T00:00:00.000Z" as Instant;
    const ended = entries.map((entry) => ({
      ...entry,
      details: {
        ...entry.details,
        turns: entry.details.turns.map((turn) => ({ ...turn, shift: { ...turn.shift, validTo: "2026-11-25" } })),
      },
    }));
    const units = async (from: readonly DirectoryEntry[], side: "hotline" | "police"): Promise<number> =>
      (await watch(from, side)(now)).length;
    expect([await units(entries, "hotline"), await units(entries, "police")]).toEqual([0, 0]);
    const police = entries.filter((entry) => entry.side === "police").length;
    expect([await units(ended, "hotline"), await units(ended, "police")]).toEqual([entries.length - police, police]);
  });

  test("is watched by holidays and make-up working days: a gap on National Day alarms before it begins (REQ-04)", async () => {
    const [first] = (await shipped()).filter((entry) => entry.side === "hotline");
    if (first === undefined) throw new Error("no unit");
    const withDays = (days: readonly string[]): readonly DirectoryEntry[] => {
      const turns = days.map((on) => {
        const shift = { code: `s${on}`, nameZh: "班", nameEn: "shift", days: on, from: 0, to: 1_440 };
        const hours = { ...shift, validFrom: "2026-01-01", validTo: null };
        return { shift: hours, functionZh: "值班员", functionEn: "officer", phone: "0471-000-0001", order: 1 };
      });
      return [{ ...first, details: { ...first.details, turns } }];
    };
    const days = async (roster: readonly string[], from: string): Promise<readonly string[]> =>
      (await watch(withDays(roster), "hotline")(`${from}T16:00:00.000Z` as Instant)).flatMap(({ gaps }) =>
        gaps.map((gap) => `${shanghaiDay(gap.from)} ${shanghaiDay(gap.to)}`),
      );
    // Working days and weekends, nobody on the holiday of 1 to 7 October: seen while it lies ahead, and from inside it.
    expect(await days(["12345", "67"], "2026-09-27")).toEqual(["2026-10-01 2026-10-05"]);
    expect(await days(["12345", "67"], "2026-10-01")).toEqual(["2026-10-02 2026-10-08"]);
    expect(await days(["12345", "67", "H"], "2026-09-27")).toEqual([]);
    // Saturday 10 October is a make-up working day: who comes on working days comes, who comes on weekends does not.
    expect(await days(["12345", "H"], "2026-10-08")).toEqual(["2026-10-11 2026-10-12"]);
    expect(await days(["1234567", "H"], "2026-10-08")).toEqual([]);
    expect((await days(["67", "H"], "2026-10-08"))[0]).toBe("2026-10-09 2026-10-11");
  });

  test("is what the operator's page says it is", async () => {
    expect(await readFile(programPath("docs/operator.md"), "utf8")).toContain("npx liandong directory check");
  });
});
