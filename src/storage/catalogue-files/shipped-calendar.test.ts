import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addLimit,
  addWorkedMs,
  hoursProblems,
  indexLimits,
  openCalendar,
  policyFor,
  workedMsBetween,
} from "../../core/clock/index.ts";
import type { LimitLength } from "../../core/clock/index.ts";
import { epochMs, instantOf, plusMs } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import { readCalendar, readCatalogue } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../catalogue/", import.meta.url));
const OFFICE = "office@1";

const read = await readCalendar(`${FOLDER}calendar`);
if (!read.ok) throw new Error(JSON.stringify(read.error));
const sheets = read.value;
const calendar = openCalendar(sheets);

function shanghai(text: string): Instant {
  return instantOf(Date.parse(`${text.replace(" ", "T")}:00+08:00`));
}

function shown(instant: Instant | null): string | null {
  return instant === null
    ? null
    : plusMs(instant, 8 * 3_600_000)
        .slice(0, 16)
        .replace("T", " ");
}

function workingDays(from: string, amount: number): string | null {
  return shown(addLimit(calendar, shanghai(from), { amount, unit: "workingDays", hours: OFFICE }));
}

/** Days of a year on which the office works. */
function worked(year: number): number {
  const day = (n: number): Instant => instantOf(Date.UTC(year, 0, 1 + n) - 8 * 3_600_000);
  return Array.from({ length: 366 }, (_, n) => n).filter(
    (n) =>
      new Date(Date.UTC(year, 0, 1 + n)).getUTCFullYear() === year &&
      (workedMsBetween(calendar, OFFICE, day(n), day(n + 1)) ?? 0) > 0,
  ).length;
}

describe("the shipped calendar (REQ-70)", () => {
  test("knows eleven published years, then the festivals of the law, 13 days a year", () => {
    const published = sheets.years.filter((y) => y.status === "published").map((y) => y.year);
    expect(published).toEqual(Array.from({ length: 11 }, (_, i) => 2016 + i));
    expect(sheets.years.at(-1)).toMatchObject({ year: 2036, status: "provisional" });
    const of = (year: number): number => sheets.days.filter((d) => d.day.startsWith(`${year}`)).length;
    expect(of(2027)).toBe(13);
    // National Day and Mid-autumn fall on one day.
    expect(of(2031)).toBe(12);
  });

  test("has the working days of the published arrangements", () => {
    // Days of the year, less Saturdays and Sundays, less the days of the law (11, since 2025 13): exchanged days cancel out.
    // In 2020 the Spring Festival was lengthened by a Friday and by a Saturday that was to be worked.
    expect([2019, 2020, 2023, 2024, 2025, 2026].map(worked)).toEqual([
      365 - 104 - 11,
      366 - 104 - 11 - 2,
      365 - 105 - 11,
      366 - 104 - 11,
      365 - 104 - 13,
      365 - 104 - 13,
    ]);
  });

  test("Spring Festival 2025: Sunday 26 January and Saturday 8 February are worked, eight days between are not", () => {
    expect(workingDays("2025-01-24 10:00", 1)).toBe("2025-01-26 18:00");
    expect(workingDays("2025-01-24 10:00", 2)).toBe("2025-01-27 18:00");
    expect(workingDays("2025-01-24 10:00", 3)).toBe("2025-02-05 18:00");
    expect(workingDays("2025-02-07 10:00", 1)).toBe("2025-02-08 18:00");
  });

  test("National Day 2025 with Mid-autumn: eight days off, worked on 28 September and 11 October", () => {
    expect(workingDays("2025-09-26 10:00", 1)).toBe("2025-09-28 18:00");
    expect(workingDays("2025-09-30 10:00", 1)).toBe("2025-10-09 18:00");
    expect(workingDays("2025-10-10 10:00", 1)).toBe("2025-10-11 18:00");
  });

  test("National Day 2026: seven days off, worked on Sunday 20 September and Saturday 10 October", () => {
    expect(workingDays("2026-09-18 10:00", 1)).toBe("2026-09-20 18:00");
    expect(workingDays("2026-09-30 10:00", 1)).toBe("2026-10-08 18:00");
    expect(workingDays("2026-10-09 10:00", 1)).toBe("2026-10-10 18:00");
  });

  test("the arrangement of 2019 made Saturday 29 December 2018 a working day and Monday the 31st a holiday", () => {
    expect(workingDays("2018-12-28 10:00", 1)).toBe("2018-12-29 18:00");
    expect(workingDays("2018-12-29 10:00", 1)).toBe("2019-01-02 18:00");
    const reachedBack = sheets.days.filter((d) => /-12-(?:1|2[0-8])/.test(d.day));
    expect(reachedBack).toEqual([]);
  });

  test("2027 is provisional: Spring Festival is known by law, make-up working days are not", () => {
    expect(workingDays("2027-02-04 10:00", 1)).toBe("2027-02-09 18:00");
    const doubt = (from: string, to: string): boolean =>
      calendar.isProvisional(epochMs(shanghai(from)), epochMs(shanghai(to)));
    expect([doubt("2026-11-01 00:00", "2026-12-24 23:00"), doubt("2026-12-20 00:00", "2026-12-25 00:00")]).toEqual([
      false,
      true,
    ]);
    expect([doubt("2026-12-30 00:00", "2027-01-05 00:00"), doubt("2025-12-25 00:00", "2026-01-05 00:00")]).toEqual([
      true,
      false,
    ]);
  });

  test("has the hours every shipped limit names; no limit claims that a plan fixes its number", async () => {
    for (const folder of ["nmg-2022-89", "yn-2022"]) {
      const catalogue = await readCatalogue(FOLDER + folder);
      if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.error));
      expect(hoursProblems(catalogue.value.limits, sheets)).toEqual([]);
      expect(catalogue.value.limits.length).toBeGreaterThan(15);
      expect(new Set(catalogue.value.limits.map((limit) => limit.basis))).toEqual(new Set(["default"]));
    }
  });

  test("gives every item a limit to reply for units, shorter when urgent, and none to officers (nmg:2.2.5)", async () => {
    const catalogue = await readCatalogue(`${FOLDER}nmg-2022-89`);
    if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.error));
    const index = indexLimits(catalogue.value);
    const at = shanghai("2026-03-02 09:00");
    for (const { code, classCode } of catalogue.value.items) {
      const due = (urgency: "ordinary" | "urgent", orderKind: "work" | "police"): Instant | null => {
        const of = { stage: "reply", urgency, orderKind, itemCode: code, classCode, requestKind: null } as const;
        const policy = policyFor(index, calendar, of, at);
        return policy === null ? null : addLimit(calendar, at, policy);
      };
      expect([shown(due("ordinary", "work")), shown(due("urgent", "work"))]).toEqual([
        "2026-03-09 18:00",
        "2026-03-03 09:00",
      ]);
      expect(due("ordinary", "police")).toBeNull();
    }
  });
});

