import { expect, test } from "vitest";
import { startClock } from "./index.ts";
import type { ClockId } from "./index.ts";
import { aCalendar, aPolicy, aShift, Run, shanghai, SMALL, someone, WORKS } from "./small-calendar.test-data.ts";

// office@1 open-ended; office@2 = hours of one summer, with its last day as the sheet's column valid_to asks.
const summer = aShift("summer-26", "office@2", "12345", "07:30", "13:30", {
  validFrom: "2026-06-01",
  validTo: "2026-08-31",
});
const calendar = aCalendar({ shifts: [...SMALL.shifts, summer] });

test("the newest version in force is frozen in the clock (README); one whose last day is over is not in force", () => {
  expect(calendar.hoursOn("office", "2026-09-14")).toBe("office@1");
});

test("a clock started after that day gets a due time", () => {
  const hours = calendar.hoursOn("office", "2026-09-14") ?? "";
  const start = () =>
    startClock(
      { id: "o/reply" as ClockId, subject: "o", policy: aPolicy({ hours }), owner: WORKS, parent: null },
      { at: shanghai("2026-09-14 09:00"), by: someone(), cause: "t" },
      calendar,
    );
  expect(start).not.toThrow();
});

test("a running clock keeps its hours over the last day of their version (policy frozen per case)", () => {
  // Started on the last Friday of the summer hours, five working days: it has to end some day.
  const run = () => new Run({ at: "2026-08-28 09:00", policy: aPolicy({ hours: "office@2" }), calendar });
  expect(run).not.toThrow();
});
