import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dueOf } from "./due.ts";
import { evolveClock, recountedEvent, sharesOf } from "./index.ts";
import type { Calendar, Clock, ClockEvent, WorkCalendar } from "./index.ts";
import { aCalendar, aPolicy, HEATING, Run, shanghai, shown, SMALL, someone } from "./small-calendar.test-data.ts";

/** The year 2027 is published: one more holiday, one make-up working day. */
function published(change: Partial<Calendar> = {}): WorkCalendar {
  return aCalendar({
    version: "cn@2",
    years: SMALL.years.map((year) => ({ ...year, status: "published" as const })),
    days: [
      ...SMALL.days.filter((day) => day.kind !== "festival"),
      { day: "2027-01-01", kind: "holiday", nameZh: "元旦", nameEn: "New Year" },
      { day: "2027-03-04", kind: "holiday", nameZh: "示例", nameEn: "Example" },
      { day: "2027-03-06", kind: "workday", nameZh: "示例", nameEn: "Example" },
    ],
    ...change,
  });
}

const AT = shanghai("2027-03-03 12:00");

/** The clocks of one request counted by another calendar, parents first as a step does it; each with its event, if it has one. */
function recounted(clocks: readonly Clock[], to: WorkCalendar): readonly (readonly [Clock, ClockEvent | null])[] {
  const after = new Map<string, Clock>();
  return clocks
    .toSorted((a, b) => Number(a.parent !== null) - Number(b.parent !== null))
    .map((clock) => {
      const parent = clock.parent === null ? null : (after.get(clock.parent) ?? null);
      const event = recountedEvent(clock, parent, { at: AT, by: someone(), cause: to.version }, to);
      const counted = event === null ? clock : evolveClock(clock, event);
      after.set(clock.id, counted);
      return [counted, event];
    });
}

const moved = (clocks: readonly Clock[], to: WorkCalendar) =>
  recounted(clocks, to).flatMap(([clock, event]) => (event === null ? [] : [[clock.id, shown(clock.due?.at)]]));