/** Ten years of published arrangements, by the minute. */
const FROM = epochMs(shanghai("2017-01-01 00:00"));
const TO = epochMs(shanghai("2026-11-30 00:00"));
const instants = fc.integer({ min: 0, max: Math.floor((TO - FROM) / 60_000) }).map((n) => instantOf(FROM + n * 60_000));
const workedMs = fc.integer({ min: 1, max: 40 * 7 * 3_600_000 });
const hours = fc.constantFrom(OFFICE, "always@1");
const lengths: fc.Arbitrary<LimitLength> = fc.record({
  amount: fc.integer({ min: 1, max: 30 }),
  unit: fc.constantFrom(
    "naturalMinutes",
    "naturalHours",
    "naturalDays",
    "workingMinutes",
    "workingHours",
    "workingDays",
  ),
  hours,
});

function between(a: Instant, b: Instant, by: string): number {
  return workedMsBetween(calendar, by, a, b) ?? Number.NaN;
}

function add(from: Instant, by: string, ms: number): Instant {
  return addWorkedMs(calendar, by, from, ms) ?? from;
}

describe("working time over ten years", () => {
  test("is additive: what lies between a and c is what lies between a and b and between b and c", () => {
    fc.assert(
      fc.property(instants, instants, instants, hours, (x, y, z, by) => {
        const [a, b, c] = [x, y, z].sort() as [Instant, Instant, Instant];
        expect(between(a, b, by) + between(b, c, by)).toBe(between(a, c, by));
      }),
    );
  });

  test("has its inverse: between t and t plus d lies d, and no earlier moment has it", () => {
    fc.assert(
      fc.property(instants, workedMs, hours, (t, d, by) => {
        const end = add(t, by, d);
        expect(between(t, end, by)).toBe(d);
        expect(between(t, plusMs(end, -1), by)).toBe(d - 1);
      }),
    );
  });

  test("adding in two steps is adding at once", () => {
    fc.assert(
      fc.property(instants, workedMs, workedMs, hours, (t, d, e, by) => {
        expect(add(add(t, by, d), by, e)).toBe(add(t, by, d + e));
      }),
    );
  });

  test("limits are monotone in their start and in their amount, and end after they begin", () => {
    fc.assert(
      fc.property(instants, instants, lengths, (x, y, length) => {
        const [a, b] = [x, y].sort() as [Instant, Instant];
        const [early, late] = [addLimit(calendar, a, length), addLimit(calendar, b, length)];
        const longer = addLimit(calendar, a, { ...length, amount: length.amount + 1 });
        expect((early ?? "") <= (late ?? "")).toBe(true);
        expect((early ?? "") < (longer ?? "")).toBe(true);
        expect((early ?? "") > a).toBe(true);
      }),
    );
  });

  test("agrees with counting minute by minute (a second, slow way)", () => {
    const off = new Set(sheets.days.filter((d) => d.kind !== "workday").map((d) => d.day));
    const on = new Set(sheets.days.filter((d) => d.kind === "workday").map((d) => d.day));
    const isWorked = (ms: number): boolean => {
      const local = new Date(ms + 8 * 3_600_000);
      const day = local.toISOString().slice(0, 10);
      const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
      const weekend = local.getUTCDay() === 0 || local.getUTCDay() === 6;
      const open = on.has(day) || (!weekend && !off.has(day));
      return open && ((minute >= 510 && minute < 720) || (minute >= 870 && minute < 1_080));
    };
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 20_000 }), (t, minutes) => {
        let slow = 0;
        for (let i = 0; i < minutes; i++) if (isWorked(epochMs(t) + i * 60_000)) slow += 60_000;
        expect(between(t, plusMs(t, minutes * 60_000), OFFICE)).toBe(slow);
      }),
      { numRuns: 40 },
    );
  });
});
