import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayNumber, dayOf, dayText, epochMs, instantOf, plusMs, startOfDay, weekdayOf } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import { decideClock, evolveClock, openCalendar, recountedEvent, startClock } from "./index.ts";
import type { Calendar, CalendarDay, Clock, ClockId, ClockPolicy, WorkCalendar } from "./index.ts";
import { aPolicy, SMALL, someone, WORKS } from "./small-calendar.test-data.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const FIRST = 2025;
const YEARS = Array.from({ length: 10 }, (_, n) => FIRST + n);
const [BEGIN, END] = [dayNumber(`${FIRST}-01-01`), dayNumber(`${FIRST + 10}-01-01`) - 1];

/** Holidays and make-up working days of ten years, as no State Council would arrange them: any day may be either. */
const arranged = fc
  .uniqueArray(fc.tuple(fc.integer({ min: BEGIN, max: END }), fc.boolean()), {
    selector: ([day]) => day,
    minLength: 100,
    maxLength: 400,
  })
  .map((list): readonly CalendarDay[] =>
    list
      .toSorted(([a], [b]) => a - b)
      .map(([day, off]) => ({
        day: dayText(day),
        kind: off ? "holiday" : "workday",
        nameZh: "示例",
        nameEn: "Example",
      })),
  );

/** As published up to a year: later ones are weekends alone. */
function upTo(year: number, days: readonly CalendarDay[]): WorkCalendar {
  const calendar: Calendar = {
    version: `cn@${year}`,
    years: YEARS.map((one) => ({ year: one, status: one <= year ? "published" : "provisional", sourceZh: "示例" })),
    days: days.filter(({ day }) => Number(day.slice(0, 4)) <= year),
    shifts: SMALL.shifts,
  };
  return openCalendar(calendar);
}

const moments = fc
  .integer({ min: 0, max: (END - BEGIN - 200) * 24 * 60 })
  .map((minutes) => instantOf(startOfDay(BEGIN) + minutes * MINUTE));

function born(at: Instant, change: Partial<ClockPolicy>, calendar: WorkCalendar, parent: Clock | null = null): Clock {
  const id = (parent === null ? "c" : "child") as ClockId;
  const start = { id, subject: "order-1", policy: aPolicy(change), owner: WORKS, parent };
  const started = startClock(start, { at, by: someone(), cause: "start" }, calendar);
  const clock = started.ok ? started.value.reduce<Clock | null>(evolveClock, null) : null;
  if (clock === null) throw new Error("nothing started");
  return clock;
}

/** Day after day with a pencil: the close of the n-th working day that closes after a moment, from a day on. */
function byHand(from: Instant, firstDay: number, amount: number, days: readonly CalendarDay[]): Instant {
  const kinds = new Map(days.map(({ day, kind }) => [day, kind]));
  let left = amount;
  for (let day = firstDay; ; day++) {
    const kind = kinds.get(dayText(day)) ?? (weekdayOf(day) <= 5 ? "workday" : "holiday");
    const close = instantOf(startOfDay(day) + 18 * 60 * MINUTE);
    if (kind === "workday" && close > from) left -= 1;
    if (left === 0) return close;
  }
}

/** The day of the start is left out. */
function dueByHand(at: Instant, amount: number, days: readonly CalendarDay[]): Instant {
  return byHand(at, dayOf(epochMs(at)) + 1, amount, days);
}

/** Windows of the test calendar's hours on a day, in minutes from its midnight, as its table prints them. */
const WINDOWS: Readonly<Record<string, (monthDay: string) => readonly (readonly [number, number])[]>> = {
  "office@1": () => [
    [510, 720],
    [870, 1_080],
  ],
  "night@1": () => [[1_320, 1_800]],
  "season@1": (monthDay) => (monthDay >= "05-01" && monthDay <= "09-30" ? [[480, 960]] : [[540, 1_020]]),
};
const hoursOf = fc.constantFrom(...Object.keys(WINDOWS));

/** Window after window with a pencil: the moment at which so many working minutes have passed. */
function minutesByHand(at: Instant, minutes: number, hours: string, days: readonly CalendarDay[]): Instant {
  const kinds = new Map(days.map(({ day, kind }) => [day, kind]));
  let left = minutes * MINUTE;
  // The night before may reach into the day of the start.
  for (let day = dayOf(epochMs(at)) - 1; ; day++) {
    if ((kinds.get(dayText(day)) ?? (weekdayOf(day) <= 5 ? "workday" : "holiday")) !== "workday") continue;
    for (const [from, to] of WINDOWS[hours]?.(dayText(day).slice(5)) ?? []) {
      const opens = Math.max(startOfDay(day) + from * MINUTE, epochMs(at));
      const open = Math.max(startOfDay(day) + to * MINUTE - opens, 0);
      if (open >= left && open > 0) return instantOf(opens + left);
      left -= open;
    }
  }
}