describe("a holiday change (nmg:2.2.5, REQ-70)", () => {
  test("moves the due times it touches and no others; what is not working time never moves", () => {
    const touched = new Run({ at: "2027-03-01 09:00", id: "a", policy: aPolicy({ amount: 3 }) });
    const past = new Run({ at: "2025-03-03 09:00", id: "b" });
    const natural = new Run({ at: "2027-03-01 09:00", id: "c", policy: aPolicy({ unit: "naturalDays" }) });
    const stopped = new Run({ at: "2027-03-01 09:00", id: "d" }).does("2027-03-01 10:00", {
      type: "stop",
      outcome: "done",
    });
    const clocks = [touched, past, natural, stopped].map((run) => run.clock);
    expect([touched.due, touched.clock.due?.provisional]).toEqual(["2027-03-04 18:00", true]);
    expect(moved(clocks, published())).toEqual([["a/reply", "2027-03-05 18:00"]]);
    expect(recounted(clocks, published())[0]?.[0].due?.provisional).toBe(false);
  });

  test("says something of a clock exactly where its due time, or how sure it is, differs", () => {
    const to = published();
    const units = ["workingDays", "workingHours", "naturalHours"] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom("2026-12", "2027-01", "2027-02", "2027-03", "2027-12"),
        fc.integer({ min: 1, max: 25 }),
        fc.constantFrom(...units),
        (day, hour, month, amount, unit) => {
          const at = `${month}-${String(day).padStart(2, "0")} ${String(hour).padStart(2, "0")}:10`;
          const { clock } = new Run({ at, policy: aPolicy({ amount, unit }) });
          const anew = dueOf(clock, to);
          const [[after, event] = [clock, null]] = recounted([clock], to);
          expect(after.due).toEqual(anew);
          expect(event === null).toBe(anew?.at === clock.due?.at && anew?.provisional === clock.due?.provisional);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("puts on record that a time is sure although it stays the same", () => {
    const run = new Run({ at: "2027-03-08 09:00", policy: aPolicy({ amount: 1 }) });
    const [[after, event] = [null, null]] = recounted([run.clock], published());
    expect([run.clock.due, after?.due]).toEqual([
      { at: shanghai("2027-03-09 18:00"), provisional: true },
      { at: shanghai("2027-03-09 18:00"), provisional: false },
    ]);
    expect(event?.type).toBe("ClockRecalculated");
  });

  test("keeps pauses, owners and shares", () => {
    const run = new Run({ at: "2027-02-26 09:00" })
      .does("2027-03-01 09:00", { type: "changeOwner", owner: HEATING, policy: null })
      .does("2027-03-02 09:00", { type: "awaitRequester" })
      .does("2027-03-03 10:00", { type: "resume" });
    // Monday had closed; Tuesday closed in the pause; Wednesday, Friday and the make-up Saturday follow, Thursday is off.
    expect(run.due).toBe("2027-03-08 18:00");
    const to = published();
    const [[after] = [run.clock]] = recounted([run.clock], to);
    expect([shown(after.due?.at), after.calendarVersion]).toEqual(["2027-03-08 18:00", "cn@2"]);
    expect([after.spans, after.owner, after.policy]).toEqual([run.clock.spans, run.clock.owner, run.clock.policy]);
    const [before, now] = [run.calendar, to].map((calendar) => sharesOf(run.clock, calendar, AT));
    expect(now).toEqual(before);
    expect(moved([after], to)).toEqual([]);
  });

  test("carries children with their parent, whichever stands first", () => {
    const parent = new Run({ at: "2027-03-01 09:00", policy: aPolicy({ amount: 3 }) });
    const lower = new Run({
      at: "2027-03-01 10:00",
      id: "order-2",
      parent: parent.clock,
      policy: aPolicy({ amount: 9 }),
    });
    expect(lower.due).toBe("2027-03-04 18:00");
    for (const clocks of [
      [parent.clock, lower.clock],
      [lower.clock, parent.clock],
    ]) {
      expect(moved(clocks, published()).map(([, due]) => due)).toEqual(["2027-03-05 18:00", "2027-03-05 18:00"]);
    }
  });

  test("leaves what a stopped parent left as the limit", () => {
    const parent = new Run({ at: "2027-03-01 09:00", policy: aPolicy({ amount: 3 }) });
    const lower = new Run({ at: "2027-03-01 10:00", id: "order-2", parent: parent.clock });
    parent.does("2027-03-02 09:00", { type: "stop", outcome: "done" });
    lower.does("2027-03-02 09:00", { type: "followParent", parent: parent.clock });
    expect(lower.due).toBe("2027-03-04 18:00");
    expect(lower.tries("2027-03-02 10:00", { type: "passOn", parent: parent.clock, amount: 1 })).toMatchObject({
      error: { code: "CLOCK_NOT_IN_STATE" },
    });
    expect(moved([parent.clock, lower.clock], published())).toEqual([]);
  });

  test("leaves a clock alone whose hours the new calendar does not know", () => {
    const run = new Run({ at: "2027-03-01 09:00" });
    const to = published({ shifts: SMALL.shifts.filter((shift) => shift.hours !== "office@1") });
    expect(moved([run.clock], to)).toEqual([]);
  });

  test("a ceiling that is sure hides no doubt: what may still come before it is provisional (tiers run inside the parent's limit)", () => {
    // The parent is due on the last day of the natural days it has; the child's own day lies behind it, in a year that is not published.
    const parent = new Run({ at: "2027-02-26 09:00", policy: aPolicy({ unit: "naturalDays", amount: 8 }) });
    const child = new Run({
      at: "2027-02-26 10:00",
      parent: parent.clock,
      id: "order-2",
      policy: aPolicy({ amount: 8 }),
    });
    expect([parent.clock.due?.provisional, child.due]).toEqual([false, parent.due]);
    expect(child.clock.due?.provisional).toBe(true);
  });

  test("the last days of December are provisional until the next year is published", () => {
    const run = new Run({ at: "2026-12-22 09:00", policy: aPolicy({ amount: 1 }) });
    expect(run.clock.due?.provisional).toBe(false);
    const later = new Run({ at: "2026-12-24 09:00", policy: aPolicy({ amount: 1 }) });
    expect(later.clock.due?.provisional).toBe(true);
    expect(moved([later.clock], published())).toHaveLength(1);
  });
});