describe("ten years of calendars (nmg:2.2.5, REQ-70)", () => {
  test("working days are those that a pencil counts, whatever was arranged", () => {
    fc.assert(
      fc.property(arranged, moments, fc.integer({ min: 1, max: 30 }), (days, at, amount) => {
        expect(born(at, { amount }, upTo(FIRST + 10, days)).due?.at).toBe(dueByHand(at, amount, days));
      }),
      { numRuns: 60 },
    );
  });

  test("year after year is published: a clock that was counted anew each time is due as if all had been known, and sure at last", () => {
    fc.assert(
      fc.property(arranged, moments, fc.integer({ min: 1, max: 30 }), (days, at, amount) => {
        const year = Number(at.slice(0, 4));
        let clock = born(at, { amount }, upTo(year - 1, days));
        for (const published of [year, year + 1, year + 2]) {
          const calendar = upTo(published, days);
          const event = recountedEvent(clock, null, { at, by: someone(), cause: "x" }, calendar);
          if (event !== null) clock = evolveClock(clock, event);
          expect(clock.due?.at).toBe(born(at, { amount }, calendar).due?.at);
        }
        expect(clock.due).toEqual({ at: dueByHand(at, amount, days), provisional: false });
      }),
      { numRuns: 60 },
    );
  });

  test("a wait that is over runs on by itself, and a day counts whose close it runs through", () => {
    fc.assert(
      fc.property(
        arranged,
        moments,
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 5 }),
        (days, at, wait, late) => {
          const calendar = upTo(FIRST + 10, days);
          const by = { by: someone(), cause: "x" };
          const until = plusMs(at, wait * DAY);
          const told = [
            [at, { type: "awaitRequester", until }],
            [plusMs(until, -1), { type: "mark", mark: "awaitOver" }],
            [plusMs(until, late * DAY), { type: "mark", mark: "awaitOver" }],
          ] as const;
          let clock = born(at, { amount: 5 }, calendar);
          const states = told.map(([when, command]) => {
            const decided = decideClock(clock, command, { at: when, ...by }, calendar);
            if (decided.ok) clock = decided.value.reduce(evolveClock, clock);
            return clock.status;
          });
          expect(states).toEqual(["awaitingRequester", "awaitingRequester", "running"]);
          const again = plusMs(until, late * DAY);
          expect(clock.due?.at).toBe(byHand(again, dayOf(epochMs(again)), 5, days));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("working minutes are those that a pencil counts: two shifts a day, a night over midnight, hours by season", () => {
    fc.assert(
      fc.property(arranged, moments, hoursOf, fc.integer({ min: 1, max: 4_000 }), (days, at, hours, amount) => {
        const clock = born(at, { amount, unit: "workingMinutes", hours }, upTo(FIRST + 10, days));
        expect(clock.due?.at).toBe(minutesByHand(at, amount, hours, days));
      }),
      { numRuns: 100 },
    );
  });

  test("time that is given on top is counted as if it had been there from the first minute", () => {
    const more = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(arranged, moments, hoursOf, more, more, (days, at, hours, amount, extra) => {
        const calendar = upTo(FIRST + 10, days);
        let clock = born(at, { amount, unit: "workingHours", hours }, calendar);
        const steps = [
          ["clerk", { type: "askExtension", amount: extra, reason: "x" }],
          ["boss", { type: "approveExtension", amount: null }],
        ] as const;
        for (const [who, command] of steps) {
          const decided = decideClock(clock, command, { at, by: someone(who), cause: "x" }, calendar);
          if (!decided.ok) throw new Error(decided.error.code);
          clock = decided.value.reduce(evolveClock, clock);
        }
        expect(clock.due?.at).toBe(minutesByHand(at, (amount + extra) * 60, hours, days));
      }),
      { numRuns: 60 },
    );
  });

  test("a part is due by its own count or with the whole, whichever comes first", () => {
    const amounts = fc.integer({ min: 1, max: 30 });
    const gap = fc.integer({ min: 0, max: 20 * 24 * 60 });
    fc.assert(
      fc.property(arranged, moments, hoursOf, amounts, amounts, gap, (days, at, hours, whole, part, later) => {
        const calendar = upTo(FIRST + 10, days);
        const parent = born(at, { amount: whole }, calendar);
        const due = dueByHand(at, whole, days);
        const begins = plusMs(at, later * MINUTE);
        fc.pre(begins < due);
        const child = born(begins, { amount: part, unit: "workingHours", hours }, calendar, parent);
        const own = minutesByHand(begins, part * 60, hours, days);
        expect(child.due?.at).toBe(own < due ? own : due);
      }),
      { numRuns: 60 },
    );
  });
});
